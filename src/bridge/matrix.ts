import { safeguards, type Safeguard } from '../../spec/bridge/intended/safeguards.js'
import { intended } from '../../spec/versions/editions.js'
import type { Breach } from './audit.js'
import { Dice } from './dice.js'
import { IntendedBridge } from './intended.js'
import { faultKinds, type FaultKind, type Step } from './step.js'
import { anyDeposit, anyFault, anyWithdrawal } from './traffic.js'

export interface MatrixRow {
  readonly safeguard: Safeguard
  /** Undefined when nothing failed in the time given. */
  readonly breach: Breach | undefined
  readonly seconds: number
  readonly transfers: number
  readonly seed: number
  /** The same run, same seed, with the safeguard in place, breaks nothing. */
  readonly holdsWithIt: boolean
}

/** What shows that a safeguard is missing; the others happen, too, now and then. */
const provokedBy: Readonly<Record<string, readonly FaultKind[]>> = {
  'S-DISTINCT': ['lie-vote', 'rescan'],
  'S-SAME-CONTENT': ['lie-amount'],
  'S-ONCE': ['lie-vote', 'lag'],
  'S-TODAYS-VALIDATORS': ['validator-removed', 'validator-added', 'lag', 'down'],
  'S-FRESH-FEE': ['fee-raised', 'fee-lowered', 'down', 'lag', 'crash'],
  'S-REFUND-IF-LOST': ['reaped'],
  'S-FLOOR': ['distrust', 'reaped'],
  'S-ONE-SEQUENCE': ['down', 'stellar-rejects', 'answer-lost', 'lag'],
  'S-SETTLED-BY-MAJORITY': ['lie-close'],
  'S-GOOD-SIGNATURES': ['lie-signature'],
  'S-MORE-SIGNATURES': ['validator-removed', 'stellar-rejects', 'lag'],
  'S-MINT-BACK': ['distrust'],
  'S-CLAIMABLE': ['merge'],
  'S-VOID': ['sequence-race'],
  'S-READS-STATE': ['lose-events', 'crash'],
  'S-CURSOR-LAST': ['crash'],
  'S-WHOLE-FILE': ['torn-write'],
  'S-MOVES-ON': ['rescan', 'lag'],
  'S-TODAYS-SIGNERS': ['validator-removed', 'stellar-rejects'],
}

/** Short runs of the intended bridge with one safeguard taken out, until one fails. */
export function withoutSafeguard(safeguard: Safeguard, seed: number, limit: number): MatrixRow {
  const edition = { ...intended, name: `intended without ${safeguard.id}`, quirks: new Set([safeguard.id]) }
  const began = performance.now()
  const seconds = (): number => (performance.now() - began) / 1000
  let transfers = 0
  for (let run = 0; ; run++) {
    const bridge = new IntendedBridge(edition, 3)
    const dice = new Dice(seed + run)
    const breach = firstBreach(bridge, dice, provokedBy[safeguard.id] ?? [])
    transfers += bridge.audit.deposits + bridge.audit.withdrawals
    if (breach === undefined && seconds() <= limit) continue
    const took = seconds()
    return {
      safeguard,
      breach,
      seconds: took,
      transfers,
      seed: seed + run,
      holdsWithIt: control(safeguard, seed + run, 1).breach === undefined,
    }
  }
}

function firstBreach(bridge: IntendedBridge, dice: Dice, kinds: readonly FaultKind[]): Breach | undefined {
  for (let i = 0; i < 300; i++) {
    const steps: Step[] = [dice.chance(60) ? anyDeposit(dice, 30) : anyWithdrawal(dice)]
    if (kinds.length > 0 && dice.chance(15)) steps.push(anyFault(dice, dice.chance(85) ? kinds : faultKinds, 3))
    if (dice.chance(40)) steps.push({ type: 'rounds', rounds: dice.pick([1, 1, 2, 4]) })
    for (const step of steps) bridge.step(step)
    if (bridge.audit.breaches.length > 0) return bridge.audit.breaches[0]
  }
  bridge.settle(120)
  return bridge.audit.breaches[0]
}

/** The same runs with every safeguard in place: what fails here shows nothing about the safeguard. @returns the first breach */
export function control(safeguard: Safeguard, seed: number, runs: number): { readonly breach: Breach | undefined; readonly seed: number } {
  for (let run = 0; run < runs; run++) {
    const breach = firstBreach(new IntendedBridge(intended, 3), new Dice(seed + run), provokedBy[safeguard.id] ?? [])
    if (breach !== undefined) return { breach, seed: seed + run }
  }
  return { breach: undefined, seed }
}

/** Every safeguard taken out alone. */
export function* safeguardsMatrix(seed: number, limit: number): Generator<MatrixRow> {
  for (const safeguard of safeguards) yield withoutSafeguard(safeguard, seed, limit)
}
