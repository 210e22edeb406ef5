import { readMemo } from '../../spec/bridge/deployed/daemon.js'
import { callNamed } from '../../spec/kernel/call.js'
import type { AccountId } from '../../spec/kernel/shape.js'
import type { EventRecord, World } from '../../spec/kernel/world.js'
import { TotalIssuance } from '../../spec/pallets/balances/items.js'
import { freeBalance } from '../../spec/pallets/balances/reading.js'
import { runtimeCall } from '../../spec/pallets/system/runtime-call.js'
import { Entities, Farms, Nodes, Twins } from '../../spec/pallets/tfgrid/items.js'
import {
  BurnTransactionID,
  BurnTransactions,
  DepositFee,
  ExecutedMintTransactions,
  MintTransactions,
  Validators,
  WithdrawFee,
} from '../../spec/pallets/tft-bridge/items.js'
import { majority } from '../../spec/pallets/tft-bridge/validators.js'
import type { Edition } from '../../spec/kernel/version.js'
import { encodedLength } from '../../spec/kernel/call.js'
import { roles } from '../../spec/versions/genesis.js'
import type { Step as ChainStep } from '../../model/step.js'
import { Reference } from '../reference/reference.js'
import type { Auditor } from './audit.js'
import { bridgeGenesis, council, TWINS, users } from './people.js'

/** The account that a memo names, by the chain's state. */
export function receiverOf(w: World, memo: string, wraps: boolean): AccountId | undefined {
  const read = readMemo(memo, wraps)
  const twin = (id: number | undefined): AccountId | undefined => (id === undefined ? undefined : w.get(Twins, id)?.accountId)
  switch (read?.kind) {
    case 'twin':
      return twin(read.id)
    case 'farm':
      return twin(w.get(Farms, read.id)?.twinId)
    case 'node':
      return twin(w.get(Nodes, read.id)?.twinId)
    case 'entity':
      return w.get(Entities, read.id)?.accountId
    default:
      return undefined
  }
}

/** TFChain as deployed: the reference, with everything that it is told written down, so that the real runtime can be told the same. */
export class DeployedChain {
  readonly reference: Reference
  /** What was done, for the runtime; only where asked for. */
  readonly done: ChainStep[] = []
  records = false
  audit: Auditor | undefined
  private readonly votes = new Map<string, { who: AccountId; target: unknown; amount: unknown }[]>()

  constructor(edition: Edition, validators: number) {
    this.reference = new Reference(edition, bridgeGenesis(edition.version, validators))
  }

  get w(): World {
    return this.reference.w
  }

  /** Back to the beginning: twins made, the first block open. */
  reset(): void {
    this.reference.reset()
    this.done.length = 0
    this.votes.clear()
    this.audit = undefined
    this.reference.open(1, 6)
    for (let i = 0; i < TWINS; i++) this.createTwin(i)
  }

  createTwin(user: number): void {
    this.send(users[user]!, 'TfgridModule.userAcceptTc', { documentLink: 'link', documentHash: 'hash' })
    this.send(users[user]!, 'TfgridModule.createTwin', { relay: undefined, pk: undefined })
  }

  issued(): bigint {
    return this.w.get(TotalIssuance)
  }

  /** A restricted call, as a motion of the council of one. */
  motion(pallet: string, name: string, args: object): void {
    const proposal = { type: pallet, value: { type: name, value: args } }
    this.send(council, 'Council.propose', { threshold: 1, proposal, lengthBound: encodedLength(runtimeCall, proposal) })
  }

  /** @returns `ok`, or the error's name */
  send(who: AccountId, name: string, args: object): string {
    const call = callNamed(name)
    if (this.records) this.done.push({ type: 'call', id: this.done.length, who, call, args, refs: [] })
    const { outcome } = this.reference.call(call, args, who)
    return outcome.type === 'ok'
      ? 'ok'
      : outcome.type === 'error'
        ? outcome.error
        : outcome.type === 'invalid'
          ? outcome.reason
          : outcome.message
  }

  /** A call of a validator on the bridge; the auditor sees what comes of it. */
  bridge(who: AccountId, name: string, args: Readonly<Record<string, unknown>>): string {
    if (name !== 'proposeOrVoteMintTransaction') return this.send(who, `TFTBridgeModule.${name}`, args)
    const { w } = this
    const id = args['transaction'] as string
    const fees = freeBalance(w, roles.bridgeFee)
    const before = w.get(MintTransactions, id)
    const outcome = this.send(who, `TFTBridgeModule.${name}`, args)
    if (outcome !== 'ok') return outcome
    const votes = this.votes.get(id) ?? []
    votes.push({ who, target: args['target'], amount: args['amount'] })
    this.votes.set(id, votes)
    const mint = w.get(ExecutedMintTransactions, id)
    if (mint === undefined || this.audit === undefined) return outcome
    const { target, amount } = before ?? mint
    const agreeing = new Set(
      votes.filter((v) => v.target === target && v.amount === amount && w.get(Validators).includes(v.who)).map((v) => v.who),
    ).size
    const back = /^refund-(\d+)$/.exec(id)
    if (back !== null) this.audit.returned(`burn ${back[1]}`, amount, agreeing, majority(w))
    else
      this.audit.minted({
        id: `deposit ${id}`,
        target,
        amount,
        agreeing,
        majority: majority(w),
        fee: freeBalance(w, roles.bridgeFee) - fees,
        feeDue: w.get(DepositFee),
      })
    this.votes.delete(id)
    return outcome
  }

  /** A user's withdrawal. */
  withdraw(who: AccountId, targetStellarAddress: string, amount: bigint): bigint | undefined {
    const fees = freeBalance(this.w, roles.bridgeFee)
    if (this.send(who, 'TFTBridgeModule.swapToStellar', { targetStellarAddress, amount }) !== 'ok') return undefined
    const id = this.w.get(BurnTransactionID)
    this.audit?.burned(
      `burn ${id}`,
      this.w.get(BurnTransactions, id).amount,
      freeBalance(this.w, roles.bridgeFee) - fees,
      this.w.get(WithdrawFee),
    )
    return id
  }

  /** @returns the events of the block that ended */
  advance(from: number): readonly EventRecord[] {
    if (this.records) this.done.push({ type: 'advance', id: this.done.length, blocks: 1, seconds: 6 })
    const { opened } = this.reference.advance(1, 6)
    return this.w.events.slice(from, opened)
  }

  /** Forgets how to undo: a long run would keep every write. No `reset` after it. */
  forget(): void {
    const { w } = this
    w.journalItems.length = w.journalKeys.length = w.journalBefore.length = w.events.length = 0
  }
}
