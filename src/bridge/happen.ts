import type { World } from '../../spec/kernel/world.js'
import type { AccountId } from '../../spec/kernel/shape.js'
import { Account } from '../../spec/pallets/system/items.js'
import { roles } from '../../spec/versions/genesis.js'
import { homes, LATECOMER, users } from './people.js'
import type { StellarSide } from './stellar-side.js'
import type { FaultStep } from './step.js'
import type { Trouble } from './trouble.js'

/** What a fault needs of the chain, of either bridge. */
export interface Chain {
  readonly w: World
  /** A call of the bridge that needs the council. */
  motion(name: string, args: object): void
  send(who: AccountId, name: string, args: object): string
  createTwin(user: number): void
}
interface Daemon {
  readonly index: number
  readonly account: AccountId
  readonly key: string
}
/** What a fault needs of a bridge. */
export interface Stricken<D extends Daemon = Daemon> {
  readonly chain: Chain
  readonly stellar: StellarSide
  readonly trouble: Trouble
  readonly daemons: readonly D[]
  kill(daemon: D): void
  /** The daemon begins at the first deposit again. */
  rescan(daemon: D): void
  /** What a validator that lies does of its own accord. */
  lie(daemon: D, fault: 'lie-vote' | 'lie-close'): void
}

/** Carries out a fault. Faults that last are left to `Trouble`. */
export function happen<D extends Daemon>(step: FaultStep, bridge: Stricken<D>): void {
  const { fault, who, rounds } = step
  const { chain, stellar, trouble } = bridge
  const daemon = bridge.daemons[who]
  const user = who % users.length
  const home = homes[user]!
  switch (fault) {
    case 'crash':
      trouble.crashIn.set(who, rounds)
      return
    case 'down':
      trouble.start(step)
      if (daemon !== undefined) bridge.kill(daemon)
      return
    case 'lie-vote':
    case 'lie-close':
      if (daemon !== undefined) bridge.lie(daemon, fault)
      return
    case 'sequence-race':
      stellar.foreign()
      return
    case 'distrust':
      stellar.ledger.change(home, { trusts: false })
      return
    case 'merge':
      stellar.ledger.change(home, { exists: false, trusts: false })
      return
    case 'trusts-again':
      stellar.ledger.change(home, { exists: true, trusts: true })
      return
    case 'validator-removed':
    case 'validator-added': {
      if (daemon === undefined) return
      const isAdded = fault === 'validator-added'
      chain.motion(isAdded ? 'addBridgeValidator' : 'removeBridgeValidator', { target: daemon.account })
      stellar.changeSigner(daemon.key, isAdded)
      return
    }
    case 'fee-raised':
    case 'fee-lowered':
      chain.motion('setDepositFee', { amount: fault === 'fee-raised' ? 50_000_000n : 1_000_000n })
      return
    case 'rescan':
      if (daemon === undefined) return
      bridge.kill(daemon)
      bridge.rescan(daemon)
      return
    case 'twin-created':
      chain.createTwin(LATECOMER)
      return
    case 'reaped':
      if (chain.w.has(Account, users[user]!))
        chain.send(users[user]!, 'Balances.transferAll', { dest: { type: 'Id', value: roles.foundation }, keepAlive: false })
      return
    default:
      trouble.start(step)
  }
}
