/**
 * What Root is to do, block by block, in a genesis of its own: no key is Root, and only Root fills agendas, so calls of Root
 * are seen where a chain begins with an agenda. Everything comes round often enough that a sequence of a hundred calls meets it
 * with farms, nodes, contracts and motions in any state.
 */
import type { CallType } from '../kernel/call.js'
import { encode } from '../kernel/encode.js'
import type { AccountId, Bytes } from '../kernel/shape.js'
import { forceSetBalance, forceTransfer, forceUnreserve, setBalanceDeprecated, transferAllowDeath } from '../pallets/balances/calls.js'
import { disapproveProposal, setMembers } from '../pallets/council/calls.js'
import { Agenda, Lookup, type Scheduled } from '../pallets/scheduler/items.js'
import { approveSolutionProvider, changeBillingFrequency } from '../pallets/smart-contract/calls-service.js'
import { cancelContract } from '../pallets/smart-contract/calls.js'
import type { OriginCaller } from '../pallets/system/origin-caller.js'
import { fromCall, runtimeCall } from '../pallets/system/runtime-call.js'
import { weight } from '../pallets/system/weight.js'
import { addNodeCertifier, setConnectionPrice } from '../pallets/tfgrid/calls-node.js'
import { attachPolicyToFarm, setFarmCertification, setFarmDedicated } from '../pallets/tfgrid/calls.js'
import { addBridgeValidator, removeBridgeValidator, setFeeAccount, setWithdrawFee } from '../pallets/tft-bridge/calls.js'
import { setMaxTftPrice } from '../pallets/tft-price/calls.js'
import { batch, dispatchAs, forceBatch, withWeight } from '../pallets/utility/calls.js'
import type { GenesisEntry } from './genesis.js'

type People = Readonly<Record<'alice' | 'bob' | 'eve' | 'grace' | 'heidi' | 'ivan' | 'judy' | 'mallory' | 'olivia' | 'peggy', AccountId>>

const tft = 10_000_000n
const root: OriginCaller = { type: 'system', value: { type: 'Root', value: undefined } }
const members = (yes: number, seats: number): OriginCaller => ({ type: 'Council', value: { type: 'Members', value: [yes, seats] } })
const signed = (who: AccountId): OriginCaller => ({ type: 'system', value: { type: 'Signed', value: who } })

interface Task {
  readonly origin: OriginCaller
  readonly call: Bytes
}
const task = <A>(origin: OriginCaller, type: CallType<A>, args: A): Task => ({ origin, call: encode(runtimeCall, value(type, args)) })
const value = <A>(type: CallType<A>, args: A) => fromCall({ type: type as unknown as CallType, args })

function tasks({ alice, bob, eve, grace, heidi, ivan, judy, mallory, olivia, peggy }: People): readonly Task[] {
  const id = (who: AccountId) => ({ type: 'Id', value: who }) as const
  const nothing = undefined
  return [
    task(root, forceTransfer, { source: id(grace), dest: id(heidi), value: 7n * tft }),
    task(root, forceTransfer, { source: id(olivia), dest: id(peggy), value: 5n * tft }),
    task(root, forceSetBalance, { who: id(ivan), newFree: 3n * tft }),
    task(root, forceSetBalance, { who: id(mallory), newFree: 0n }),
    task(root, forceSetBalance, { who: id(peggy), newFree: 499n }),
    task(root, forceSetBalance, { who: id(peggy), newFree: 3n * tft }),
    task(root, setBalanceDeprecated, { who: id(judy), newFree: 40n * tft, oldReserved: 0n }),
    task(root, setBalanceDeprecated, { who: id(heidi), newFree: tft, oldReserved: 1n }),
    task(root, forceUnreserve, { who: id(bob), amount: tft }),
    task(root, setMembers, { newMembers: [alice, bob], prime: bob, oldCount: 1 }),
    task(root, setMembers, { newMembers: [alice], prime: nothing, oldCount: 2 }),
    task(root, disapproveProposal, { proposalHash: '\0'.repeat(32) }),
    task(root, approveSolutionProvider, { solutionProviderId: 1n, approve: true }),
    task(root, changeBillingFrequency, { frequency: 11n }),
    task(root, addNodeCertifier, { certifier: eve }),
    task(root, setFarmCertification, { farmId: 1, certification: { type: 'Gold', value: nothing } }),
    task(root, setFarmDedicated, { farmId: 2, dedicated: true }),
    task(root, attachPolicyToFarm, { farmId: 1, limits: nothing }),
    task(root, setConnectionPrice, { price: 90 }),
    task(root, addBridgeValidator, { target: eve }),
    task(root, removeBridgeValidator, { target: bob }),
    task(root, setFeeAccount, { target: judy }),
    task(root, setWithdrawFee, { amount: 2n * tft }),
    task(root, setMaxTftPrice, { price: 900 }),
    task(root, batch, { calls: [value(setConnectionPrice, { price: 70 }), value(cancelContract, { contractId: 1n })] }),
    task(root, forceBatch, { calls: [value(cancelContract, { contractId: 1n }), value(setConnectionPrice, { price: 75 })] }),
    task(root, dispatchAs, { asOrigin: signed(alice), call: value(cancelContract, { contractId: 2n }) }),
    task(root, withWeight, { call: value(setMaxTftPrice, { price: 1000 }), weight: weight(1_000_000) }),
    task(members(1, 1), setFarmCertification, { farmId: 1, certification: { type: 'NotCertified', value: nothing } }),
    task(members(1, 3), setConnectionPrice, { price: 1 }),
    task(members(3, 5), setConnectionPrice, { price: 85 }),
    task(signed(alice), transferAllowDeath, { dest: id(peggy), value: 600n }),
    task(signed(bob), cancelContract, { contractId: 3n }),
  ]
}

/** Blocks with an agenda: from the second on, so many. */
const BLOCKS = 160
/** Tasks that come again: every so many blocks, so many times. */
const periods: readonly (readonly [number, number])[] = [
  [3, 2],
  [7, 5],
]

/** The agenda's entries, and the names under which some of its tasks are found. */
export function agenda(people: People): readonly GenesisEntry[] {
  const all = tasks(people)
  const entries: GenesisEntry[] = []
  for (let block = 2; block < 2 + BLOCKS; block++) {
    const list = Array.from({ length: 1 + (block % 3) }, (_, index): Scheduled => {
      // Steps that share no factor with the number of tasks: every task meets every place.
      const at = (block * 7 + index * 11) % all.length
      const isNamed = (block + index) % 2 === 0
      const maybeId = isNamed ? String.fromCharCode(block, index).padEnd(32, 'agenda ') : undefined
      if (maybeId !== undefined) entries.push({ pallet: Lookup.pallet, item: Lookup.name, args: [maybeId], value: [block, index] })
      const maybePeriodic = (block + index) % 3 === 0 ? periods[block % periods.length] : undefined
      const { origin, call } = all[at]!
      return { maybeId, priority: [63, 127, 0][(block + 2 * index) % 3]!, call: { type: 'Inline', value: call }, maybePeriodic, origin }
    })
    entries.push({ pallet: Agenda.pallet, item: Agenda.name, args: [block], value: list })
  }
  return entries
}
