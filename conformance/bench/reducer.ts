import { forAbout } from './measure.js'

/**
 * The yardstick: contract calls as one writes them in an afternoon, a plain function over a plain state. It has the shape of the
 * real thing (refusals in order, a map of contracts, money that moves) and none of its exactness.
 */
type Action =
  | { readonly type: 'create'; readonly who: number; readonly node: number }
  | { readonly type: 'report'; readonly id: number; readonly used: bigint }
  | { readonly type: 'bill'; readonly id: number; readonly now: number }
  | { readonly type: 'cancel'; readonly who: number; readonly id: number }
  | { readonly type: 'transfer'; readonly who: number; readonly to: number; readonly value: bigint }

interface Contract {
  readonly owner: number
  readonly node: number
  readonly used: bigint
  readonly billed: number
}
interface State {
  nextId: number
  readonly contracts: Map<number, Contract>
  readonly balances: Map<number, bigint>
}

const newState = (): State => ({
  nextId: 1,
  contracts: new Map(),
  balances: new Map(Array.from({ length: 12 }, (_, who) => [who, 10n ** 13n])),
})

function pay(state: State, from: number, to: number, amount: bigint): boolean {
  const has = state.balances.get(from) ?? 0n
  if (has < amount) return false
  state.balances.set(from, has - amount)
  state.balances.set(to, (state.balances.get(to) ?? 0n) + amount)
  return true
}

/** @returns undefined when accepted, else why not */
function reduce(state: State, action: Action): string | undefined {
  if (action.type === 'transfer') return pay(state, action.who, action.to, action.value) ? undefined : 'InsufficientBalance'
  if (action.type === 'create') {
    if (!state.balances.has(action.who)) return 'TwinNotExists'
    state.contracts.set(state.nextId++, { owner: action.who, node: action.node, used: 0n, billed: 0 })
    return undefined
  }
  const contract = state.contracts.get(action.id)
  if (contract === undefined) return 'ContractNotExists'
  if (action.type === 'report') state.contracts.set(action.id, { ...contract, used: contract.used + action.used })
  else if (action.type === 'cancel') {
    if (contract.owner !== action.who) return 'TwinNotAuthorizedToCancelContract'
    state.contracts.delete(action.id)
  } else {
    const due = (contract.used * BigInt(action.now - contract.billed) * 100_000n) / 3600n
    if (!pay(state, contract.owner, 100 + contract.node, due)) return 'InsufficientBalance'
    state.contracts.set(action.id, { ...contract, used: 0n, billed: action.now })
  }
  return undefined
}

const types = ['create', 'report', 'report', 'bill', 'bill', 'cancel', 'transfer'] as const

/** Actions as a generator would draw them, the same each time. */
function actionsOf(count: number): readonly Action[] {
  let state = 12345
  const below = (n: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
  return Array.from({ length: count }, (_, i): Action => {
    const type = types[below(types.length)]!
    const [who, id] = [below(13), 1 + below(1 + i / 7)]
    if (type === 'create') return { type, who, node: below(5) }
    if (type === 'report') return { type, id, used: BigInt(below(64)) }
    if (type === 'bill') return { type, id, now: i * 6 }
    if (type === 'cancel') return { type, who, id }
    return { type, who, to: below(13), value: BigInt(below(1_000_000)) }
  })
}

/** Steps a second of the yardstick are what ratios are taken to. */
export function yardstick(): (millis: number) => number {
  const actions = actionsOf(5_000)
  return (millis) =>
    forAbout(millis, () => {
      const state = newState()
      for (const action of actions) reduce(state, action)
      return actions.length
    })
}
