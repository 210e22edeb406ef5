import { hashOf, type Memo, type Payout } from '../stellar/types.js'
import type { Daemon, Query } from './daemon.js'

const NONE: Memo = { type: 'none' }

/** The payment of a withdrawal. @source withdraw.go “todo add memo hash” */
export const burnPayout = (d: Daemon, id: bigint, to: string, amount: bigint, sequence: number): Payout => ({
  to,
  amount,
  sequence,
  memo: d.has('Q-DAEMON-NO-MEMO') ? NONE : { type: 'hash', value: `burn-${id}` },
  claimable: false,
})
export const refundPayout = (hash: string, to: string, amount: bigint, sequence: number, claimable: boolean): Payout => ({
  to,
  amount,
  sequence,
  memo: { type: 'return', value: hash },
  claimable,
})
/** What a deposit is taken for. Repaired, the memo's receiver gets what all senders paid together. */
const deposited = (d: Daemon): bigint =>
  d.has('Q-DAEMON-MANY-SENDERS') ? d.as('mint').senders[0]![1] : d.as('mint').senders.reduce((sum, [, amount]) => sum + amount, 0n)

const id = (d: Daemon): bigint => {
  const { task } = d
  return task !== undefined && 'id' in task ? task.id : 0n
}
const hash = (d: Daemon): string => (d.task?.kind === 'mint' ? d.task.tx.hash : d.task !== undefined && 'hash' in d.task ? d.task.hash : '')
const mintBack = (d: Daemon): string => `refund-${id(d)}`
const ask = (what: Query, key: (d: Daemon) => string | bigint) => (d: Daemon) => d.ask({ to: 'chain', what, key: key(d) })

function call(
  d: Daemon,
  name: string,
  args: Readonly<Record<string, unknown>>,
  what: Query,
  key: string | bigint,
  then: Daemon['then'],
): void {
  d.call = { name, args }
  d.settled = { what, key }
  d.then = then
  d.ask({ to: 'chain', what: 'call', call: d.call })
}
/** Who gets a refund, and how much. */
const refunded = (d: Daemon): { readonly target: string; readonly amount: bigint } =>
  d.task?.kind === 'mint' ? { target: d.task.senders[0]![0], amount: d.task.senders[0]![1] } : d.as('refundExpired')
const signing = (d: Daemon, payout: Payout) => ({
  target: payout.to,
  amount: payout.amount,
  // Stands for an ed25519 signature: who made it and over what can be told, and nobody else makes it.
  signature: `${d.key}|${hashOf(payout)}`,
  stellarPubKey: d.key,
  sequenceNumber: BigInt(d.sequence),
})
const burned = (d: Daemon) => (d.task?.kind === 'expired' ? d.as('expired') : d.as('created'))
const first = (d: Daemon) => (d.has('Q-DAEMON-FIRST-SIGNATURES') ? d.signed.signatures.slice(0, d.threshold) : d.signed.signatures)

/** What the daemon does; nothing here decides. */
export const daemonEffects: Readonly<Record<string, (d: Daemon) => void>> = {
  exit: (d) => {
    d.request = null
    d.task = undefined
  },
  finish: (d) => {
    d.request = null
    d.task = undefined
    d.then = 'done'
  },
  loadDisk: (d) => d.ask({ to: 'disk', what: 'load' }),
  readDisk: (d) => (d.cursor = d.disk === 'torn' ? 0 : d.disk.cursor),
  askVault: (d) => d.ask({ to: 'stellar', what: 'vault' }),
  takeSequence: (d) => (d.sequence = vaultOf(d).number),
  takeThreshold: (d) => (d.threshold = vaultOf(d).threshold),
  askValidator: (d) => d.ask({ to: 'chain', what: 'isValidator' }),
  askFee: (d) => d.ask({ to: 'chain', what: 'fee' }),
  takeFee: (d) => (d.fee = d.answer.ok ? (d.answer.amount ?? 0n) : 0n),
  askMinted: ask('isMinted', hash),
  askMintedBack: ask('isMinted', mintBack),
  askRefunded: ask('isRefunded', hash),
  askBurned: ask('isBurned', id),
  askSettled: (d) => d.ask({ to: 'chain', ...d.settled }),
  askBurn: (d) => d.ask({ to: 'chain', what: 'burn', key: id(d) }),
  askRefund: (d) => d.ask({ to: 'chain', what: 'refund', key: hash(d) }),
  askTarget: (d) => d.ask({ to: 'stellar', what: 'check', account: burned(d).target }),
  askReceiver: (d) => {
    const { memo } = d.as('mint').tx
    d.ask({ to: 'chain', what: 'resolve', memo: memo.type === 'none' ? '' : memo.value })
  },
  refundFirst: (d) => {
    d.then = 'save'
    d.ask({ to: 'chain', what: 'isRefunded', key: hash(d) })
  },
  thenDone: (d) => (d.then = 'done'),
  vote: (d) => {
    const { tx } = d.as('mint')
    const target = d.answer.ok ? d.answer.account : undefined
    call(d, 'proposeOrVoteMintTransaction', { transaction: tx.hash, target, amount: deposited(d) }, 'isMinted', tx.hash, 'save')
  },
  voteBackAndClose: (d) => voteBack(d, 'close'),
  voteBack: (d) => voteBack(d, 'done'),
  /** The answer is the vault's: repaired, its number is the one to go on from. */
  countSequence: (d) => (d.sequence = (d.has('Q-DAEMON-OWN-SEQUENCE') ? d.sequence : vaultOf(d).number) + 1),
  goBackToItsSequence: (d) => {
    d.sequence = d.signed.sequence
    if (!d.has('Q-DAEMON-THRESHOLD-CACHED')) d.threshold = vaultOf(d).threshold
  },
  signBurn: (d) => {
    const { target, amount } = burned(d)
    const args = { transactionId: id(d), ...signing(d, burnPayout(d, id(d), target, amount, d.sequence)) }
    call(d, 'proposeBurnTransactionOrAddSig', args, 'isBurned', id(d), 'done')
  },
  askSender: (d) => d.ask({ to: 'stellar', what: 'check', account: refunded(d).target }),
  askSigned: (d) => d.ask({ to: 'stellar', what: 'check', account: d.signed.target }),
  signRefund: (d) => signRefund(d, false),
  signClaimable: (d) => signRefund(d, true),
  closeBurn: (d) => call(d, 'setBurnTransactionExecuted', { transactionId: id(d) }, 'isBurned', id(d), 'done'),
  closeRefund: (d) => call(d, 'setRefundTransactionExecuted', { txHash: hash(d) }, 'isRefunded', hash(d), 'done'),
  callAgain: (d) => d.ask({ to: 'chain', what: 'call', call: d.call }),
  wait: (d) => d.ask({ to: 'clock', what: 'wait', rounds: 2 }),
  save: (d) => {
    d.cursor = d.as('mint').tx.cursor
    d.ask({ to: 'disk', what: 'save', cursor: d.cursor })
  },
  takeSigned: (d) => {
    if (d.answer.ok && d.answer.signed !== undefined) d.signed = d.answer.signed
  },
  submitBurn: (d) => {
    const { target, amount, sequence } = d.signed
    d.ask({
      to: 'stellar',
      what: 'submit',
      payout: burnPayout(d, id(d), target, amount, sequence),
      signatures: first(d),
      cause: `burn ${id(d)}`,
    })
  },
  submitRefund: (d) => submitRefund(d, false),
  submitClaimable: (d) => submitRefund(d, true),
}

/** What Stellar says of the vault. */
const vaultOf = ({ answer }: Daemon): { readonly number: number; readonly threshold: number } =>
  answer.ok ? { number: answer.number ?? 0, threshold: answer.threshold ?? 1 } : { number: 0, threshold: 1 }

function signRefund(d: Daemon, isClaimable: boolean): void {
  const { target, amount } = refunded(d)
  const args = { txHash: hash(d), ...signing(d, refundPayout(hash(d), target, amount, d.sequence, isClaimable)) }
  call(d, 'createRefundTransactionOrAddSig', args, 'isRefunded', hash(d), d.then)
}

function submitRefund(d: Daemon, isClaimable: boolean): void {
  const { target, amount, sequence } = d.signed
  const payout = refundPayout(hash(d), target, amount, sequence, isClaimable)
  d.ask({ to: 'stellar', what: 'submit', payout, signatures: first(d), cause: `deposit ${hash(d)}` })
}

/** Proposes to mint a withdrawal back to who made it. */
function voteBack(d: Daemon, then: Daemon['then']): void {
  const { source, amount } = d.as('created')
  call(d, 'proposeOrVoteMintTransaction', { transaction: mintBack(d), target: source, amount }, 'isMinted', mintBack(d), then)
}
