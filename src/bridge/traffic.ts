import type { Memo } from '../../spec/bridge/stellar/types.js'
import type { Dice } from './dice.js'
import { LATECOMER, users } from './people.js'
import { faultKinds, type DepositStep, type FaultKind, type FaultStep, type Step, type WithdrawStep } from './step.js'

const TFT = 10_000_000n
/** The existential deposit is 500; around the fee is where deposits go wrong. */
const amounts: readonly bigint[] = [1n, TFT, TFT + 1n, TFT + 499n, TFT + 500n, 2n * TFT, 3n * TFT, 10n * TFT, 50n * TFT, 50n * TFT]

const text = (value: string): Memo => ({ type: 'text', value })
const oddMemos: readonly Memo[] = [
  { type: 'none' },
  { type: 'return', value: 'ab'.repeat(32) },
  { type: 'hash', value: 'cd'.repeat(32) },
  text('hello'),
  text('twin_4294967297'),
  text('twin_99'),
  text(`twin_${LATECOMER + 1}`),
]

export function anyDeposit(d: Dice, odd = 40): DepositStep {
  const from = d.int(0, 2)
  const plain = { from, asset: 'TFT' as const, amount: d.chance(70) ? BigInt(d.int(2, 80)) * TFT : d.pick(amounts) }
  const memo = d.chance(odd / 2) ? d.pick(oddMemos) : text(`twin_${d.int(1, 3)}`)
  if (!d.chance(odd / 2)) return { type: 'deposit', operations: [plain], memo }
  switch (d.int(0, 4)) {
    case 0:
      return { type: 'deposit', operations: [plain, { ...plain, from: (from + 1) % 3 }], memo }
    case 1:
      return { type: 'deposit', operations: [plain, plain], memo }
    case 2:
      return { type: 'deposit', operations: [{ ...plain, path: true }], memo }
    case 3:
      return { type: 'deposit', operations: [plain, { ...plain, asset: 'XLM' }], memo }
    default:
      return { type: 'deposit', operations: [plain], memo, otherOperations: d.int(3, 12) }
  }
}

export const anyWithdrawal = (d: Dice): WithdrawStep => ({
  type: 'withdraw',
  by: d.int(0, users.length - 1),
  amount: d.chance(60) ? 100n * TFT : d.chance(80) ? BigInt(d.int(2, 80)) * TFT : d.pick(amounts),
})

export function anyFault(d: Dice, kinds: readonly FaultKind[], validators: number): FaultStep {
  const fault = d.pick(kinds)
  const rounds = fault === 'crash' ? d.int(0, 24) : d.pick([1, 2, 3, 5, 8, 25])
  // Liars are a minority: of three validators, one.
  const who = fault.startsWith('lie-') ? d.int(0, ((validators + 1) >> 1) - 2) : d.int(0, validators - 1)
  return { type: 'fault', fault, who, rounds }
}

/** A short case: few transfers, few kinds of faults. */
export function anyCase(d: Dice, validators: number): readonly Step[] {
  const kinds = Array.from({ length: d.pick([0, 1, 1, 1, 2, 2, 3]) }, () => d.pick(faultKinds))
  const steps: Step[] = [{ type: 'rounds', rounds: 1 }]
  const deposits = d.chance(60)
  const odd = kinds.length === 0 ? 90 : 30
  for (let i = d.int(2, 10); i > 0; i--) {
    if (kinds.length > 0 && d.chance(55)) steps.push(anyFault(d, kinds, validators))
    else steps.push(deposits ? anyDeposit(d, odd) : anyWithdrawal(d))
    if (d.chance(60)) steps.push({ type: 'rounds', rounds: d.pick([1, 1, 2, 3, 4, 22]) })
  }
  return steps
}
