import {
  serviceContractApprove,
  serviceContractBill,
  serviceContractCancel,
  serviceContractCreate,
  serviceContractReject,
  serviceContractSetFees,
  serviceContractSetMetadata,
} from '../../spec/pallets/smart-contract/calls-service.js'
import { ServiceContracts } from '../../spec/pallets/smart-contract/items.js'
import { billedWindow, variableLimit } from '../../spec/pallets/smart-contract/service-contract.cost.js'
import { seconds } from '../../spec/pallets/system/clock.js'
import type { Draw } from '../draw.js'
import { banker, drainTo } from '../money.js'
import { ownerOfTwin, twinOwner } from '../pick.js'
import { asks, wait, type Proposal } from '../proposal.js'
import { transferAllowDeath } from '../../spec/pallets/balances/calls.js'

/** 1e-3 USD an hour that wrap to a small fee: where they become 1e-7 USD, and where they meet an hour. */
const wrapping = [2n ** 64n / 10_000n + 1n, 2n ** 64n / 36_000_000n + 1n]

/** A service contract from its creation to bills at the edges of an hour, the last ones of a consumer who ran dry. */
export function* agreement(d: Draw): Generator<Proposal, void> {
  const [service, consumer] = [twinOwner(d), twinOwner(d)]
  if (service === consumer) return
  const before = d.w.count(ServiceContracts)
  yield asks(d.pick([service, consumer]), serviceContractCreate, { serviceAccount: service, consumerAccount: consumer })
  const id = [...d.w.entries(ServiceContracts)].at(-1)?.[0]
  if (id === undefined || d.w.count(ServiceContracts) === before) return
  const terms = [
    asks(d.pick([service, consumer]), serviceContractSetMetadata, { serviceContractId: id, metadata: 'm' }),
    asks(service, serviceContractSetFees, {
      serviceContractId: id,
      baseFee: d.chance(90) ? BigInt(d.pick([0, 1, 1000, 100_000])) : d.pick(wrapping),
      variableFee: BigInt(d.pick([0, 1, 7, 1000])),
    }),
  ]
  yield* d.chance(50) ? terms : terms.reverse()
  if (d.chance(50)) yield* meddling(d, id)
  for (const who of d.chance(50) ? [service, consumer] : [consumer, service]) {
    yield asks(who, serviceContractApprove, { serviceContractId: id })
    if (d.chance(8)) yield asks(d.pick([service, consumer]), serviceContractReject, { serviceContractId: id })
  }
  if (d.chance(20)) yield* meddling(d, id)
  for (let i = d.int(1, 4); i > 0; i--) {
    yield wait(d.int(1, 601), d.pick([6, 60, 1800, 3594, 3599, 3600, 3601, 7200]))
    if (d.chance(15)) {
      const poor = drainTo(d, consumer, BigInt(d.pick([0, 1, 499, 500, 501, 100_000])))
      if (poor !== undefined) yield asks(poor.who, transferAllowDeath, poor.args)
    }
    const contract = d.w.get(ServiceContracts, id)
    if (contract === undefined) return
    const most = variableLimit(billedWindow(seconds(d.w), contract.lastBill), contract.variableFee)
    yield asks(ownerOfTwin(d, contract.serviceTwinId), serviceContractBill, {
      serviceContractId: id,
      variableAmount: BigInt.asUintN(64, most + BigInt(d.pick([0, 0, 0, 1]))),
      metadata: d.pick(['', '', 'b'.repeat(50), 'b'.repeat(51)]),
    })
  }
}

/** Somebody, a third party perhaps, changes, approves or ends what is ready. */
function* meddling(d: Draw, id: bigint): Generator<Proposal, void> {
  const serviceContractId = id
  for (let i = d.int(1, 3); i > 0; i--) {
    const who = d.chance(75) ? twinOwner(d) : banker
    yield d.pick([
      asks(who, serviceContractSetMetadata, { serviceContractId, metadata: d.pick(['', 'n', 'n'.repeat(65)]) }),
      asks(who, serviceContractSetFees, { serviceContractId, baseFee: BigInt(d.int(0, 2)), variableFee: 1n }),
      asks(who, serviceContractApprove, { serviceContractId }),
      asks(who, serviceContractReject, { serviceContractId }),
      asks(who, serviceContractCancel, { serviceContractId }),
      asks(who, serviceContractBill, { serviceContractId, variableAmount: 0n, metadata: 'b'.repeat(d.int(50, 51)) }),
    ])
  }
}
