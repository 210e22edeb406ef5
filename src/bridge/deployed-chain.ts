import { readMemo } from '../../spec/bridge/deployed/daemon.js'
import { receiverOf } from '../../spec/bridge/receiver.js'
import { callNamed } from '../../spec/kernel/call.js'
import type { AccountId } from '../../spec/kernel/shape.js'
import type { EventRecord, World } from '../../spec/kernel/world.js'
import { TotalIssuance } from '../../spec/pallets/balances/items.js'
import { freeBalance } from '../../spec/pallets/balances/reading.js'
import { blockNumber } from '../../spec/pallets/system/clock.js'
import { runtimeCall } from '../../spec/pallets/system/runtime-call.js'
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
import { encodedLength } from '../../spec/kernel/encoded-length.js'
import { roles } from '../../spec/versions/genesis.js'
import type { Step as ChainStep } from '../../model/step.js'
import { Reference } from '../reference/reference.js'
import type { Auditor } from './audit.js'
import type { Chain } from './happen.js'
import { bridgeGenesis, council, TWINS, users } from './people.js'

/** The account that a memo names, as the deployed daemon reads it. */
export function namedBy(w: World, memo: string, wraps: boolean): AccountId | undefined {
  const read = readMemo(memo, wraps)
  return read === undefined ? undefined : receiverOf(w, read.kind, read.id)
}

/** TFChain as deployed: the reference, with everything that it is told written down, so that the real runtime can be told the same. */
export class DeployedChain implements Chain {
  readonly reference: Reference
  /** What was done, for the runtime; only where asked for. */
  readonly done: ChainStep[] = []
  records = false
  audit: Auditor | undefined
  /** The memo of a deposit, as Stellar has it. */
  memoOf: (hash: string) => string | undefined = () => undefined
  /** The block in which a transfer was closed, for nodes that are cut off. */
  readonly closed = new Map<string, number>()
  /** Calls that validators made, refused ones included. */
  calls = 0
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
    this.done.length = this.calls = 0
    this.votes.clear()
    this.closed.clear()
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
  motion(name: string, args: object): void {
    const proposal = { type: 'TFTBridgeModule', value: { type: name, value: args } }
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
    this.calls++
    if (name === 'proposeOrVoteMintTransaction') return this.vote(who, args)
    const outcome = this.send(who, `TFTBridgeModule.${name}`, args)
    if (outcome === 'ok' && name === 'setBurnTransactionExecuted') this.close(`burn ${String(args['transactionId'])}`)
    else if (outcome === 'ok' && name === 'setRefundTransactionExecuted') this.close(`refund ${String(args['txHash'])}`)
    return outcome
  }

  private close(what: string): void {
    this.closed.set(what, blockNumber(this.w))
  }

  private vote(who: AccountId, args: Readonly<Record<string, unknown>>): string {
    const { w, audit } = this
    const id = args['transaction'] as string
    const back = /^refund-(\d+)$/.exec(id)
    const fees = freeBalance(w, roles.bridgeFee)
    const before = w.get(MintTransactions, id)
    const due = back === null ? namedBy(w, this.memoOf(id) ?? '', false) : audit?.transfer(`burn ${back[1]}`)?.source
    const had = due === undefined ? 0n : freeBalance(w, due)
    const issued = this.issued()
    const outcome = this.send(who, 'TFTBridgeModule.proposeOrVoteMintTransaction', args)
    if (outcome !== 'ok') return outcome
    const votes = this.votes.get(id) ?? []
    votes.push({ who, target: args['target'], amount: args['amount'] })
    this.votes.set(id, votes)
    const mint = w.get(ExecutedMintTransactions, id)
    if (mint === undefined) return outcome
    this.close(`mint ${id}`)
    this.votes.delete(id)
    const { target, amount } = before ?? mint
    const today = w.get(Validators)
    const agreeing = votes.filter((v) => v.target === target && v.amount === amount && today.includes(v.who)).map((v) => v.who)
    audit?.minted({
      ...{ id: back === null ? `deposit ${id}` : `burn ${back[1]}`, amount, due },
      ...{ credited: due === undefined ? 0n : freeBalance(w, due) - had, issued: this.issued() - issued },
      ...{ agreeing: new Set(agreeing).size, majority: majority(w) },
      ...{ fee: freeBalance(w, roles.bridgeFee) - fees, feeDue: w.get(DepositFee) },
    })
    return outcome
  }

  /** A user's withdrawal. */
  withdraw(source: AccountId, home: string, amount: bigint): bigint | undefined {
    const { w } = this
    const fees = freeBalance(w, roles.bridgeFee)
    if (this.send(source, 'TFTBridgeModule.swapToStellar', { targetStellarAddress: home, amount }) !== 'ok') return undefined
    const id = w.get(BurnTransactionID)
    const { amount: net } = w.get(BurnTransactions, id)
    this.audit?.burned(`burn ${id}`, { net, source, home }, freeBalance(w, roles.bridgeFee) - fees, w.get(WithdrawFee))
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
