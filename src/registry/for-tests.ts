import { findRuntime, readRuntime } from './registry.js'

/**
 * A registered runtime for tests, which skip without one and say so: a binary may not be committed.
 * @param name as `--target runtime:NAME` takes it
 * @returns its plain wasm, or undefined after one line on standard error
 */
export async function runtimeForTests(name: string): Promise<Uint8Array | undefined> {
  try {
    return await readRuntime(await findRuntime(name))
  } catch (error) {
    process.stderr.write(`SKIPPED, tests with the real runtime: ${(error as Error).message}\n`)
    return undefined
  }
}
