import { each, stepInvariant, type Invariant } from '../../kernel/invariant.js'
import type { StepView } from '../../kernel/step-view.js'
import { Account } from '../system/items.js'
import { Twins } from '../tfgrid/items.js'
import { ServiceContractBilled } from './events.js'
import { ServiceContracts, SolutionProviders } from './items.js'
import { tftPrice } from './price.js'
import { MAX_BILL_METADATA_LENGTH } from './service-contract.bill.rules.js'
import { MAX_METADATA_LENGTH } from './service-contract.terms.rules.js'

const isDirect = (step: StepView, name: string): boolean => step.act?.call.pallet === 'SmartContractModule' && step.act.call.name === name

/** What holds about service contracts and solution providers. */
export const serviceInvariants: readonly Invariant[] = [
  each(
    'INV-SV-1',
    'a service agreement is ready when metadata and base fee are set, and not otherwise',
    ServiceContracts,
    (_, id, { state, metadata, baseFee }) =>
      (state.type === 'Created') === (metadata === '' || baseFee === 0n)
        ? null
        : `service contract ${id} is ${state.type}, its fee is ${baseFee}`,
    { brokenBy: ['Q-SERVICE-READY'] },
  ),
  each(
    'INV-SV-2',
    'a service contract bills when both have approved, and not otherwise',
    ServiceContracts,
    (_, id, { state, acceptedByConsumer, acceptedByService }) =>
      (state.type === 'ApprovedByBoth') === (acceptedByConsumer && acceptedByService) ? null : `service contract ${id} is ${state.type}`,
  ),
  each('INV-SV-3', 'service and consumer are two twins that exist', ServiceContracts, (w, id, { serviceTwinId, consumerTwinId }) =>
    serviceTwinId !== consumerTwinId && w.has(Twins, serviceTwinId) && w.has(Twins, consumerTwinId)
      ? null
      : `service contract ${id} is between ${serviceTwinId} and ${consumerTwinId}`,
  ),
  each('INV-SV-4', 'metadata stays within 64 bytes', ServiceContracts, (_, id, { metadata }) =>
    metadata.length <= MAX_METADATA_LENGTH ? null : `service contract ${id} has ${metadata.length} bytes`,
  ),
  stepInvariant(
    'INV-SV-5',
    'terms that somebody has approved do not change',
    [ServiceContracts],
    (step) =>
      [...step.touched(ServiceContracts)].flatMap(([id, before]) => {
        const after = step.w.get(ServiceContracts, id)
        if (before === undefined || after === undefined || !(before.acceptedByConsumer || before.acceptedByService)) return []
        return before.baseFee === after.baseFee && before.variableFee === after.variableFee && before.metadata === after.metadata
          ? []
          : [`the terms of service contract ${id} changed`]
      }),
    { brokenBy: ['Q-SERVICE-TERMS'] },
  ),
  stepInvariant(
    'INV-SV-6',
    'a consumer who cannot pay loses the contract',
    [],
    (step) => {
      const { act, w } = step
      if (act?.outcome.error !== 'SmartContractModule.ServiceContractNotEnoughFundsToPayBill' || !isDirect(step, 'serviceContractBill'))
        return []
      const { serviceContractId: id } = act.args as { readonly serviceContractId: bigint }
      return w.has(ServiceContracts, id) ? [`service contract ${id} lives on without being paid`] : []
    },
    { brokenBy: ['Q-SERVICE-OUT-OF-FUNDS'] },
  ),
  stepInvariant(
    'INV-SV-7',
    'what a service bill says is what the consumer pays and the service gets',
    [ServiceContracts],
    (step) => {
      const billed = step.events(ServiceContractBilled)
      if (billed.length !== 1 || !isDirect(step, 'serviceContractBill')) return []
      const { serviceContract, amount } = billed[0]!
      const consumer = step.w.get(Twins, serviceContract.consumerTwinId)!.accountId
      const paid = step.before(Account, consumer).data.free - step.w.get(Account, consumer).data.free
      return paid === amount ? [] : [`${amount} were billed, the consumer paid ${paid}`]
    },
    { kind: 'accounting' },
  ),
  stepInvariant(
    'INV-SV-8',
    'a service bill is base fee for the time and variable amount, in TFT at the price of the block',
    [ServiceContracts],
    (step) =>
      step.events(ServiceContractBilled).flatMap(({ serviceContract: { baseFee }, bill: { variableAmount, window }, amount }) => {
        const price = BigInt(tftPrice(step.w))
        // 1e-3 USD over 3600 seconds, times 1e7 for TFT; the runtime rounds twice, by less than a unit each.
        const exact = baseFee * window * 10_000_000n + variableAmount * 3600n * 10_000_000n
        const told = amount * 3600n * price
        const rounding = 3600n * price + 3600n * 1000n
        return told - exact <= rounding && exact - told <= rounding
          ? []
          : [`${amount} were billed for ${baseFee} over ${window} s and ${variableAmount}, at a price of ${price}`]
      }),
    { kind: 'accounting', brokenBy: ['Q-SERVICE-COST-WRAP', 'Q-PRICE-WRAP'] },
  ),
  stepInvariant(
    'INV-SV-9',
    'a bill covers the time since the last one, an hour at most, and no second twice',
    [ServiceContracts],
    (step) =>
      step.events(ServiceContractBilled).flatMap(({ serviceContract: { serviceContractId: id, lastBill, variableFee }, bill }) => {
        const before = step.touched(ServiceContracts).get(id)
        if (before === undefined) return []
        const covered = lastBill - before.lastBill
        return bill.window <= 3600n &&
          bill.window <= covered &&
          bill.variableAmount * 3600n <= variableFee * bill.window + 1800n &&
          bill.metadata.length <= MAX_BILL_METADATA_LENGTH
          ? []
          : [`a bill over ${bill.window} s after ${covered} s adds ${bill.variableAmount}`]
      }),
    { kind: 'accounting' },
  ),
  stepInvariant('INV-SV-10', 'only a party ends a service contract, changes or approves it', [ServiceContracts], (step) => {
    const { act, w } = step
    if (act?.call.pallet !== 'SmartContractModule') return []
    return [...step.touched(ServiceContracts)].flatMap(([id, before]) => {
      const contract = before ?? w.get(ServiceContracts, id)
      if (contract === undefined) return []
      return [contract.serviceTwinId, contract.consumerTwinId].some((twin) => w.get(Twins, twin)?.accountId === act.who)
        ? []
        : [`somebody else changed service contract ${id}`]
    })
  }),
  each(
    'INV-SP-1',
    'the providers of a solution take half at most together',
    SolutionProviders,
    (_, id, { providers }) => (providers.reduce((sum, { take }) => sum + take, 0) <= 50 ? null : `provider ${id} takes more than half`),
    {
      brokenBy: ['Q-PROVIDER-TAKE-WRAP'],
    },
  ),
  each(
    'INV-SP-2',
    'a solution has five payout addresses at most',
    SolutionProviders,
    (_, id, { providers }) => (providers.length <= 5 ? null : `provider ${id} has ${providers.length} addresses`),
    { brokenBy: ['Q-PROVIDER-COUNT'] },
  ),
  stepInvariant('INV-SP-3', 'a solution’s providers and their takes never change', [SolutionProviders], (step) =>
    [...step.touched(SolutionProviders)].flatMap(([id, before]) =>
      before === undefined || JSON.stringify(before.providers) === JSON.stringify(step.w.get(SolutionProviders, id)?.providers)
        ? []
        : [`the providers of ${id} changed`],
    ),
  ),
]
