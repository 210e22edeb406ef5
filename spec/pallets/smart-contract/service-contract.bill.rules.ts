import { accept, must, refuse, trap } from '../../kernel/machine.js'
import type { Bytes } from '../../kernel/shape.js'
import { fact, type Stage } from '../../kernel/stage.js'
import { usableBalance } from '../balances/reading.js'
import { seconds } from '../system/clock.js'
import { Twins } from '../tfgrid/items.js'
import { ServiceContractBilled, ServiceContractCanceled } from './events.js'
import { ServiceContracts } from './items.js'
import { costInTft, costInTftWraps, priceIsZero, priceWraps } from './price.js'
import { billCost, billCostWraps, billedWindow, variableLimit } from './service-contract.cost.js'
import { agreement } from './service-contract.party.rules.js'
import type { ServiceContractBill } from './types.js'

/**
 * The service's bill: the consumer pays base fee and variable amount at the TFT price of the block, in one transfer.
 *
 * A consumer without the funds is meant to lose the contract. 144 removes it and announces that, and then refuses the call,
 * which undoes both (`#[transactional]`, and every dispatch besides): the contract lives on (quirk Q-SERVICE-OUT-OF-FUNDS).
 * Who can pay but would fall below the existential deposit is refused by the transfer, and keeps the contract in any version.
 *
 * @source pallet-smart-contract/src/service_contract.rs `_service_contract_bill`, `_service_contract_pay_bill` @439e6919
 */

export interface BillService {
  /** 1e-3 USD. */
  readonly variableAmount: bigint
  readonly metadata: Bytes
}
type On = Stage<BillService, bigint>

/** @source types.rs `MAX_BILL_METADATA_LENGTH` @439e6919 */
export const MAX_BILL_METADATA_LENGTH = 50

const mayNotBill = [
  refuse('SC-SERVICE-BILL-1', 'callerHasNoTwin', 'TwinNotExists'),
  refuse('SC-SERVICE-BILL-3', 'callerIsNotTheService', 'TwinNotAuthorized'),
]
export const bill = {
  notApproved: [...mayNotBill, refuse('SC-SERVICE-BILL-4', null, 'ServiceContractBillingNotApprovedByBoth')],
  approved: [
    ...mayNotBill,
    refuse('SC-SERVICE-BILL-5', 'variableAmountIsTooHigh', 'ServiceContractBillingVariableAmountTooHigh'),
    refuse('SC-SERVICE-BILL-6', 'billMetadataIsTooLong', 'ServiceContractBillMetadataTooLong'),
    refuse('SC-SERVICE-BILL-7', 'billCostWraps', 'NumOverflow', { instead: 'Q-SERVICE-COST-WRAP' }),
    trap('SC-SERVICE-BILL-8', 'costMeetsNoPrice', 'division by zero', { quirk: 'Q-PRICE-ZERO' }),
    refuse('SC-SERVICE-BILL-9', 'costMeetsNoPrice', 'TFTPriceValueError', { instead: 'Q-PRICE-ZERO' }),
    refuse('SC-SERVICE-BILL-10', 'costMeetsWrappedPrice', 'TFTPriceValueError', { instead: 'Q-PRICE-WRAP' }),
    refuse('SC-SERVICE-BILL-11', 'amountWraps', 'NumOverflow', { instead: 'Q-SERVICE-COST-WRAP' }),
    refuse('SC-SERVICE-BILL-12', 'consumerCannotPay', 'ServiceContractNotEnoughFundsToPayBill', { quirk: 'Q-SERVICE-OUT-OF-FUNDS' }),
    accept('SC-SERVICE-BILL-13', {
      when: 'consumerCannotPay',
      to: 'absent',
      instead: 'Q-SERVICE-OUT-OF-FUNDS',
      do: ['remove', 'announceOutOfFunds'],
    }),
    accept('SC-SERVICE-BILL-14', { to: 'approvedByBoth', do: [must('@transfer', 'consumerToService'), 'markBilled', 'announceBilled'] }),
  ],
}

const window = fact('window', (s: On) => billedWindow(seconds(s.w), agreement(s.w, s.key).lastBill))
const charged = (s: On) => ({ baseFee: agreement(s.w, s.key).baseFee, variableAmount: s.args.variableAmount, window: window(s) })
/** 1e-7 USD. */
const cost = fact('serviceCost', (s: On) => billCost(charged(s)))
/** 1e-7 TFT. What costs nothing needs no price. */
const amount = fact('serviceAmount', (s: On) => (cost(s) === 0n ? 0n : costInTft(s.w, cost(s))))

/** Twins are never deleted, so both parties have an account. */
const accountOf = (s: On, twin: number) => s.w.get(Twins, twin)!.accountId
const consumer = (s: On) => accountOf(s, agreement(s.w, s.key).consumerTwinId)
const service = (s: On) => accountOf(s, agreement(s.w, s.key).serviceTwinId)

export const billGuards = {
  variableAmountIsTooHigh: (s: On) => s.args.variableAmount > variableLimit(window(s), agreement(s.w, s.key).variableFee),
  billMetadataIsTooLong: (s: On) => s.args.metadata.length > MAX_BILL_METADATA_LENGTH,
  billCostWraps: (s: On) => billCostWraps(charged(s)),
  costMeetsNoPrice: (s: On) => cost(s) > 0n && priceIsZero(s.w),
  costMeetsWrappedPrice: (s: On) => cost(s) > 0n && priceWraps(s.w),
  amountWraps: (s: On) => cost(s) > 0n && costInTftWraps(s.w, cost(s)),
  consumerCannotPay: (s: On) => usableBalance(s.w, consumer(s)) < amount(s),
}

export const billEffects = {
  markBilled: (s: On) => s.w.put(ServiceContracts, s.key, { ...agreement(s.w, s.key), lastBill: seconds(s.w) }),
  announceBilled: (s: On) => {
    const bill: ServiceContractBill = { variableAmount: s.args.variableAmount, window: window(s), metadata: s.args.metadata }
    s.emit(ServiceContractBilled, { serviceContract: agreement(s.w, s.key), bill, amount: amount(s) })
  },
  announceOutOfFunds: (s: On) => s.emit(ServiceContractCanceled, { serviceContractId: s.key, cause: { type: 'OutOfFunds' } }),
}

export const billRoutes = {
  consumerToService: (s: On) => [
    { machine: 'account', key: consumer(s), args: { to: service(s), amount: amount(s), existence: 'KeepAlive' } },
  ],
}
