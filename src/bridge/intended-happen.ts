import { callNamed } from '../../spec/kernel/call.js'
import { Account } from '../../spec/pallets/system/items.js'
import { roles } from '../../spec/versions/genesis.js'
import type { IntendedBridge } from './intended.js'
import { homes, LATECOMER, users } from './people.js'
import type { FaultStep } from './step.js'

/** Carries out a fault on the intended bridge. */
export function happenIntended(step: FaultStep, bridge: IntendedBridge): void {
  const { fault, who, rounds } = step
  const { chain, ledger, trouble } = bridge
  const daemon = bridge.daemons[who]
  const user = who % users.length
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
      ledger.consume(`foreign ${ledger.sequence + 1}`)
      return
    case 'distrust':
      ledger.change(homes[user]!, { trusts: false })
      return
    case 'merge':
      ledger.change(homes[user]!, { exists: false, trusts: false })
      return
    case 'trusts-again':
      ledger.change(homes[user]!, { exists: true, trusts: true })
      return
    case 'validator-removed':
      if (daemon === undefined) return
      chain.call('council', 'bridge', undefined, 'removeBridgeValidator', { target: daemon.account })
      ledger.signers.delete(daemon.key)
      ledger.threshold = (ledger.signers.size >> 1) + 1
      return
    case 'validator-added':
      if (daemon === undefined) return
      chain.call('council', 'bridge', undefined, 'addBridgeValidator', { target: daemon.account })
      ledger.signers.add(daemon.key)
      ledger.threshold = (ledger.signers.size >> 1) + 1
      return
    case 'fee-raised':
    case 'fee-lowered':
      chain.call('council', 'bridge', undefined, 'setDepositFee', { amount: fault === 'fee-raised' ? 50_000_000n : 1_000_000n })
      return
    case 'rescan':
      if (daemon === undefined) return
      bridge.kill(daemon)
      daemon.disk = { cursor: 0 }
      return
    case 'twin-created':
      chain.createTwin(LATECOMER)
      return
    case 'reaped':
      if (chain.w.has(Account, users[user]!))
        chain.reference.call(
          callNamed('Balances.transferAll'),
          { dest: { type: 'Id', value: roles.foundation }, keepAlive: false },
          users[user]!,
        )
      return
    default:
      trouble.start(step)
  }
}
