import type { Draw } from '../../model/draw.js'
import { makers } from '../../model/makers.js'
import { encode } from '../../spec/kernel/encode.js'
import type { Call } from '../../spec/kernel/call.js'
import { items, type Item, type Key } from '../../spec/kernel/item.js'
import { SystemNumber, Account } from '../../spec/pallets/system/items.js'
import { NEW_LOGIC, type AccountInfo } from '../../spec/pallets/system/types.js'
import { Agenda, type Scheduled } from '../../spec/pallets/scheduler/items.js'
import { Locks } from '../../spec/pallets/balances/items.js'
import { fromCall, runtimeCall } from '../../spec/pallets/system/runtime-call.js'
import { rootCall } from './root-calls.js'

/** An entry written past all rules, on both sides; `undefined` removes it. */
export interface Write {
  readonly type: 'write'
  readonly item: Item
  readonly key: Key
  readonly value: unknown
}

const write = (item: unknown, key: Key, value: unknown): Write => ({ type: 'write', item: item as Item, key, value })
const ours = new Set(['SmartContractModule', 'TfgridModule', 'TFTBridgeModule', 'TFTPriceModule'])
const maps = items.filter(({ pallet, keys }) => ours.has(pallet) && keys.length > 0)
/** What other rules look up most: its absence is what their refusals are about. */
const central = maps.filter(({ name }) => ['Twins', 'Farms', 'Nodes', 'Contracts', 'PricingPolicies', 'TwinIdByAccountID'].includes(name))

/**
 * Damages the world in a way that no sequence of calls can: rules about what should never be missing decide only then, and the
 * runtime has them too.
 */
export function vandalise(d: Draw): Write | undefined {
  const way = d.int(0, 9)
  if (way < 4) return removed(d, d.chance(70) ? d.pick(central) : d.pick(maps))
  if (way < 5) return swapped(d, d.pick(maps))
  if (way < 7) return scheduled(d)
  return otherAccount(d)
}

function removed(d: Draw, item: Item): Write | undefined {
  const key = d.keyOf(item)
  return key === undefined ? undefined : write(item, key, undefined)
}

/** An entry takes the value of another one. */
function swapped(d: Draw, item: Item): Write | undefined {
  const [from, to] = [d.entryOf(item), d.keyOf(item)]
  return from === undefined || to === undefined || from[0] === to ? undefined : write(item, to, from[1])
}

/** A call of Root, the council or somebody in the agenda of a block that comes soon: once or again and again, with a name or without. */
function scheduled(d: Draw): Write | undefined {
  const { type: call, args } = d.chance(60) ? rootCall(d) : signedCall(d)
  let bytes: string
  try {
    bytes = encode(runtimeCall, fromCall({ type: call, args }))
  } catch {
    return undefined
  }
  if (bytes.length > 128) return undefined
  const when = d.w.get(SystemNumber) + d.int(1, 2)
  const origin = d.chance(60) ? { type: 'Root' as const } : { type: 'Signed' as const, value: d.actor() }
  const task: Scheduled = {
    maybeId: d.chance(50) ? String.fromCharCode(d.int(0, 255)).repeat(32) : undefined,
    priority: d.int(0, 255),
    call: { type: 'Inline', value: bytes },
    maybePeriodic: d.chance(60) ? [d.int(1, 2), d.int(1, 3)] : undefined,
    origin: { type: 'system', value: origin },
  }
  const once = { ...task, maybeId: undefined, maybePeriodic: undefined }
  // A full agenda a block later leaves no place for what comes again.
  if (d.chance(12))
    return write(
      Agenda,
      when + 1,
      Array.from({ length: 50 }, () => once),
    )
  return write(Agenda, when, [...d.w.get(Agenda, when), task].slice(0, 50))
}

const signedCall = (d: Draw): Call => {
  const { call, make } = d.pick(makers)
  return { type: call, args: make(d).args }
}

/** An account as older versions left it, with a reserve, other references, a lock of somebody else, or more than 2^64. */
function otherAccount(d: Draw): Write | undefined {
  const entry = d.entryOf(Account)
  if (entry === undefined) return undefined
  const [who, info] = entry
  const { data } = info
  const change = (to: Partial<AccountInfo>): Write => write(Account, who, { ...info, ...to })
  switch (d.int(0, 6)) {
    case 0:
      return change({ data: { ...data, flags: 0n } })
    case 1:
      return change({ data: { ...data, flags: d.chance(50) ? NEW_LOGIC : 0n, reserved: BigInt(d.int(1, 1_000_000)) } })
    case 2:
      return change({ consumers: d.int(0, 2), providers: d.int(0, 2) })
    case 3:
      return change({ data: { ...data, free: data.free + (1n << BigInt(d.int(60, 70))) } })
    case 4:
      return change({ data: { ...data, free: BigInt(d.int(0, 2000)) } })
    case 5:
      return write(Locks, who, [...d.w.get(Locks, who), { id: 'another0', amount: BigInt(d.int(1, 100_000)), reasons: { type: 'All' } }])
    default:
      return write(Account, who, undefined)
  }
}
