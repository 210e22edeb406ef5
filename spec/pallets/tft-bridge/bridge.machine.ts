import { iterate } from '../../kernel/iterate.js'
import { accept, machine, must, refuse } from '../../kernel/machine.js'
import type { AccountId } from '../../kernel/shape.js'
import type { Stage } from '../../kernel/stage.js'
import { BurnTransactions, DepositFee, FeeAccount, RefundTransactions, Validators, WithdrawFee } from './items.js'
import { placeOf } from './validators.js'

type OnTarget = Stage<{ readonly target: AccountId }>
type OnAmount = Stage<{ readonly amount: bigint }>

const place = (s: OnTarget) => placeOf(s.w, s.args.target)

/**
 * The bridge itself: its validators, its fees, and the end of a block.
 *
 * `@finalize` is the pallet's `on_finalize` (nothing happens in `on_initialize`): first every burn, then every refund, each
 * kind in the order of the hashed keys. Those expire that are 20 blocks old; mints never do.
 * @source pallet-tft-bridge/src/lib.rs `on_finalize`, `#[pallet::call]`, src/tft_bridge.rs `*_validator_account` @439e6919
 */
export const bridge = machine({
  id: 'bridge',
  pallet: 'TFTBridgeModule',
  says: "the bridge to Stellar: validators, fees, and what happens at a block's end",
  state: () => 'always' as const,
  states: {
    always: {
      addBridgeValidator: [
        refuse('BR-VALIDATOR-ADD-1', 'targetIsValidator', 'ValidatorExists'),
        accept('BR-VALIDATOR-ADD-2', { do: ['insertSorted'] }),
      ],
      removeBridgeValidator: [
        refuse('BR-VALIDATOR-REMOVE-1', 'targetIsNoValidator', 'ValidatorNotExists'),
        accept('BR-VALIDATOR-REMOVE-2', {
          do: ['takeOut'],
          says: 'votes and signatures that the validator has given stay; a majority that this reaches takes effect with the next vote',
        }),
      ],
      setFeeAccount: [accept('BR-FEE-ACCOUNT-1', { do: ['setFeeAccount'] })],
      setWithdrawFee: [accept('BR-FEE-WITHDRAW-1', { do: ['setWithdrawFee'] })],
      setDepositFee: [accept('BR-FEE-DEPOSIT-1', { do: ['setDepositFee'] })],
      '@finalize': [accept('BR-FINALIZE-1', { do: [must('@finalize', 'openBurns'), must('@finalize', 'openRefunds')] })],
    },
  },
  guards: {
    targetIsValidator: (s: OnTarget) => place(s) >= 0,
    targetIsNoValidator: (s: OnTarget) => place(s) < 0,
  },
  effects: {
    insertSorted: (s: OnTarget) => s.w.set(Validators, s.w.get(Validators).toSpliced(~place(s), 0, s.args.target)),
    takeOut: (s: OnTarget) => s.w.set(Validators, s.w.get(Validators).toSpliced(place(s), 1)),
    setFeeAccount: (s: OnTarget) => s.w.set(FeeAccount, s.args.target),
    setWithdrawFee: (s: OnAmount) => s.w.set(WithdrawFee, s.args.amount),
    setDepositFee: (s: OnAmount) => s.w.set(DepositFee, s.args.amount),
  },
  routes: {
    openBurns: (s: Stage) => iterate(BurnTransactions, s.w).map(([key]) => ({ machine: 'burn', key })),
    openRefunds: (s: Stage) => iterate(RefundTransactions, s.w).map(([key]) => ({ machine: 'refund', key })),
  },
})
