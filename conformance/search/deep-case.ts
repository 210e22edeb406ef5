import { makers } from '../../model/makers.js'
import { mixSeed } from '../../model/draw.js'
import { shrink } from '../../model/shrink.js'
import type { Step } from '../../model/step.js'
import { ghostInvariant, type Invariant } from '../../spec/kernel/invariant.js'
import type { World } from '../../spec/kernel/world.js'
import { usableBalance } from '../../spec/pallets/balances/reading.js'
import { nodeContractOf } from '../../spec/pallets/smart-contract/contract.state.js'
import { ContractBilled } from '../../spec/pallets/smart-contract/events.js'
import { ContractLock, Contracts } from '../../spec/pallets/smart-contract/items.js'
import { Twins } from '../../spec/pallets/tfgrid/items.js'
import { Checker, type Broken } from '../../src/reference/checker.js'
import type { Reference } from '../../src/reference/reference.js'
import { replayReference } from '../run/reference-case.js'
import { Explorer } from './explore.js'

/**
 * A deep state, to show that the search reaches such: one account owns a rent contract and two node contracts on the rented node,
 * all three in grace, and what it can spend lies within one bill of what decides whether grace ends.
 */
interface Nearness {
  /** 0: there. */
  readonly distance: number
  readonly witness: string
}

const AWAY = 100

/** How far the world is away from the deep case. @param bills the last bill of each contract, 1e-7 TFT */
export function nearness(w: World, bills: ReadonlyMap<bigint, bigint>): Nearness {
  let best: Nearness = { distance: AWAY, witness: '' }
  for (const [id, rent] of w.entries(Contracts)) {
    if (rent.contractType.type !== 'RentContract') continue
    const { nodeId } = rent.contractType.value
    const under = [...w.entries(Contracts)].filter(([, c]) => nodeContractOf(c)?.nodeId === nodeId && c.twinId === rent.twinId)
    const inGrace = under.filter(([, { state }]) => state.type === 'GracePeriod').length + (rent.state.type === 'GracePeriod' ? 1 : 0)
    let distance = 80 - 10 * Math.min(under.length, 2) - 15 * Math.min(inGrace, 3)
    const who = w.get(Twins, rent.twinId)?.accountId
    let witness = ''
    if (under.length >= 2 && inGrace >= 3 && who !== undefined) {
      const { amountLocked, extraAmountLocked = 0n } = w.get(ContractLock, id)
      const usable = usableBalance(w, who)
      const threshold = amountLocked + extraAmountLocked
      const gap = usable > threshold ? usable - threshold : threshold - usable
      const bill = bills.get(id) ?? 0n
      distance = bill > 0n && gap <= bill ? 0 : Math.min(14, 1 + String(gap).length / 2)
      witness = `account of twin ${rent.twinId}: ${usable} to spend, ${threshold} owed for rent contract ${id}, ${gap} apart, its last bill is ${bill}`
    }
    if (distance < best.distance) best = { distance, witness }
  }
  return best
}

/** "The deep case is never reached", as a promise that a search can break; `now` is told after each step. */
const neverDeep = (now: (nearness: Nearness) => void): Invariant =>
  ghostInvariant(
    'DEEP',
    'the deep case is never reached',
    [],
    () => new Map<bigint, bigint>(),
    (step, bills) => {
      for (const { contractId, amountBilled } of step.events(ContractBilled)) bills.set(contractId, amountBilled)
      const found = nearness(step.w, bills)
      now(found)
      return found.distance === 0 ? [found.witness] : []
    },
  )

export interface DeepCase {
  readonly steps: readonly Step[]
  readonly foundAfter: number
  readonly witness: string
  readonly seconds: number
  readonly calls: number
}

/** Searches the deep case and shrinks it. @returns undefined when the time is over before */
export function findDeepCase(reference: Reference, seed: number, seconds: number): DeepCase | undefined {
  const started = performance.now()
  const elapsed = (): number => (performance.now() - started) / 1000
  let distance = AWAY
  const checker = new Checker([neverDeep((nearest) => (distance = nearest.distance))])
  const explorer = new Explorer<Broken>(
    reference,
    {
      afterStep: (w, { journal, events }, act) =>
        checker.afterStep(w, journal, { eventsFrom: events, ...(act === undefined ? {} : { act }) }),
      distance: () => distance,
    },
    { seed: mixSeed(seed, 1), makers },
  )
  const alone = new Checker([neverDeep(() => undefined)])
  const reaches = (steps: readonly Step[]): Broken | undefined => replayReference(reference, alone, steps)
  for (let i = 0; elapsed() < seconds; i++) {
    const found = explorer.run(40 + (i % 3) * 40)
    if (found === undefined) continue
    const { calls } = explorer
    const time = elapsed()
    const steps = shrink(found.steps, (candidate) => reaches(candidate) !== undefined, 4000)
    const [witness = ''] = reaches(steps)?.witnesses ?? []
    return { steps, foundAfter: found.steps.length, witness, seconds: time, calls }
  }
  return undefined
}
