import type { Item, Key } from './item.js'
import type { StepView } from './step-view.js'
import { inSpan, type Edition, type Span } from './version.js'
import type { World } from './world.js'

/**
 * - `state`: about the world between steps
 * - `step`: about a step: the world before and after it, and its events
 * - `accounting`: a step's amounts
 * - `temporal`: what a state obliges later steps to do; true, false, or inconclusive when the sequence ends before
 */
export type InvariantKind = 'state' | 'step' | 'accounting' | 'temporal'

type ItemName = Pick<Item, 'index' | 'pallet' | 'name'>

/**
 * A promise. It returns witnesses, not a verdict: every one names what breaks it.
 *
 * `reads` names the items that it looks at: after a step, only the invariants of touched items are checked (one that reads
 * nothing is checked after every step), and at the end of a sequence all. `broken` looks at the whole world. `brokenIn`,
 * where given, looks at what a step touched instead, so that its cost does not grow with the world. The span says at which
 * versions the promise was given.
 */
export interface Invariant extends Span {
  /** Never changes its meaning: `INV-SC-3`. */
  readonly id: string
  /** The promise, in a sentence. */
  readonly claim: string
  readonly kind: InvariantKind
  readonly reads: readonly ItemName[]
  /** The quirks under which a released version breaks the promise. */
  readonly brokenBy: readonly string[]
  readonly broken: (w: World) => readonly string[]
  /** @param ghost what `ghost` made when the sequence began */
  readonly brokenIn?: (step: StepView, ghost: unknown) => readonly string[]
  /** History that the checker keeps for the invariant, because the chain does not store it. */
  readonly ghost?: () => unknown
  /** Obligations that the sequence left open: neither kept nor broken. */
  readonly open?: (ghost: unknown) => number
}

/** Declares a promise about the whole world, without a way to look at less of it. */
export const invariant = (
  id: string,
  claim: string,
  reads: readonly ItemName[],
  broken: Invariant['broken'],
  brokenBy: readonly string[] = [],
  span: Span = {},
): Invariant => ({
  ...span,
  id,
  claim,
  kind: 'state',
  reads,
  broken,
  brokenBy,
})

const fine: readonly string[] = []
const always = () => fine

interface Options extends Span {
  readonly brokenBy?: readonly string[]
}
interface StepOptions extends Options {
  readonly kind?: 'step' | 'accounting'
}

/** Declares a promise about steps. */
export const stepInvariant = (
  id: string,
  claim: string,
  reads: readonly ItemName[],
  brokenIn: (step: StepView) => readonly string[],
  { brokenBy = fine, kind = 'step', ...span }: StepOptions = {},
): Invariant => ({ ...span, id, claim, kind, reads, brokenBy, broken: always, brokenIn })

/** Declares a promise about steps that needs to know what came before. */
export const ghostInvariant = <G>(
  id: string,
  claim: string,
  reads: readonly ItemName[],
  ghost: () => G,
  brokenIn: (step: StepView, ghost: G) => readonly string[],
  { brokenBy = fine, kind = 'step', ...span }: StepOptions = {},
): Invariant => ({
  ...span,
  id,
  claim,
  kind,
  reads,
  brokenBy,
  broken: always,
  brokenIn: (step, known) => brokenIn(step, known as G),
  ghost,
})

/** What a step makes of an obligation. */
export type Fulfilment = 'kept' | 'broken' | 'open'

/** Declares that what a step `owes` (by key, with what has to be remembered of it) is settled by later steps. */
export function temporalInvariant<K extends Key, D>(
  id: string,
  claim: string,
  reads: readonly ItemName[],
  owes: (step: StepView) => readonly (readonly [key: K, debt: D])[],
  settle: (step: StepView, key: K, debt: D) => Fulfilment,
  brokenBy: readonly string[] = fine,
): Invariant {
  const brokenIn = (step: StepView, known: unknown): readonly string[] => {
    const debts = known as Map<K, D>
    let witnesses: string[] | undefined
    for (const [key, debt] of debts) {
      const now = settle(step, key, debt)
      if (now === 'broken') (witnesses ??= []).push(`${String(key)} was owed and did not come`)
      if (now !== 'open') debts.delete(key)
    }
    for (const [key, debt] of owes(step)) debts.set(key, debt)
    return witnesses ?? fine
  }
  return {
    id,
    claim,
    kind: 'temporal',
    reads,
    brokenBy,
    broken: always,
    brokenIn,
    ghost: () => new Map<K, D>(),
    open: (known) => (known as Map<K, D>).size,
  }
}

/** Keys of the item that a promise is about, led to by a key of another item that was touched. */
export interface Watch<K> {
  readonly item: Item
  readonly keys: (w: World, key: never, before: never) => readonly K[]
}
/** A touched key of `item` concerns these keys; `before` is what it held before the step. */
export const watch = <L extends Key, U, R, K>(
  item: Item<L, U, R>,
  keys: (w: World, key: L, before: U | undefined) => readonly K[],
): Watch<K> => ({
  item: item,
  keys,
})

type Verdict = string | null | readonly string[]
const add = (to: string[] | undefined, verdict: Verdict): string[] | undefined => {
  if (verdict === null || verdict.length === 0) return to
  const list = to ?? []
  if (typeof verdict === 'string') list.push(verdict)
  else list.push(...verdict)
  return list
}

/** Declares a promise about every entry of an item. After a step only touched entries are looked at, and those that `also` leads to. */
export function each<K extends Key, V, R>(
  id: string,
  claim: string,
  item: Item<K, V, R>,
  check: (w: World, key: K, value: V) => Verdict,
  { also = [], brokenBy = fine, ...span }: Options & { readonly also?: readonly Watch<K>[] } = {},
): Invariant {
  const broken = (w: World): readonly string[] => {
    let found: string[] | undefined
    for (const [key, value] of w.entries(item)) found = add(found, check(w, key, value))
    return found ?? fine
  }
  const at = (w: World, key: K): Verdict => {
    const value = w.stored(item, key)
    return value === undefined ? null : check(w, key, value as V)
  }
  const brokenIn = (step: StepView): readonly string[] => {
    const { w } = step
    let found: string[] | undefined
    for (const key of step.touched(item).keys()) found = add(found, at(w, key))
    for (const { item: other, keys } of also)
      for (const [key, before] of step.touched(other))
        for (const mine of keys(w, key as never, before as never)) found = add(found, at(w, mine))
    return found ?? fine
  }
  return { ...span, id, claim, kind: 'state', reads: [item, ...also.map((o) => o.item)], brokenBy, broken, brokenIn }
}

/** A state or step that sequences must be able to reach: a suite that never sees it proves nothing about it. */
export interface Gate {
  /** Never changes its meaning: `GATE-SC-3`. */
  readonly id: string
  readonly claim: string
  readonly reads: readonly ItemName[]
  readonly reached: (step: StepView) => boolean
}
export const gate = (id: string, claim: string, reads: readonly ItemName[], reached: Gate['reached']): Gate => ({
  id,
  claim,
  reads,
  reached,
})

/** True when the promise was given at the edition's version, and no quirk of the edition is known to break it. */
export const promisedAt = ({ version, quirks }: Edition, promise: Pick<Invariant, 'brokenBy' | 'from' | 'until'>): boolean =>
  inSpan(version, promise) && !promise.brokenBy.some((id) => quirks.has(id))
