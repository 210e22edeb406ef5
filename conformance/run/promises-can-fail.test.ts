/**
 * Every invariant is able to fail: after a step that keeps all promises, the step is made to have done something else (a
 * written key, an event, an outcome, a signer), and the invariant has to notice. What no such fault breaks needs a quirk.
 */
import { describe, expect, test } from 'vitest'
import { makers } from '../../model/makers.js'
import { Guide } from '../../model/guide.js'
import { mixSeed } from '../../model/draw.js'
import { gates } from '../../spec/gates.js'
import { invariants } from '../../spec/invariants.js'
import type { Invariant } from '../../spec/kernel/invariant.js'
import { items, type Item, type Key } from '../../spec/kernel/item.js'
import { StepView, type Act } from '../../spec/kernel/step-view.js'
import type { EventRecord, World } from '../../spec/kernel/world.js'
import { machines } from '../../spec/machines.js'
import { Prime, Proposals } from '../../spec/pallets/council/items.js'
import { ExecutedMintTransactions } from '../../spec/pallets/tft-bridge/items.js'
import { Nodes, TwinIdByAccountID } from '../../spec/pallets/tfgrid/items.js'
import type { Node } from '../../spec/pallets/tfgrid/types.js'
import { TftPriceHistory } from '../../spec/pallets/tft-price/items.js'
import { flip, intended } from '../../spec/versions/editions.js'
import { genesis } from '../../spec/versions/genesis.js'
import { mutate, parseMutation } from '../../src/reference/mutation.js'
import { Reference } from '../../src/reference/reference.js'
import { Checker } from '../../src/reference/checker.js'
import { checkChunk } from './check-chunk.js'
import { actorList, planCases } from './case.js'
import { runReferenceCase } from './reference-case.js'
import { Tally } from './tally.js'

const CALLS = 24_000
const SEED = 5

/** Other values of the same shape: smaller, larger, absent, twice. */
function* otherwise(value: unknown): Generator<unknown> {
  if (typeof value === 'bigint') yield* [0n, value + 1n, value + 10n ** 9n, ...(value > 0n ? [value - 1n] : [])]
  else if (typeof value === 'number') yield* [0, value + 1, 1500, 2 ** 31, ...(value > 0 ? [value - 1] : [])]
  else if (typeof value === 'boolean') yield !value
  else if (typeof value === 'string') yield* [`${value}x`, '', actorList[9]!, 'm'.repeat(70)]
  else if (Array.isArray(value)) {
    yield []
    if (value.length > 0) yield [...(value as unknown[]), value[0]]
    for (const [i, element] of value.slice(0, 3).entries())
      for (const other of otherwise(element)) yield value.map((e: unknown, j) => (i === j ? other : e))
  } else if (typeof value === 'object' && value !== null) {
    const { type } = value as { readonly type?: unknown }
    if (typeof type === 'string') for (const other of variants) if (other.type !== type) yield other
    for (const [name, field] of Object.entries(value))
      if (name !== 'type') for (const other of otherwise(field)) yield { ...value, [name]: other }
  } else yield 1n
}
const variants = [
  { type: 'Deleted', value: { type: 'CanceledByUser' } },
  { type: 'GracePeriod', value: 1n },
  { type: 'Created' },
  { type: 'Up' },
  { type: 'Down' },
  { type: 'ApprovedByBoth' },
  { type: 'AgreementReady' },
  { type: 'Certified' },
  { type: 'Gold' },
  { type: 'None' },
]

/** The faults that are tried after a step: each plants itself, and is undone by a rollback. */
function* faults(w: World, from: number, read: readonly Item[], touchedOnly: boolean): Generator<() => void> {
  const seen = new Set<string>()
  for (let i = from; i < w.journalItems.length; i++) {
    const item = w.journalItems[i]!
    const key = w.journalKeys[i]
    if (seen.has(`${item.index} ${String(key)}`)) continue
    seen.add(`${item.index} ${String(key)}`)
    const value = w.stored(item, key)
    if (value !== undefined) yield () => w.write(item, key, undefined)
    const before = w.journalBefore[i]
    yield () => w.write(item, key, before)
    for (const other of otherwise(value ?? before)) yield () => w.write(item, key, other)
  }
  if (touchedOnly) return
  for (const item of read) {
    let n = 0
    for (const [key, value] of [...w.entries(item)] as [Key, unknown][]) {
      if (n++ > 3) break
      yield () => w.write(item, key, undefined)
      for (const other of otherwise(value)) yield () => w.write(item, key, other)
      yield () => w.write(item, typeof key === 'bigint' ? key + 1000n : typeof key === 'number' ? key + 1000 : `${String(key)}x`, value)
    }
  }
}

describe('every invariant', () => {
  test('is able to fail', { timeout: 240_000 }, () => {
    const reference = new Reference(intended, genesis(intended.version))
    const { w } = reference
    const left = new Set<Invariant>(invariants.filter(({ id, ghost }) => ghost === undefined && !shownApart.has(id)))
    const tried = new Map<Invariant, number>()
    const view = new StepView()
    const met = new Map<string, number>()
    /** True when one of the events was met with the invariant a few times at most. */
    const isNews = ({ id }: Invariant, happened: readonly EventRecord[]): boolean =>
      happened.some(({ type }) => {
        const meeting = `${id} ${type.pallet}.${type.name}`
        const times = (met.get(meeting) ?? 0) + 1
        met.set(meeting, times)
        return times <= 5
      })
    /** A fault that leads where no spec goes may make an invariant throw: that is no witness. */
    const notices = (invariant: Invariant, from: number, eventsFrom: number, act: Act | undefined): boolean => {
      view.open(w, from, eventsFrom, act)
      try {
        return (invariant.brokenIn?.(view, undefined) ?? invariant.broken(w)).length > 0
      } catch {
        return false
      }
    }
    for (const plan of planCases(SEED, CALLS)) {
      if (left.size === 0) break
      reference.reset()
      reference.open(1, 6)
      const guide = new Guide(mixSeed(SEED, plan.index), w, actorList, makers)
      for (let calls = 0; calls < plan.calls && left.size > 0;) {
        const proposal = guide.next()
        const { journal, events } = w.mark()
        let act: Act | undefined
        if (proposal.type === 'advance') reference.advance(proposal.blocks, proposal.seconds)
        else {
          calls++
          act = { ...proposal, outcome: reference.call(proposal.call, proposal.args, proposal.who).outcome }
        }
        const touched = new Set(w.journalItems.slice(journal).map(({ index }) => index))
        for (const invariant of left) {
          const reads = invariant.reads.map(({ index }) => items[index]!)
          if (reads.length > 0 && !reads.some(({ index }) => touched.has(index))) continue
          const times = (tried.get(invariant) ?? 0) + 1
          tried.set(invariant, times)
          // Most fail at once; the others are tried now and then, and where something happens that they have seldom met.
          if (times > 40 && times % 7 !== 0 && !isNews(invariant, w.events.slice(events))) continue
          if (canFail(invariant, reads, journal, events, act)) left.delete(invariant)
        }
      }
    }
    function canFail(invariant: Invariant, reads: readonly Item[], journal: number, events: number, act: Act | undefined): boolean {
      const mark = w.mark()
      for (const plant of faults(w, journal, reads, invariant.kind !== 'state')) {
        plant()
        const noticed = notices(invariant, journal, events, act)
        w.rollback(mark)
        if (noticed) return true
      }
      for (let i = events; i < mark.events; i++) {
        const record = w.events[i]!
        for (const value of otherwise(record.value)) {
          ;(w.events as { [at: number]: unknown })[i] = { ...record, value }
          const noticed = notices(invariant, journal, events, act)
          ;(w.events as { [at: number]: unknown })[i] = record
          if (noticed) return true
        }
      }
      if (act === undefined) return false
      const others: Act[] = [
        { ...act, who: actorList[11]! },
        { ...act, outcome: { type: 'panic', message: 'boom' } },
        { ...act, outcome: { type: 'error', error: 'Boom' } },
        ...[
          'TfgridModule.InvalidRelayAddress',
          'TfgridModule.NodeNotExists',
          'SmartContractModule.ServiceContractNotEnoughFundsToPayBill',
        ].map((error): Act => ({ ...act, outcome: { type: 'error', error } })),
      ]
      return others.some((other) => notices(invariant, journal, events, other))
    }
    expect([...left].map(({ id }) => id)).toEqual([])
  })

  test.each([
    ['INV-BR-10', 'Q-MINT-VOTES-TWICE'],
    ['INV-BR-11', 'Q-MINT-OTHER-VOTE'],
    ['INV-BR-14', 'Q-BURN-SIGNS-TWICE'],
    ['INV-BR-15', 'Q-REFUND-SIGNS-TWICE'],
    ['INV-BR-4', 'Q-MINT-AND-REFUND'],
    ['INV-BR-5', 'Q-MINT-AND-REFUND'],
    ['INV-TG-30', 'Q-FARMING-IMMUTABLE'],
    ['INV-TG-32', 'Q-POLICY-LIMIT-CERTIFICATION'],
    ['INV-SP-2', 'Q-PROVIDER-COUNT'],
  ])('is able to fail: %s, when %s is switched over', { timeout: 240_000 }, (invariant, quirk) => {
    const { w } = new Reference(intended, genesis(intended.version))
    const only = invariants.find(({ id }) => id === invariant)!
    expect(only.brokenBy, 'the invariant names the quirk').toContain(quirk)
    expect(only.broken(w)).toEqual([])
    expect(breaks(only, { flipped: [quirk] })).toBe(true)
  })

  test.each([
    ['INV-BR-21', 'BR-BURN-EXPIRE-1:never'],
    ['INV-BI-17', 'SC-GRACE-4:never'],
    ['INV-TP-6', 'TP-SET-2:drop moveRange'],
  ])('is able to fail: %s, by %s', { timeout: 240_000 }, (invariant, fault) => {
    expect(
      breaks(
        invariants.find(({ id }) => id === invariant)!,
        { fault },
      ),
    ).toBe(true)
  })

  test.each([
    ['INV-CO-3', (w: World) => w.set(Prime, actorList[9]!)],
    [
      'INV-CO-4',
      (w: World) =>
        w.set(
          Proposals,
          Array.from({ length: 101 }, (_, i) => String.fromCharCode(i).repeat(32)),
        ),
    ],
    ['INV-TP-2', (w: World) => Array.from({ length: 1441 }, (_, i) => w.put(TftPriceHistory, i, 1))],
  ])('is able to fail: %s, by written storage', (invariant, write) => {
    const { w } = new Reference(intended, genesis(intended.version))
    const only = invariants.find(({ id }) => id === invariant)!
    expect(only.broken(w)).toEqual([])
    write(w)
    expect(only.broken(w)).not.toEqual([])
  })
})

describe('a step that no sequence takes in this many calls', () => {
  const at = (invariant: string, take: (w: World) => Act | undefined): readonly string[] => {
    const { w } = new Reference(intended, genesis(intended.version))
    const { journal, events } = w.mark()
    const view = new StepView()
    const act = take(w)
    view.open(w, journal, events, act)
    return invariants.find(({ id }) => id === invariant)!.brokenIn!(view, undefined)
  }
  const mint = { amount: 1n, target: actorList[0]!, block: 1, votes: 1 }

  test('breaks INV-BR-19: an executed mint is executed again', () => {
    const { w } = new Reference(intended, genesis(intended.version))
    w.put(ExecutedMintTransactions, 'a', mint)
    const { journal, events } = w.mark()
    w.put(ExecutedMintTransactions, 'a', { ...mint, block: 2 })
    const view = new StepView()
    view.open(w, journal, events, undefined)
    expect(invariants.find(({ id }) => id === 'INV-BR-19')!.brokenIn!(view, undefined)).toHaveLength(1)
  })

  test('breaks INV-TG-34: a node of the caller’s twin is said not to exist', () => {
    const who = actorList[0]!
    const refused = (w: World): Act => {
      w.put(TwinIdByAccountID, who, 1)
      w.put(Nodes, 7, { twinId: 1 } as Node)
      return {
        who,
        call: { pallet: 'TfgridModule', name: 'deleteNode' },
        args: { id: 7 },
        outcome: { type: 'error', error: 'TfgridModule.NodeNotExists' },
      }
    }
    expect(at('INV-TG-34', refused)).toHaveLength(1)
    expect(at('INV-TG-34', (w) => ({ ...refused(w), args: { id: 8 } }))).toEqual([])
  })
})

/** True when a sequence breaks the promise, with a quirk switched over or a fault planted. */
function breaks(only: Invariant, { flipped = [], fault }: { readonly flipped?: readonly string[]; readonly fault?: string }): boolean {
  const faulty = fault === undefined ? machines : mutate(machines, parseMutation(fault))
  const reference = new Reference(flip(intended, flipped), genesis(intended.version), faulty)
  const checker = new Checker([only])
  const tally = new Tally()
  return planCases(SEED, 100_000).some((plan) => runReferenceCase(reference, checker, SEED, plan, makers, tally) !== undefined)
}
/** Faults after a step do not show these; they are shown one by one. */
const shownApart = new Set([
  ...[
    'INV-CO-3',
    'INV-CO-4',
    'INV-TG-30',
    'INV-TG-32',
    'INV-TG-34',
    'INV-SP-2',
    'INV-BR-4',
    'INV-BR-5',
    'INV-BR-19',
    'INV-TP-2',
    'INV-TP-6',
  ],
])

test('sequences reach every gate', { timeout: 240_000 }, () => {
  const { reached } = checkChunk({ at: 'intended', flipped: [], seed: SEED, known: [] }, planCases(SEED, 30_000))
  expect(gates.filter(({ id }) => (reached[id] ?? 0) === 0).map(({ id }) => id)).toEqual([])
})

test('a checker begins anew with every sequence', () => {
  const reference = new Reference(intended, genesis(intended.version))
  const checker = new Checker(invariants)
  for (let i = 0; i < 2; i++) {
    reference.reset()
    reference.open(1, 6)
    const { journal, events } = reference.w.mark()
    reference.advance(1, 6)
    expect(checker.afterStep(reference.w, journal, { eventsFrom: events })).toBeUndefined()
  }
})
