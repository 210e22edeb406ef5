import type { CallType } from '../../spec/kernel/call.js'
import { findItem, pairKey, type Item, type Key } from '../../spec/kernel/item.js'
import type { Machine } from '../../spec/kernel/machine.js'
import type { AccountId } from '../../spec/kernel/shape.js'
import type { Edition } from '../../spec/kernel/version.js'
import { World } from '../../spec/kernel/world.js'
import { machines } from '../../spec/machines.js'
import { Now, SystemNumber } from '../../spec/pallets/system/items.js'
import type { GenesisEntry } from '../../spec/versions/genesis.js'
import { applySigned, type Receipt } from './extrinsic.js'
import { Interpreter } from './interpreter.js'

/** Where the events of an advance lie in the world's list: of the block that ended, and of the one that began. */
export interface Advanced {
  readonly finalized: number
  readonly opened: number
}

/** An entry of a genesis, and where it goes. */
interface Placed {
  readonly item: Item
  readonly key: Key
  readonly value: unknown
}
const resolved = (genesis: readonly GenesisEntry[]): readonly Placed[] =>
  genesis.flatMap(({ pallet, item: name, args, value }) => {
    const item = findItem(pallet, name)
    if (item === undefined) return []
    return [{ item, key: args.length === 2 ? pairKey(args[0] as never, args[1] as never) : (args[0] as Key), value }]
  })

/** The reference implementation: the spec at one edition, executed. */
export class Reference {
  readonly interpreter: Interpreter
  readonly w: World
  private genesis: readonly Placed[]

  /**
   * @param genesis entries of items that the spec does not declare are passed over
   * @param spec the machines; others than the spec's own carry a planted fault
   */
  constructor(edition: Edition, genesis: readonly GenesisEntry[], spec: readonly Machine[] = machines) {
    this.interpreter = new Interpreter(spec, edition)
    this.w = new World(edition.version)
    this.genesis = resolved(genesis)
    this.reset()
  }

  /** Empties the world and writes a genesis; `reset` comes back here. */
  load(genesis: readonly GenesisEntry[]): void {
    this.genesis = resolved(genesis)
    this.reset()
  }

  /** Back to the genesis: written anew, so that maps iterate as they did, whatever was deleted and undone in between. */
  reset(): void {
    this.w.clear()
    for (const { item, key, value } of this.genesis) this.w.write(item, key, value)
    this.w.forgetJournal()
    this.interpreter.trace.length = 0
  }

  /** Applies a signed call in the open block. */
  call(type: CallType, args: unknown, who: AccountId): Receipt {
    return applySigned(this.interpreter, this.w, { type, args }, who)
  }

  /** Opens the first block of a sequence. */
  open(blocks: number, seconds: number): void {
    this.interpreter.trace.length = 0
    this.begin(blocks, seconds)
  }

  /** Ends the open block and opens one that is `blocks` higher and `seconds` later. */
  advance(blocks: number, seconds: number): Advanced {
    this.interpreter.trace.length = 0
    const finalized = this.w.events.length
    this.hook('@finalize', {})
    const opened = this.w.events.length
    this.begin(blocks, seconds)
    return { finalized, opened }
  }

  private begin(blocks: number, seconds: number): void {
    const { w } = this
    this.hook('@initialize', { number: w.get(SystemNumber) + blocks })
    this.hook('@timestamp', { millis: w.get(Now) + BigInt(seconds) * 1000n })
  }

  private hook(event: string, args: unknown): void {
    this.interpreter.deliver(this.w, { type: 'none' }, 'block', undefined, event, args)
  }
}
