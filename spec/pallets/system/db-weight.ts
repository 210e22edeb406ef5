/** `RocksDbWeight`: picoseconds of one read and one write. @source frame/support/src/weights/rocksdb_weights.rs @polkadot-v0.9.42 */
export const READ = 25_000_000
export const WRITE = 100_000_000
