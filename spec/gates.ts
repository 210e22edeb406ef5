import { gate, type Gate } from './kernel/invariant.js'
import type { Item } from './kernel/item.js'
import type { StepView } from './kernel/step-view.js'
import { DustLost, Transfer } from './pallets/balances/events.js'
import { Executed } from './pallets/council/events.js'
import { lifeOf, nodeIdOf } from './pallets/smart-contract/contract.state.js'
import {
  ContractBilled,
  ContractGracePeriodEnded,
  ContractGracePeriodStarted,
  IPsFreed,
  NameContractCanceled,
  NodeContractCanceled,
  RentContractCanceled,
  ServiceContractBilled,
  ServiceContractCanceled,
  TokensBurned,
} from './pallets/smart-contract/events.js'
import { ContractLock, Contracts } from './pallets/smart-contract/items.js'
import {
  BurnTransactionExpired,
  BurnTransactionProcessed,
  BurnTransactionReady,
  MintCompleted,
  RefundTransactionProcessed,
} from './pallets/tft-bridge/events.js'
import { FarmUpdated, NodeDeleted, NodeStored } from './pallets/tfgrid/events.js'
import { Farms } from './pallets/tfgrid/items.js'
import { AveragePriceIsAboveMaxPrice } from './pallets/tft-price/events.js'
import type { EventType } from './kernel/event.js'

/** Reached when the step deposits the event. */
const tells = <V>(id: string, claim: string, type: EventType<V>, holds: (value: V, step: StepView) => boolean = () => true): Gate =>
  gate(id, claim, noItems, (step) => step.events(type).some((value) => holds(value, step)))
const noItems: readonly Item[] = []

/** What sequences have to reach: a promise that holds because nothing happens is none. */
export const gates: readonly Gate[] = [
  tells('GATE-BAL-1', 'an account dies and its dust is lost', DustLost),
  tells('GATE-CO-1', 'a motion of the council is executed', Executed),
  tells('GATE-TG-1', 'a node registers', NodeStored),
  tells('GATE-TG-2', 'a node goes', NodeDeleted),
  tells(
    'GATE-TG-3',
    'a farm has several public IPs, one of them reserved',
    FarmUpdated,
    ({ id }, { w }) => (w.get(Farms, id)?.publicIps.filter((ip) => ip.contractId > 0n).length ?? 0) > 0,
  ),
  tells(
    'GATE-SC-1',
    'a bill finds a contract that its node has deployed',
    ContractBilled,
    ({ contractId, amountBilled }, { w }) => amountBilled > 0n && lifeOf(w, contractId) === 'deployed',
  ),
  tells('GATE-SC-2', 'a contract enters grace', ContractGracePeriodStarted),
  tells('GATE-SC-3', 'a contract leaves grace', ContractGracePeriodEnded),
  gate('GATE-SC-4', 'a contract ends out of funds', [Contracts], (step) =>
    [...step.touched(Contracts)].some(
      ([id, before]) =>
        before?.state.type === 'GracePeriod' && !step.w.has(Contracts, id) && step.act?.call.name === 'billContractForBlock',
    ),
  ),
  gate(
    'GATE-SC-5',
    'a node contract follows its rent contract into grace',
    [Contracts],
    (step) => step.events(ContractGracePeriodStarted).length > 1,
  ),
  tells(
    'GATE-SC-6',
    'a rent contract is billed',
    ContractBilled,
    ({ contractId }, step) => step.w.get(Contracts, contractId)?.contractType.type === 'RentContract',
  ),
  tells('GATE-SC-7', 'a payout shares what was locked', TokensBurned, ({ amount }) => amount > 0n),
  gate(
    'GATE-SC-8',
    'a farmer is paid a surcharge',
    [ContractLock],
    (step) =>
      [...step.touched(ContractLock)].some(([, before]) => (before?.extraAmountLocked ?? 0n) > 0n) && step.events(Transfer).length > 0,
  ),
  tells('GATE-SC-9', 'a discount of each level, here the highest', ContractBilled, ({ discountLevel }) => discountLevel.type === 'Gold'),
  tells('GATE-SC-10', 'IPs are freed', IPsFreed),
  tells('GATE-SC-11', 'a node contract ends', NodeContractCanceled),
  tells('GATE-SC-12', 'a name contract ends', NameContractCanceled),
  tells('GATE-SC-13', 'a rent contract ends', RentContractCanceled),
  gate(
    'GATE-SC-14',
    'a node contract lives on a rented node',
    [Contracts],
    (step) =>
      step.events(ContractBilled).length > 0 &&
      [...step.touched(Contracts).values()].some((before) => before !== undefined && nodeIdOf(before) > 0),
  ),
  tells('GATE-SV-1', 'a service is billed', ServiceContractBilled, ({ amount }) => amount > 0n),
  tells('GATE-SV-2', 'a service contract ends out of funds', ServiceContractCanceled, ({ cause }) => cause.type === 'OutOfFunds'),
  tells('GATE-BR-1', 'a deposit is minted', MintCompleted),
  tells('GATE-BR-2', 'a majority signs a burn', BurnTransactionReady),
  tells('GATE-BR-3', 'a burn is paid', BurnTransactionProcessed),
  tells('GATE-BR-4', 'a burn expires', BurnTransactionExpired),
  tells('GATE-BR-5', 'a deposit goes back', RefundTransactionProcessed),
  tells('GATE-TP-1', 'the price leaves its bounds', AveragePriceIsAboveMaxPrice),
]
