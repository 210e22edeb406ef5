import { U32, U64 } from '../../kernel/arithmetic/integers.js'
import { accept, machine, must, refuse, type Receiver } from '../../kernel/machine.js'
import type { AccountId, Bytes } from '../../kernel/shape.js'
import type { Stage } from '../../kernel/stage.js'
import type { World } from '../../kernel/world.js'
import { EXISTENTIAL_DEPOSIT } from '../balances/items.js'
import { blockNumber } from '../system/clock.js'
import { Account } from '../system/items.js'
import { MintCompleted, MintTransactionProposed, MintTransactionVoted } from './events.js'
import {
  DepositFee,
  ExecutedMintTransactions,
  ExecutedRefundTransactions,
  FeeAccount,
  MintTransactions,
  MintVoters,
  RefundTransactions,
} from './items.js'
import { callerIsNoValidator, majority } from './validators.js'

/** A vote: the id of the Stellar transaction is the key, `amount` is before the fee, in 1e-7 TFT. */
export interface MintVote {
  readonly transaction: Bytes
  readonly target: AccountId
  readonly amount: bigint
}
type On = Stage<MintVote, Bytes>

export const mintLifeOf = (w: World, id: Bytes) =>
  w.has(ExecutedMintTransactions, id) ? ('executed' as const) : w.has(MintTransactions, id) ? ('voting' as const) : ('absent' as const)

/** The mint of an entity that is voted about. */
const open = (s: Stage<unknown, Bytes>) => s.w.get(MintTransactions, s.key)!
const credited = (s: On) => U64.wrappingSub(open(s).amount, s.w.get(DepositFee))
const voters = (s: On) => s.w.get(MintVoters, s.key).slice(0, open(s).votes)

const callerMustBeValidator = refuse('BR-MINT-1', 'callerIsNoValidator', 'ValidatorNotExists')

/**
 * A deposit on Stellar becomes tokens here, once more than half of the validators have voted for it. The first vote proposes it.
 *
 * `@vote` counts one vote; `@mint` pays out. A refusal of `@mint` undoes the vote that led to it, so a mint that cannot be paid
 * out stays one vote short for ever.
 * @source pallet-tft-bridge/src/tft_bridge.rs `propose_or_vote_stellar_mint_transaction`, `vote_stellar_mint_transaction`, `mint_tft` @439e6919
 */
export const mint = machine({
  id: 'mint',
  pallet: 'TFTBridgeModule',
  says: 'a deposit on Stellar that is minted on the chain',
  state: mintLifeOf,
  states: {
    absent: {
      proposeOrVoteMintTransaction: [
        callerMustBeValidator,
        refuse('BR-MINT-2', 'refundExists', 'RefundTransactionAlreadyExecuted', { instead: 'Q-MINT-AND-REFUND' }),
        accept('BR-MINT-3', { when: 'oneVoteDecides', to: 'executed', do: ['propose', must('@vote')] }),
        accept('BR-MINT-4', { to: 'voting', do: ['propose', must('@vote')] }),
      ],
    },
    voting: {
      proposeOrVoteMintTransaction: [
        callerMustBeValidator,
        refuse('BR-MINT-5', 'voteIsForSomethingElse', 'WrongParametersProvided', { instead: 'Q-MINT-OTHER-VOTE' }),
        accept('BR-MINT-6', { do: [must('@vote')], says: 'target and amount are those of the proposal, whatever the vote says' }),
      ],
      '@vote': [
        refuse('BR-MINT-VOTE-1', 'callerVotedBefore', 'TransactionValidatorExists', { instead: 'Q-MINT-VOTES-TWICE' }),
        accept('BR-MINT-VOTE-2', { when: 'voteDecides', to: 'executed', do: [must('@remember'), 'countVote', must('@mint')] }),
        accept('BR-MINT-VOTE-3', { to: 'voting', do: [must('@remember'), 'countVote'] }),
      ],
      '@remember': [
        accept('BR-MINT-REMEMBER-1', { quirk: 'Q-MINT-VOTES-TWICE', says: 'nobody remembers who voted' }),
        accept('BR-MINT-REMEMBER-2', { instead: 'Q-MINT-VOTES-TWICE', do: ['rememberVoter'] }),
      ],
      '@mint': [
        refuse('BR-MINT-PAY-1', 'amountIsAtMostTheFee', 'AmountIsLessThanDepositFee'),
        refuse('BR-MINT-PAY-2', 'amountWouldBeLost', 'AmountIsLessThanDepositFee', { instead: 'Q-MINT-LOST' }),
        accept('BR-MINT-PAY-3', {
          to: 'executed',
          do: [must('@deposit', 'target'), must('@deposit', 'feeAccount'), 'complete'],
          says: 'the target gets the amount without the fee, the fee account the fee; without such an account the fee is not minted at all',
        }),
      ],
    },
    executed: {
      proposeOrVoteMintTransaction: [callerMustBeValidator, refuse('BR-MINT-7', null, 'MintTransactionAlreadyExecuted')],
    },
  },
  guards: {
    callerIsNoValidator,
    refundExists: (s: On) => s.w.has(RefundTransactions, s.key) || s.w.has(ExecutedRefundTransactions, s.key),
    oneVoteDecides: (s: On) => majority(s.w) <= 1,
    voteIsForSomethingElse: (s: On) => open(s).target !== s.args.target || open(s).amount !== s.args.amount,
    callerVotedBefore: (s: On) => voters(s).includes(s.caller),
    voteDecides: (s: On) => U32.wrappingAdd(open(s).votes, 1) >= majority(s.w),
    amountIsAtMostTheFee: (s: On) => open(s).amount <= s.w.get(DepositFee),
    /** A deposit below the existential deposit creates no account and is swallowed. */
    amountWouldBeLost: (s: On) => s.w.get(Account, open(s).target).providers === 0 && credited(s) < EXISTENTIAL_DEPOSIT,
  },
  effects: {
    propose: (s: On) => {
      const { target, amount } = s.args
      s.w.put(MintTransactions, s.key, { amount, target, block: blockNumber(s.w), votes: 0 })
      s.emit(MintTransactionProposed, [s.key, target, amount])
    },
    countVote: (s: On) => {
      s.emit(MintTransactionVoted, s.key)
      s.w.put(MintTransactions, s.key, { ...open(s), votes: U32.wrappingAdd(open(s).votes, 1) })
    },
    rememberVoter: (s: On) => s.w.put(MintVoters, s.key, [...voters(s), s.caller]),
    complete: (s: On) => {
      const executed = { ...open(s), block: blockNumber(s.w) }
      s.w.remove(MintTransactions, s.key)
      s.w.put(ExecutedMintTransactions, s.key, executed)
      s.emit(MintCompleted, executed)
    },
  },
  routes: {
    target: (s: On): Receiver[] => [{ machine: 'account', key: open(s).target, args: { amount: credited(s) } }],
    feeAccount: (s: On): Receiver[] => {
      const to = s.w.get(FeeAccount)
      return to === undefined ? [] : [{ machine: 'account', key: to, args: { amount: s.w.get(DepositFee) } }]
    },
  },
})
