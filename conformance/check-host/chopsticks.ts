import type * as Chopsticks from '@acala-network/chopsticks-core'
import type { Bytes } from '../../spec/kernel/shape.js'

type Hex = `0x${string}`
/** What changed: keys in the order in which Chopsticks tells them, `undefined` for a key that is gone. */
export type Writes = ReadonlyMap<Bytes, Bytes | undefined>

/** How a call into the runtime ended: with a result and what it wrote, or in a trap. */
export type Called = { readonly result: Bytes; readonly writes: Writes } | { readonly trapped: string }

/** A machine that runs the same runtime. */
export interface OtherHost {
  /** Calls an entry point in the present state. Nothing is kept. @param args SCALE of its arguments, one after the other */
  call(entry: string, args: Bytes): Promise<Called>
  /** Makes what a call wrote part of the state. */
  keep(writes: Writes): void
  /** The end of a block: nothing that was kept is undone alone. */
  settle(): Promise<void>
  /** Back to the genesis. */
  reset(): void
  get(key: Bytes): Promise<Bytes | undefined>
  /** All keys in byte order. */
  keys(): Promise<readonly Bytes[]>
}

/** Chopsticks is not installed: it is a development dependency, and not of those who only use the package. */
export class ChopsticksMissing extends Error {
  constructor(cause: unknown) {
    super('@acala-network/chopsticks-core is not installed. Run `npm ci` in a checkout of the repository', { cause })
    this.name = 'ChopsticksMissing'
  }
}

const hexOf = (bytes: Bytes): Hex => `0x${Buffer.from(bytes, 'latin1').toString('hex')}`
const bytesOf = (hex: string): Bytes => Buffer.from(hex.slice(2), 'hex').latin1Slice()
const page = 1000
const code: Bytes = ':code'

/**
 * The same runtime on another machine: Chopsticks runs it on smoldot's host functions and keeps the storage in its own
 * layers. In process, from a genesis in memory, without a network.
 *
 * Nobody but the caller builds blocks here: each call into the runtime stands alone, and what it wrote counts once it is
 * kept. So header, time and order of calls are the caller's to the last byte.
 */
export class SecondHost implements OtherHost {
  private readonly library: typeof Chopsticks
  private readonly chain: Chopsticks.Blockchain
  private layers = 0

  private constructor(library: typeof Chopsticks, chain: Chopsticks.Blockchain) {
    this.library = library
    this.chain = chain
  }

  /**
   * @param genesis all keys, `:code` among them
   * @throws ChopsticksMissing
   */
  static async boot(genesis: Iterable<readonly [Bytes, Bytes]>): Promise<SecondHost> {
    const library = await load()
    // Its provider looks for the next key in the order of insertion.
    const top = Object.fromEntries(
      [...genesis].map(([key, value]) => [hexOf(key), hexOf(value)] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
    )
    const provider = new library.GenesisProvider({ id: 'check-host', name: 'check-host', properties: {}, genesis: { raw: { top } } })
    const api = new library.Api(provider)
    await api.isReady
    const header = { number: 0, hash: provider.blockHash }
    return new SecondHost(
      library,
      new library.Blockchain({ api, header, inherentProviders: [], registeredTypes: {}, mockSignatureHost: true }),
    )
  }

  async call(entry: string, args: Bytes): Promise<Called> {
    try {
      const { result, storageDiff } = await this.chain.head.call(entry, args === '' ? [] : [hexOf(args)])
      // Null by its type, undefined in truth, for a key that is gone; an empty value is `0x`.
      return {
        result: bytesOf(result),
        writes: new Map(storageDiff.map(([key, value]) => [bytesOf(key), value ? bytesOf(value) : undefined])),
      }
    } catch (error) {
      const text = (error as Error).message
      // Anything else is a defect of the comparison (an unresolved import, bytes that are no call) and no panic.
      if (!/unreachable|trap|out of bounds/i.test(text)) throw error
      return { trapped: text }
    }
  }

  keep(writes: Writes): void {
    const layer = this.chain.head.pushStorageLayer()
    layer.setAll([...writes].map(([key, value]) => [hexOf(key), value === undefined ? null : hexOf(value)]))
    this.layers++
  }

  /** Lays the layers kept so far on top of each other as one: reading goes through all of them. */
  async settle(): Promise<void> {
    if (this.layers < 2) return
    const { head } = this.chain
    const together = await head.storageDiff()
    head.resetStorageLayers(0)
    head.pushStorageLayer().setAll(together)
    this.layers = 1
  }

  reset(): void {
    this.chain.head.resetStorageLayers(0)
    this.layers = 0
  }

  async get(key: Bytes): Promise<Bytes | undefined> {
    const value = await this.chain.head.get(hexOf(key))
    return value === undefined ? undefined : bytesOf(value)
  }

  async keys(): Promise<readonly Bytes[]> {
    const found: Bytes[] = []
    for (let startKey = '0x'; ;) {
      const some = await this.chain.head.getKeysPaged({ prefix: '0x', pageSize: page, startKey })
      found.push(...some.map(bytesOf))
      if (some.length === 0) return found
      startKey = some.at(-1)!
    }
  }

  /** Ends the worker thread, without which the process does not end. */
  async close(): Promise<void> {
    await this.library.destroyWorker()
    await this.chain.close()
  }
}

/** Key and value under which a chain keeps its runtime. @param wasm plain */
export const codeEntry = (wasm: Uint8Array): readonly [Bytes, Bytes] => [code, Buffer.from(wasm).latin1Slice()]

async function load(): Promise<typeof Chopsticks> {
  // Read when the library is loaded, and refused when it is none of its levels.
  process.env['LOG_LEVEL'] = 'fatal'
  try {
    return await import('@acala-network/chopsticks-core')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') throw new ChopsticksMissing(error)
    throw error
  }
}
