import { machine } from '../../kernel/machine.js'
import { attachEffects, attachGuards, attachRoutes, attachSolutionProvider } from './attach-provider.rules.js'
import * as billing from './billing.rules.js'
import * as change from './change.rules.js'
import { lifeOf } from './contract.state.js'
import * as create from './create.rules.js'
import * as distribution from './distribution.rules.js'
import * as grace from './grace.rules.js'
import * as removal from './removal.rules.js'
import * as report from './report.rules.js'

/** What every contract that exists answers in the same way. */
const existing = {
  updateNodeContract: change.updateNodeContract,
  cancelContract: change.cancelContract,
  billContractForBlock: change.billContractForBlock,
  attachSolutionProviderId: attachSolutionProvider.live,
  '@reportedResources': report.reportedResources,
  '@reportedNetwork': report.reportedNetwork,
  '@nodeDeleted': change.nodeDeleted,
  '@followIntoGrace': grace.followIntoGrace,
  '@followOutOfGrace': grace.followOutOfGrace,
  '@relist': grace.relist,
  '@distribute': distribution.distribute,
  '@payExtra': distribution.payExtra,
  '@transferExtra': distribution.transferExtra,
  '@payRegular': distribution.payRegular,
  '@share': distribution.share,
  '@burn': distribution.burn,
  '@clearUnbilled': billing.clearUnbilled,
  '@remove': removal.remove,
  '@close': removal.close,
  '@freeIps': removal.freeIps,
}
const live = { ...existing, '@bill': billing.billLive, '@grace': grace.graceWhileLive, '@settle': billing.settleLive }

/** A grid contract: the reservation of capacity on a node, of a whole node, or of a name. Its key is its id. */
export const contract = machine({
  id: 'contract',
  pallet: 'SmartContractModule',
  says: 'a grid contract: capacity on a node, a whole node, or a name',
  state: lifeOf,
  states: {
    absent: {
      createNodeContract: create.createNodeContract,
      createRentContract: create.createRentContract,
      createNameContract: create.createNameContract,
      updateNodeContract: change.updateAbsent,
      cancelContract: change.cancelAbsent,
      billContractForBlock: change.billAbsent,
      attachSolutionProviderId: attachSolutionProvider.absent,
      '@bill': change.billAbsent,
      '@remove': removal.removeAbsent,
      '@reportedResources': report.reportedResourcesWhenAbsent,
      '@reportedNetwork': report.reportedNetworkWhenAbsent,
      '@nodeDeleted': change.nodeDeletedWhenAbsent,
      '@followIntoGrace': grace.followWhenAbsent,
      '@followOutOfGrace': grace.followWhenAbsent,
    },
    created: live,
    deployed: live,
    gracePeriod: {
      ...existing,
      '@bill': billing.billLive,
      '@grace': grace.graceInGrace,
      '@graceOver': grace.graceOver,
      '@settle': billing.settleInGrace,
    },
    deleted: { ...existing, '@bill': billing.billDeleted, '@grace': grace.graceOnceDeleted, '@settle': billing.settleDeleted },
  },
  guards: {
    ...create.createGuards,
    ...billing.billingGuards,
    ...grace.graceGuards,
    ...distribution.distributionGuards,
    ...removal.removalGuards,
    ...change.changeGuards,
    ...report.reportGuards,
    ...attachGuards,
  },
  effects: {
    ...create.createEffects,
    ...billing.billingEffects,
    ...grace.graceEffects,
    ...distribution.distributionEffects,
    ...removal.removalEffects,
    ...change.changeEffects,
    ...report.reportEffects,
    ...attachEffects,
  },
  routes: { ...create.createRoutes, ...billing.billingRoutes, ...grace.graceRoutes, ...distribution.distributionRoutes, ...attachRoutes },
})
