import { machine } from '../../kernel/machine.js'
import * as certification from './node-certification.rules.js'
import * as create from './node-create.rules.js'
import * as remove from './node-delete.rules.js'
import * as details from './node-details.rules.js'
import * as power from './node-power.rules.js'
import * as publicConfig from './node-public-config.rules.js'
import * as report from './node-report.rules.js'
import * as update from './node-update.rules.js'
import { commonGuards, lifeOf } from './node.state.js'

/** What registering takes. Ids are counted up and start over after 2^32 nodes: then a new node replaces an old one. */
const registration = { createNode: create.createNode, '@enrol': create.enrol, '@checkDetails': details.checkDetails }

/** A node: a computer that a farmer lends to the grid, and the digital twin it acts by. Its key is its id. */
export const node = machine({
  id: 'node',
  pallet: 'TfgridModule',
  says: 'a node of a farm',
  state: lifeOf,
  states: {
    absent: {
      ...registration,
      updateNode: update.updateAbsent,
      setNodeCertification: certification.setCertificationAbsent,
      reportUptime: report.reportUptimeAbsent,
      reportUptimeV2: report.reportUptimeAbsent,
      addNodePublicConfig: publicConfig.addConfigAbsent,
      deleteNode: remove.deleteAbsent,
      changePowerState: power.changeStateAbsent,
      changePowerTarget: power.changeTargetAbsent,
      setNodeGpuStatus: report.setGpuStatusAbsent,
      '@adoptPolicy': certification.adoptPolicyAbsent,
    },
    registered: {
      ...registration,
      updateNode: update.updateNode,
      '@changeFarm': update.changeFarm,
      '@reviewHardware': update.reviewHardware,
      setNodeCertification: certification.setNodeCertification,
      reportUptime: report.reportUptime,
      reportUptimeV2: report.reportUptimeV2,
      addNodePublicConfig: publicConfig.addNodePublicConfig,
      deleteNode: remove.deleteNode,
      changePowerState: power.changePowerState,
      changePowerTarget: power.changePowerTarget,
      setNodeGpuStatus: report.setNodeGpuStatus,
      '@adoptPolicy': certification.adoptPolicy,
      '@deleteNode': remove.gone,
    },
  },
  guards: {
    ...commonGuards,
    ...create.createGuards,
    ...details.detailsGuards,
    ...update.updateGuards,
    ...certification.certificationGuards,
    ...report.reportGuards,
    ...publicConfig.publicConfigGuards,
    ...power.powerGuards,
    ...remove.deleteGuards,
  },
  effects: {
    ...create.createEffects,
    ...update.updateEffects,
    ...certification.certificationEffects,
    ...report.reportEffects,
    ...publicConfig.publicConfigEffects,
    ...power.powerEffects,
    ...remove.deleteEffects,
  },
  routes: remove.deleteRoutes,
})
