/** Boots the runtime in the file that is its argument once and prints how long that took: a process of its own for boot.ts. */
import { readFileSync } from 'node:fs'

const start = performance.now()
const { RuntimeChain } = await import('../targets/runtime/driver.js')
const loaded = performance.now()
const chain = new RuntimeChain(readFileSync(process.argv[2]!))
const booted = performance.now()
if (chain.store.size === 0) throw new Error('a chain without a genesis')
process.stdout.write(JSON.stringify({ load: loaded - start, boot: booted - loaded }))
