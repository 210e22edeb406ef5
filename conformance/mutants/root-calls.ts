import { extreme } from '../../model/extreme.js'
import type { Draw } from '../../model/draw.js'
import { makers } from '../../model/makers.js'
import { strangers } from '../../model/money.js'
import { callTypes, type Call } from '../../spec/kernel/call.js'
import type { AccountId } from '../../spec/kernel/shape.js'
import { Account } from '../../spec/pallets/system/items.js'
import { fromCall } from '../../spec/pallets/system/runtime-call.js'

const ofRoot = [...callTypes.values()].filter(
  ({ origin, pallet, name }) => origin === 'root' || name === 'upgradeAccounts' || (pallet === 'Utility' && origin !== 'none'),
)

/** A call for Root, whom no key is, with people and amounts that matter: only an agenda dispatches it. */
export function rootCall(d: Draw): Call {
  const type = d.pick(ofRoot)
  const id = (): { readonly type: 'Id'; readonly value: AccountId } => ({ type: 'Id', value: someone(d) })
  const amount = (): bigint => d.pick([0n, 1n, 100n, 499n, 500n, 501n, BigInt(d.int(0, 2_000_000)), 1n << 64n, (1n << 128n) - 1n])
  const inner = (): unknown => {
    const { call, make } = d.pick(makers)
    return fromCall({ type: call, args: make(d).args })
  }
  const fields: Readonly<Record<string, () => unknown>> = {
    ...{ who: id, source: id, dest: id, newFree: amount, oldReserved: () => reserveOf(d), amount, value: amount },
    ...{ ...(type.name === 'upgradeAccounts' ? { who: () => Array.from({ length: d.int(1, 3) }, () => someone(d)) } : {}) },
    ...{ call: inner, calls: () => [inner()], index: () => d.int(0, 2) },
    asOrigin: () => ({
      type: 'system',
      value: d.pick([
        { type: 'Root', value: undefined },
        { type: 'None', value: undefined },
        { type: 'Signed', value: someone(d) },
      ]),
    }),
  }
  const shape = type.argsAt(d.w.version)
  const names = shape.kind === 'struct' ? shape.fields : []
  return {
    type,
    args: Object.fromEntries(names.map(([name, of]) => [name, (d.chance(92) ? fields[name]?.() : undefined) ?? extreme(d, of)])),
  }
}

const someone = (d: Draw): AccountId => (d.chance(75) ? d.keyOf(Account) : undefined) ?? (d.chance(60) ? d.actor() : d.pick(strangers))
/** What somebody has in reserve: the deprecated call refuses any other amount. */
const reserveOf = (d: Draw): bigint => (d.chance(70) ? 0n : (d.entryOf(Account)?.[1].data.reserved ?? 0n))
