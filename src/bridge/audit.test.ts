import { describe, expect, test } from 'vitest'
import { Deposits, Payouts } from '../../spec/bridge/intended/items.js'
import { PAID } from '../../spec/bridge/intended/types.js'
import { TotalIssuance } from '../../spec/pallets/balances/items.js'
import { DepositFee } from '../../spec/pallets/tft-bridge/items.js'
import { intended } from '../../spec/versions/editions.js'
import type { BreachKind } from './audit.js'
import { deposit, wait, withdraw } from './for-tests.js'
import { IntendedBridge } from './intended.js'
import { homes, users, validators } from './people.js'

/** Something goes wrong that the design excludes, planted from outside: the audit has to notice, and to say what. */

const FIRST = `${'1'.padStart(64, '0')}:0`
const [a, b] = validators(3)
const all = { sender: homes[0]!, amount: 500_000_000n, memo: 'twin_1', refund: false }

/** A bridge on which one deposit was minted and one withdrawal paid. */
function done(): IntendedBridge {
  const bridge = new IntendedBridge(intended, 3)
  for (const step of [deposit('twin_1'), withdraw(), wait(8)]) bridge.step(step)
  expect([bridge.audit.ended, bridge.audit.breaches]).toEqual([{ minted: 1, refunded: 0, paid: 1, returned: 0 }, []])
  return bridge
}
const kinds = (bridge: IntendedBridge): readonly BreachKind[] => [...new Set(bridge.audit.breaches.map(({ kind }) => kind))]

const plants: readonly (readonly [string, BreachKind, (bridge: IntendedBridge) => void])[] = [
  ['the vault lacks one unit', 'unbacked', ({ stellar: { ledger } }) => void (ledger.vault -= 1n)],
  ['one unit more is issued', 'unbacked', ({ chain: { w } }) => w.set(TotalIssuance, w.get(TotalIssuance) + 1n)],
  [
    'one unit of the vault lies on an account instead',
    'unbacked',
    ({ stellar: { ledger } }) => {
      ledger.vault -= 1n
      ledger.change(homes[1]!, { tft: ledger.account(homes[1]!).tft + 1n })
    },
  ],
  ['one unit appears on an account', 'unbacked', ({ stellar: { ledger } }) => ledger.change(homes[1]!, { tft: 1n })],
  [
    'a deposit is forgotten and minted again',
    'duplicated',
    ({ chain }) => {
      chain.w.remove(Deposits, FIRST)
      for (const who of [a!, b!]) chain.report(who, FIRST, all)
    },
  ],
  [
    'a deposit that nobody made is minted',
    'unbacked',
    ({ chain }) => {
      for (const who of [a!, b!]) chain.report(who, 'nothing:0', all)
    },
  ],
  [
    'more is minted than was deposited',
    'duplicated',
    (bridge) => {
      bridge.step(deposit('twin_1'))
      for (const who of [a!, b!]) bridge.chain.report(who, FIRST.replace('1:0', '2:0'), { ...all, amount: all.amount + 1n })
    },
  ],
  [
    'it is minted to another account than the memo names',
    'wrong receiver',
    (bridge) => {
      bridge.step(deposit('twin_1'))
      for (const who of [a!, b!]) bridge.chain.report(who, FIRST.replace('1:0', '2:0'), { ...all, memo: 'twin_2' })
    },
  ],
  [
    'the fee account gets another fee than there is',
    'wrong fee',
    (bridge) => {
      const { w } = bridge.chain
      const get = w.get.bind(w)
      bridge.step(deposit('twin_1'))
      // The pallet sees a fee of one unit less than the auditor.
      let isInside = false
      const call = bridge.chain.call.bind(bridge.chain)
      bridge.chain.call = (...args) => {
        isInside = true
        try {
          return call(...args)
        } finally {
          isInside = false
        }
      }
      w.get = ((item: never, key: never) =>
        (item as unknown) === DepositFee && isInside ? BigInt(String(get(item, key))) - 1n : get(item, key)) as typeof w.get
      bridge.step(wait(1))
    },
  ],
  [
    'the vault pays somebody else',
    'wrong receiver',
    (bridge) => {
      bridge.step(withdraw())
      const { ledger } = bridge.stellar
      const memo = { type: 'hash' as const, value: 'burn 2' }
      ledger.propose({ to: homes[3]!, amount: 990_000_000n, sequence: 0, memo, claimable: false }, [], '')
      ledger.pay('account')
    },
  ],
  [
    'the vault pays once more',
    'duplicated',
    ({ stellar: { ledger } }) => {
      const memo = { type: 'hash' as const, value: 'burn 1' }
      ledger.propose({ to: homes[0]!, amount: 1n, sequence: 0, memo, claimable: false }, [], '')
      ledger.pay('account')
    },
  ],
  [
    'a withdrawal is minted back to somebody else',
    'wrong receiver',
    (bridge) => {
      bridge.step({ type: 'fault', fault: 'merge', who: 0, rounds: 0 })
      bridge.step(withdraw())
      const { w } = bridge.chain
      for (const [sequence, payout] of [...w.entries(Payouts)]) w.put(Payouts, sequence, { ...payout, source: users[1] })
    },
  ],
  [
    'a payout is closed and never paid',
    'lost',
    (bridge) => {
      bridge.step(withdraw())
      for (const [sequence] of [...bridge.chain.w.entries(Payouts)]) for (const who of [a!, b!]) bridge.chain.settle(who, sequence, PAID)
    },
  ],
  [
    'a transfer never ends',
    'frozen',
    (bridge) => {
      // A number that Stellar will never come to.
      bridge.stellar.ledger.sequence -= 1
      bridge.step(withdraw())
    },
  ],
]

describe('the audit is not vacuous', () => {
  test.each(plants)('it notices when %s', (_, kind, plant) => {
    const bridge = done()
    plant(bridge)
    bridge.step(wait(1))
    bridge.settle(100)
    expect(kinds(bridge)).toContain(kind)
  })

  test('it notices nothing when nothing is planted', () => {
    const bridge = done()
    for (const step of [withdraw(), deposit('twin_2')]) bridge.step(step)
    bridge.settle(100)
    expect(kinds(bridge)).toEqual([])
  })
})

describe('progress is true, false or inconclusive', () => {
  const waiting = (rounds: number): IntendedBridge => {
    const bridge = done()
    bridge.stellar.ledger.sequence -= 1
    bridge.step(withdraw())
    bridge.step(wait(rounds))
    return bridge
  }
  test('true when every transfer has ended', () => expect(done().audit.progress()).toBe('true'))
  test('inconclusive while one may still end', () => expect(waiting(5).audit.progress()).toBe('inconclusive'))
  test('false when one had its rounds, while it runs', () => expect(waiting(100).audit.progress()).toBe('false'))
  test('rounds in which Stellar rejects everything do not count', () => {
    const bridge = done()
    bridge.step({ type: 'fault', fault: 'stellar-rejects', who: 0, rounds: 300 })
    bridge.step(withdraw())
    bridge.step(wait(200))
    expect(bridge.audit.progress()).toBe('inconclusive')
    bridge.settle(100)
    expect(bridge.audit.progress()).toBe('true')
  })
})
