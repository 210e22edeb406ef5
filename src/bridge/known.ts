import type { BreachKind } from './audit.js'
import type { BridgeFinding } from './finding.js'

/** A failure of the deployed bridge that is on record: shrunk, its TFChain part confirmed on the real runtime of 144. */
export interface KnownTrace extends Pick<BridgeFinding, 'about' | 'triggers' | 'causes'> {
  readonly kind: BreachKind
  /** See traces-json.ts. */
  readonly trace: string
}

/** Found by `tfspec bridge findings --time 60s --seed 2`; a test holds that each still breaks, and that no step can be dropped. */
export const knownTraces: readonly KnownTrace[] = [
  {
    kind: 'lost',
    about: 'deposit',
    triggers: ['return memo'],
    causes: ['Q-DAEMON-RETURN-MEMO'],
    trace:
      '[{"type":"deposit","operations":[{"from":2,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"return","value":"abababababababababababababababababababababababababababababababab"}}]',
  },
  {
    kind: 'duplicated',
    about: 'deposit',
    triggers: ['another asset beside'],
    causes: ['Q-DAEMON-ANY-ASSET'],
    trace:
      '[{"type":"deposit","operations":[{"from":2,"asset":"TFT","amount":"500000000n"},{"from":2,"asset":"XLM","amount":"500000000n"}],"memo":{"type":"text","value":"twin_1"}}]',
  },
  {
    kind: 'lost',
    about: 'deposit',
    triggers: ['many operations'],
    causes: ['Q-DAEMON-FIRST-PAGE'],
    trace:
      '[{"type":"deposit","operations":[{"from":0,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"twin_1"},"otherOperations":6}]',
  },
  {
    kind: 'wrong receiver',
    about: 'deposit',
    triggers: ['id beyond 32 bits'],
    causes: ['Q-DAEMON-MEMO-WRAPS'],
    trace:
      '[{"type":"deposit","operations":[{"from":0,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"twin_4294967297"}}]',
  },
  {
    kind: 'too few voters',
    about: 'deposit',
    triggers: ['lie-vote'],
    causes: ['Q-MINT-VOTES-TWICE'],
    trace: '[{"type":"fault","fault":"lie-vote","who":0,"rounds":0}]',
  },
  {
    kind: 'lost',
    about: 'deposit',
    triggers: ['several senders'],
    causes: [],
    trace:
      '[{"type":"deposit","operations":[{"from":2,"asset":"TFT","amount":"500000000n"},{"from":0,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"twin_1"}}]',
  },
  {
    kind: 'lost',
    about: 'deposit',
    triggers: ['path payment'],
    causes: ['Q-DAEMON-PAYMENTS-ONLY'],
    trace:
      '[{"type":"deposit","operations":[{"from":0,"asset":"TFT","amount":"500000000n","path":true}],"memo":{"type":"text","value":"twin_1"}}]',
  },
  {
    kind: 'frozen',
    about: 'withdrawal',
    triggers: ['lie-signature'],
    causes: [],
    trace: '[{"type":"fault","fault":"lie-signature","who":0,"rounds":1},{"type":"withdraw","by":0,"amount":"1000000000n"}]',
  },
  {
    kind: 'frozen',
    about: 'deposit',
    triggers: ['a deposit to refund', 'lie-signature'],
    causes: [],
    trace:
      '[{"type":"fault","fault":"lie-signature","who":0,"rounds":1},{"type":"deposit","operations":[{"from":0,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"hello"}}]',
  },
  {
    kind: 'frozen',
    about: 'deposit',
    triggers: ['a deposit to refund', 'merge'],
    causes: [],
    trace:
      '[{"type":"deposit","operations":[{"from":0,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"hello"}},{"type":"fault","fault":"merge","who":0,"rounds":0}]',
  },
  {
    kind: 'lost',
    about: 'withdrawal',
    triggers: ['lie-close'],
    causes: [],
    trace: '[{"type":"withdraw","by":0,"amount":"1000000000n"},{"type":"fault","fault":"lie-close","who":0,"rounds":0}]',
  },
  {
    kind: 'too few voters',
    about: 'deposit',
    triggers: ['lie-amount'],
    causes: ['Q-MINT-OTHER-VOTE'],
    trace:
      '[{"type":"deposit","operations":[{"from":2,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"twin_1"}},{"type":"fault","fault":"lie-amount","who":0,"rounds":1}]',
  },
  {
    kind: 'frozen',
    about: 'deposit',
    triggers: ['a deposit to refund', 'distrust'],
    causes: [],
    trace:
      '[{"type":"fault","fault":"distrust","who":1,"rounds":0},{"type":"deposit","operations":[{"from":1,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"hello"}}]',
  },
  {
    kind: 'too few voters',
    about: 'deposit',
    triggers: ['a deposit to refund', 'two payments in one transaction'],
    causes: ['Q-MINT-VOTES-TWICE', 'Q-DAEMON-EVENT-PER-EFFECT', 'Q-DAEMON-RETRIES-FOR-EVER'],
    trace:
      '[{"type":"deposit","operations":[{"from":1,"asset":"TFT","amount":"10000000n"}],"memo":{"type":"text","value":"twin_1"}},{"type":"deposit","operations":[{"from":1,"asset":"TFT","amount":"500000000n"},{"from":1,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"twin_1"}}]',
  },
  {
    kind: 'unbacked',
    about: 'both ledgers',
    triggers: ['deposit just above the fee', 'reaped'],
    causes: ['Q-MINT-LOST'],
    trace:
      '[{"type":"fault","fault":"reaped","who":2,"rounds":0},{"type":"deposit","operations":[{"from":2,"asset":"TFT","amount":"10000001n"}],"memo":{"type":"text","value":"twin_3"}}]',
  },
  {
    kind: 'lost',
    about: 'withdrawal',
    triggers: ['distrust'],
    causes: [],
    trace: '[{"type":"withdraw","by":0,"amount":"10000500n"},{"type":"fault","fault":"distrust","who":0,"rounds":0}]',
  },
  {
    kind: 'too few voters',
    about: 'deposit',
    triggers: ['several senders', 'two payments in one transaction'],
    causes: [
      'Q-MINT-VOTES-TWICE',
      'Q-DAEMON-MANY-SENDERS',
      'Q-DAEMON-EVENT-PER-EFFECT',
      'Q-DAEMON-RETRIES-FOR-EVER',
      'Q-DAEMON-MINT-AFTER-REFUND',
    ],
    trace:
      '[{"type":"deposit","operations":[{"from":0,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"twin_1"}},{"type":"deposit","operations":[{"from":0,"asset":"TFT","amount":"500000000n"},{"from":1,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"twin_1"}},{"type":"deposit","operations":[{"from":2,"asset":"TFT","amount":"500000000n"},{"from":2,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"twin_1"}}]',
  },
  {
    kind: 'too few voters',
    about: 'withdrawal',
    triggers: ['lie-amount', 'merge'],
    causes: ['Q-MINT-OTHER-VOTE'],
    trace:
      '[{"type":"fault","fault":"merge","who":0,"rounds":0},{"type":"fault","fault":"lie-amount","who":0,"rounds":1},{"type":"withdraw","by":0,"amount":"1000000000n"}]',
  },
  {
    kind: 'lost',
    about: 'withdrawal',
    triggers: ['merge'],
    causes: ['Q-DAEMON-WRITES-OFF', 'Q-DAEMON-PAY-AGAIN'],
    trace:
      '[{"type":"withdraw","by":1,"amount":"1000000000n"},{"type":"rounds","rounds":2},{"type":"fault","fault":"merge","who":1,"rounds":0}]',
  },
  {
    kind: 'too few voters',
    about: 'deposit',
    triggers: ['lag', 'two payments in one transaction'],
    causes: ['Q-MINT-VOTES-TWICE', 'Q-DAEMON-EVENT-PER-EFFECT'],
    trace:
      '[{"type":"fault","fault":"lag","who":0,"rounds":2},{"type":"fault","fault":"lag","who":2,"rounds":2},{"type":"deposit","operations":[{"from":0,"asset":"TFT","amount":"500000000n"},{"from":0,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"twin_1"}},{"type":"rounds","rounds":1}]',
  },
  {
    kind: 'lost',
    about: 'withdrawal',
    triggers: ['stellar-down'],
    causes: ['Q-DAEMON-ERROR-IS-NO-TRUST', 'Q-DAEMON-CLOSES-EARLY'],
    trace:
      '[{"type":"rounds","rounds":1},{"type":"fault","fault":"stellar-down","who":0,"rounds":3},{"type":"withdraw","by":0,"amount":"1000000000n"},{"type":"rounds","rounds":2}]',
  },
  {
    kind: 'frozen',
    about: 'deposit',
    triggers: ['several senders'],
    causes: [
      'Q-REFUND-REOPENED',
      'Q-DAEMON-MANY-SENDERS',
      'Q-DAEMON-RETRIES-FOR-EVER',
      'Q-DAEMON-HEADS-LOST',
      'Q-DAEMON-MINT-AFTER-REFUND',
    ],
    trace:
      '[{"type":"rounds","rounds":1},{"type":"deposit","operations":[{"from":2,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"twin_1"}},{"type":"rounds","rounds":3},{"type":"deposit","operations":[{"from":0,"asset":"TFT","amount":"500000000n"},{"from":1,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"twin_1"}}]',
  },
  {
    kind: 'lost',
    about: 'withdrawal',
    triggers: ['several withdrawals'],
    causes: ['Q-DAEMON-NO-MEMO'],
    trace:
      '[{"type":"withdraw","by":0,"amount":"1000000000n"},{"type":"withdraw","by":0,"amount":"1000000000n"},{"type":"rounds","rounds":2},{"type":"withdraw","by":0,"amount":"1000000000n"}]',
  },
  {
    kind: 'duplicated',
    about: 'deposit',
    triggers: ['a deposit to refund', 'answer-lost'],
    causes: [],
    trace:
      '[{"type":"fault","fault":"answer-lost","who":0,"rounds":3},{"type":"deposit","operations":[{"from":1,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"twin_4"}},{"type":"rounds","rounds":22},{"type":"rounds","rounds":1}]',
  },
  {
    kind: 'too few voters',
    about: 'deposit',
    triggers: ['torn-write', 'two payments in one transaction'],
    causes: ['Q-MINT-VOTES-TWICE', 'Q-DAEMON-EVENT-PER-EFFECT', 'Q-DAEMON-RETRIES-FOR-EVER', 'Q-DAEMON-TORN-FILE'],
    trace:
      '[{"type":"fault","fault":"torn-write","who":0,"rounds":3},{"type":"deposit","operations":[{"from":0,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"twin_1"}},{"type":"rounds","rounds":2},{"type":"deposit","operations":[{"from":0,"asset":"TFT","amount":"500000000n"},{"from":0,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"twin_1"}}]',
  },
  {
    kind: 'too few voters',
    about: 'deposit',
    triggers: ['a deposit to refund', 'rescan'],
    causes: ['Q-MINT-VOTES-TWICE', 'Q-DAEMON-RETRIES-FOR-EVER'],
    trace:
      '[{"type":"deposit","operations":[{"from":0,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"twin_99"}},{"type":"deposit","operations":[{"from":2,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"twin_1"}},{"type":"rounds","rounds":3},{"type":"fault","fault":"rescan","who":0,"rounds":0}]',
  },
  {
    kind: 'frozen',
    about: 'deposit',
    triggers: ['fee-raised'],
    causes: ['Q-DAEMON-FEE-CACHED'],
    trace:
      '[{"type":"rounds","rounds":1},{"type":"fault","fault":"fee-raised","who":0,"rounds":0},{"type":"deposit","operations":[{"from":0,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"twin_1"}},{"type":"fault","fault":"fee-raised","who":0,"rounds":0},{"type":"fault","fault":"fee-raised","who":0,"rounds":0}]',
  },
  {
    kind: 'duplicated',
    about: 'withdrawal',
    triggers: ['answer-lost', 'several withdrawals'],
    causes: ['Q-DAEMON-HEADS-LOST', 'Q-DAEMON-PAY-AGAIN'],
    trace:
      '[{"type":"withdraw","by":0,"amount":"1000000000n"},{"type":"fault","fault":"answer-lost","who":0,"rounds":5},{"type":"rounds","rounds":2},{"type":"withdraw","by":0,"amount":"1000000000n"},{"type":"rounds","rounds":1}]',
  },
  {
    kind: 'frozen',
    about: 'deposit',
    triggers: ['torn-write'],
    causes: ['Q-DAEMON-TORN-FILE'],
    trace:
      '[{"type":"deposit","operations":[{"from":0,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"twin_1"}},{"type":"fault","fault":"torn-write","who":1,"rounds":3},{"type":"fault","fault":"torn-write","who":0,"rounds":3},{"type":"rounds","rounds":2},{"type":"deposit","operations":[{"from":0,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"twin_1"}}]',
  },
  {
    kind: 'too few voters',
    about: 'deposit',
    triggers: ['down', 'rescan'],
    causes: ['Q-MINT-VOTES-TWICE', 'Q-DAEMON-HEADS-LOST'],
    trace:
      '[{"type":"fault","fault":"down","who":2,"rounds":2},{"type":"deposit","operations":[{"from":0,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"twin_1"}},{"type":"fault","fault":"down","who":1,"rounds":2},{"type":"rounds","rounds":1},{"type":"fault","fault":"rescan","who":0,"rounds":0}]',
  },
  {
    kind: 'duplicated',
    about: 'withdrawal',
    triggers: ['answer-lost', 'validator-removed'],
    causes: ['Q-DAEMON-PAY-AGAIN'],
    trace:
      '[{"type":"fault","fault":"validator-removed","who":0,"rounds":0},{"type":"fault","fault":"answer-lost","who":0,"rounds":5},{"type":"withdraw","by":0,"amount":"1000000000n"},{"type":"rounds","rounds":22},{"type":"rounds","rounds":1}]',
  },
  {
    kind: 'duplicated',
    about: 'deposit',
    triggers: ['a deposit to refund', 'rescan', 'twin-created'],
    causes: ['Q-MINT-AND-REFUND', 'Q-DAEMON-MINT-AFTER-REFUND'],
    trace:
      '[{"type":"deposit","operations":[{"from":0,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"twin_4"}},{"type":"rounds","rounds":2},{"type":"fault","fault":"twin-created","who":0,"rounds":0},{"type":"fault","fault":"rescan","who":0,"rounds":0},{"type":"fault","fault":"rescan","who":1,"rounds":0},{"type":"rounds","rounds":1}]',
  },
  {
    kind: 'duplicated',
    about: 'deposit',
    triggers: ['a deposit to refund', 'answer-lost', 'several senders'],
    causes: ['Q-DAEMON-HEADS-LOST', 'Q-DAEMON-MINT-AFTER-REFUND'],
    trace:
      '[{"type":"rounds","rounds":1},{"type":"deposit","operations":[{"from":0,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"twin_1"}},{"type":"fault","fault":"answer-lost","who":0,"rounds":5},{"type":"deposit","operations":[{"from":2,"asset":"TFT","amount":"1n"}],"memo":{"type":"text","value":"twin_1"}},{"type":"deposit","operations":[{"from":1,"asset":"TFT","amount":"500000000n"},{"from":2,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"twin_1"}},{"type":"rounds","rounds":3}]',
  },
  {
    kind: 'duplicated',
    about: 'deposit',
    triggers: ['a deposit to refund', 'several senders', 'validator-removed'],
    causes: [
      'Q-DAEMON-MANY-SENDERS',
      'Q-DAEMON-EVENT-PER-EFFECT',
      'Q-DAEMON-RETRIES-FOR-EVER',
      'Q-DAEMON-HEADS-LOST',
      'Q-DAEMON-MINT-AFTER-REFUND',
    ],
    trace:
      '[{"type":"rounds","rounds":1},{"type":"deposit","operations":[{"from":1,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"twin_99"}},{"type":"rounds","rounds":2},{"type":"fault","fault":"validator-removed","who":1,"rounds":0},{"type":"deposit","operations":[{"from":2,"asset":"TFT","amount":"1n"}],"memo":{"type":"text","value":"twin_1"}},{"type":"deposit","operations":[{"from":2,"asset":"TFT","amount":"500000000n"},{"from":0,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"twin_1"}}]',
  },
  {
    kind: 'frozen',
    about: 'deposit',
    triggers: ['a deposit to refund', 'two payments in one transaction'],
    causes: ['Q-DAEMON-EVENT-PER-EFFECT', 'Q-DAEMON-RETRIES-FOR-EVER', 'Q-DAEMON-MINT-AFTER-REFUND'],
    trace:
      '[{"type":"rounds","rounds":1},{"type":"deposit","operations":[{"from":0,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"hash","value":"cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd"}},{"type":"deposit","operations":[{"from":0,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"none"}},{"type":"deposit","operations":[{"from":0,"asset":"TFT","amount":"500000000n"},{"from":0,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"twin_4"}},{"type":"deposit","operations":[{"from":2,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"hello"}},{"type":"deposit","operations":[{"from":1,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"none"}}]',
  },
  {
    kind: 'too few voters',
    about: 'deposit',
    triggers: ['lose-events', 'several senders', 'validator-removed'],
    causes: [
      'Q-DAEMON-MANY-SENDERS',
      'Q-DAEMON-EVENT-PER-EFFECT',
      'Q-DAEMON-RETRIES-FOR-EVER',
      'Q-DAEMON-HEADS-LOST',
      'Q-DAEMON-MINT-AFTER-REFUND',
    ],
    trace:
      '[{"type":"fault","fault":"lose-events","who":1,"rounds":2},{"type":"deposit","operations":[{"from":1,"asset":"TFT","amount":"500000000n"},{"from":2,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"twin_1"}},{"type":"rounds","rounds":1},{"type":"deposit","operations":[{"from":1,"asset":"TFT","amount":"500000000n"}],"memo":{"type":"text","value":"twin_1"}},{"type":"rounds","rounds":1},{"type":"rounds","rounds":22},{"type":"fault","fault":"validator-removed","who":0,"rounds":0}]',
  },
  {
    kind: 'duplicated',
    about: 'withdrawal',
    triggers: ['crash', 'several withdrawals'],
    causes: ['Q-DAEMON-RETRIES-FOR-EVER', 'Q-DAEMON-HEADS-LOST', 'Q-DAEMON-PAY-AGAIN'],
    trace:
      '[{"type":"rounds","rounds":1},{"type":"withdraw","by":0,"amount":"1000000000n"},{"type":"fault","fault":"crash","who":2,"rounds":19},{"type":"fault","fault":"crash","who":0,"rounds":19},{"type":"rounds","rounds":2},{"type":"withdraw","by":0,"amount":"1000000000n"},{"type":"rounds","rounds":1},{"type":"withdraw","by":0,"amount":"1000000000n"},{"type":"rounds","rounds":22}]',
  },
  {
    kind: 'frozen',
    about: 'withdrawal',
    triggers: ['several withdrawals'],
    causes: ['Q-DAEMON-RETRIES-FOR-EVER', 'Q-DAEMON-HEADS-LOST'],
    trace:
      '[{"type":"withdraw","by":0,"amount":"1000000000n"},{"type":"rounds","rounds":3},{"type":"withdraw","by":0,"amount":"1000000000n"},{"type":"rounds","rounds":1},{"type":"withdraw","by":0,"amount":"1000000000n"},{"type":"rounds","rounds":2},{"type":"withdraw","by":0,"amount":"1000000000n"},{"type":"rounds","rounds":1},{"type":"rounds","rounds":1},{"type":"withdraw","by":2,"amount":"1000000000n"},{"type":"rounds","rounds":2},{"type":"withdraw","by":0,"amount":"1000000000n"},{"type":"withdraw","by":2,"amount":"1000000000n"}]',
  },
]
