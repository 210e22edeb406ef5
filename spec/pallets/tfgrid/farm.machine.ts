/** Farms: what a farmer's nodes and public IPs belong to. @source pallet-tfgrid/src/farm.rs @439e6919 */
import { machine } from '../../kernel/machine.js'
import * as ips from './farm-ips.rules.js'
import * as nodes from './farm-nodes.rules.js'
import * as rules from './farm.rules.js'
import { Farms } from './items.js'

/** A farm. Its key is its id. 144 has no call that deletes one. */
export const farm = machine({
  id: 'farm',
  pallet: 'TfgridModule',
  says: 'a farm: nodes and public IPs of one farmer',
  state: (w, id: number) => (w.has(Farms, id) ? 'live' : 'absent'),
  states: {
    absent: {
      createFarm: rules.create,
      updateFarm: rules.renameAbsent,
      addStellarPayoutV2address: rules.payoutAbsent,
      setFarmCertification: rules.certifyAbsent,
      setFarmDedicated: rules.dedicateAbsent,
      addFarmIp: ips.addIpAbsent,
      removeFarmIp: ips.removeIpAbsent,
      forceResetFarmIp: ips.resetIpAbsent,
      deleteNodeFarm: nodes.deleteNodeAbsent,
      attachPolicyToFarm: nodes.attachPolicyAbsent,
    },
    live: {
      updateFarm: rules.rename,
      addStellarPayoutV2address: rules.payout,
      setFarmCertification: rules.certify,
      setFarmDedicated: rules.dedicate,
      addFarmIp: ips.addIp,
      removeFarmIp: ips.removeIp,
      forceResetFarmIp: ips.resetIp,
      deleteNodeFarm: nodes.deleteNode,
      attachPolicyToFarm: nodes.attachPolicy,
    },
  },
  guards: { ...rules.farmGuards, ...ips.ipGuards, ...nodes.farmNodesGuards },
  effects: { ...rules.farmEffects, ...ips.ipEffects, ...nodes.farmNodesEffects },
  routes: nodes.farmNodesRoutes,
})
