import type { DeployedBridge } from './deployed.js'
import { DepositFee } from '../../spec/pallets/tft-bridge/items.js'
import { Account } from '../../spec/pallets/system/items.js'
import { roles } from '../../spec/versions/genesis.js'
import { homes, LATECOMER, users } from './people.js'
import type { FaultStep } from './step.js'

/** Carries out a fault on the deployed bridge. Faults that last are left to `Trouble`. */
export function happen(step: FaultStep, bridge: DeployedBridge): void {
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
      chain.motion('TFTBridgeModule', 'removeBridgeValidator', { target: daemon.account })
      ledger.signers.delete(daemon.key)
      ledger.threshold = (ledger.signers.size >> 1) + 1
      return
    case 'validator-added':
      if (daemon === undefined) return
      chain.motion('TFTBridgeModule', 'addBridgeValidator', { target: daemon.account })
      ledger.signers.add(daemon.key)
      ledger.threshold = (ledger.signers.size >> 1) + 1
      return
    case 'fee-raised':
      chain.motion('TFTBridgeModule', 'setDepositFee', { amount: chain.w.get(DepositFee) * 5n })
      return
    case 'fee-lowered':
      chain.motion('TFTBridgeModule', 'setDepositFee', { amount: chain.w.get(DepositFee) / 10n })
      return
    case 'rescan':
      if (daemon === undefined) return
      bridge.kill(daemon)
      daemon.disk = { cursor: 0, height: 0 }
      return
    case 'twin-created':
      chain.createTwin(LATECOMER)
      return
    case 'reaped':
      reap(bridge, user)
      return
    default:
      trouble.start(step)
  }
}

/** The user leaves the chain with everything it has. */
function reap({ chain }: DeployedBridge, user: number): void {
  if (!chain.w.has(Account, users[user]!)) return
  chain.send(users[user]!, 'Balances.transferAll', { dest: { type: 'Id', value: roles.foundation }, keepAlive: false })
}
