/**
 * The described calls of spec_version 123: index in the pallet and weight, recorded as for 144. No call has a proof size yet.
 * @source `#[pallet::weight]` and `weights.rs` of each pallet, with RocksDbWeight @a3e802fe, @polkadot-v0.9.36
 */
import type { CallTable } from './weights.js'

export const CALLS_AT_123: CallTable = {
  Timestamp: {
    set: [0, 161_584_000, 0, 'Mandatory'],
  },
  Balances: {
    transfer: [0, 173_811_000, 0],
    transferKeepAlive: [3, 161_966_000, 0],
    transferAll: [4, 167_232_000, 0],
  },
  TfgridModule: {
    createFarm: [1, 100_010_000, 0],
    addFarmIp: [5, 250_000_000, 0],
    removeFarmIp: [6, 250_000_000, 0],
    createNode: [8, 985_924_000, 0],
    createTwin: [17, 676_555_000, 0],
    userAcceptTc: [25, 250_000_000, 0],
  },
  SmartContractModule: {
    createNodeContract: [0, 1_926_396_000, 0],
    updateNodeContract: [1, 100_010_000, 0],
    cancelContract: [2, 100_010_000, 0],
    createNameContract: [4, 100_010_000, 0],
    addNruReports: [5, 374_753_000, 0],
    reportContractResources: [6, 100_010_000, 0],
    createRentContract: [7, 100_010_000, 0],
    billContractForBlock: [10, 681_686_000, 0],
  },
}
