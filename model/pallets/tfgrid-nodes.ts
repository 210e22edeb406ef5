import fc from 'fast-check'
import type { AccountId } from '../../spec/kernel/shape.js'
import type { World } from '../../spec/kernel/world.js'
import { seconds } from '../../spec/pallets/system/clock.js'
import {
  addNodePublicConfig,
  changePowerState,
  changePowerTarget,
  createNode,
  deleteNode,
  reportUptime,
  reportUptimeV2,
  setNodeCertification,
  setNodeGpuStatus,
  updateNode,
} from '../../spec/pallets/tfgrid/calls-node.js'
import { AllowedNodeCertifiers, Farms, NodeIdByTwinID, Nodes, TwinIdByAccountID, Twins } from '../../spec/pallets/tfgrid/items.js'
import type { NodeCertification, Power } from '../../spec/pallets/tfgrid/types.js'
import type { Draw } from '../draw.js'
import { maker } from '../maker.js'
import { farmId, nodeId, ownerOfTwin, twinOwner } from '../pick.js'
import { u32, u64 } from '../values.js'
import { publicConfig } from './tfgrid-addresses.js'
import { likely, likelyFarmer, likelyFarmerOf, likelyNode } from './tfgrid-callers.js'
import { changedResources, details } from './tfgrid-details.js'

const hasNode = (w: World): boolean => w.count(Nodes) > 0
const power = fc.constantFrom<Power>({ type: 'Up' }, { type: 'Down' })
const certification = fc.constantFrom<NodeCertification>({ type: 'Diy' }, { type: 'Certified' }, { type: 'Certified' })

/** A twin's account that is no node yet, if a few draws find one. */
function idleTwin(d: Draw): AccountId | undefined {
  for (let i = 0; i < 6; i++) {
    const twin = d.entryOf(Twins)?.[1]
    if (twin !== undefined && !d.w.has(NodeIdByTwinID, twin.id)) return twin.accountId
  }
  return undefined
}
/** A node's account, also of one that is gone, mostly. */
const reporter = (d: Draw): AccountId => likely(d, ownerOfTwin(d, d.keyOf(NodeIdByTwinID)))

/** What a node's clock may show: the chain's time, at the edges of what may differ, or anything. */
function hint(d: Draw): bigint {
  if (d.chance(10)) return d.of(u64)
  return seconds(d.w) + BigInt(d.pick([0, 0, 1, -1, 59, 60, 61, -59, -60, -61]))
}

/** Calls of nodes and their farmers, and of those who certify nodes: the council as well, by the guide. */
export const tfgridNodes = [
  maker({
    call: setNodeCertification,
    weight: 3,
    ready: hasNode,
    make: (d) => {
      const allowed = d.w.get(AllowedNodeCertifiers) ?? []
      const who = allowed.length > 0 && d.chance(85) ? d.pick(allowed) : d.actor()
      return { who, args: { nodeId: nodeId(d), nodeCertification: d.of(certification) } }
    },
  }),
  maker({
    call: createNode,
    weight: 4.5,
    ready: (w) => w.count(Farms) > 0 && w.count(Nodes) < w.count(TwinIdByAccountID),
    make: (d) => ({
      who: likely(d, idleTwin(d) ?? twinOwner(d)),
      args: { farmId: farmId(d), ...d.of(details) },
    }),
  }),
  maker({
    call: updateNode,
    weight: 4,
    ready: hasNode,
    make: (d) => {
      const id = nodeId(d)
      const node = d.w.get(Nodes, id)
      const told = d.of(details)
      const resources = node === undefined ? told.resources : changedResources(d, node.resources)
      return {
        who: likelyNode(d, id),
        args: {
          ...told,
          nodeId: id,
          farmId: node !== undefined && d.chance(55) ? node.farmId : d.chance(85) ? farmId(d) : d.of(u32),
          resources,
        },
      }
    },
  }),
  maker({
    call: deleteNode,
    weight: 2,
    ready: hasNode,
    make: (d) => {
      const id = nodeId(d)
      return { who: d.chance(85) ? likelyNode(d, id) : twinOwner(d), args: { nodeId: id } }
    },
  }),
  maker({
    call: addNodePublicConfig,
    weight: 4,
    ready: hasNode,
    make: (d) => {
      const id = nodeId(d)
      const farm = (d.chance(94) ? d.w.get(Nodes, id)?.farmId : undefined) ?? farmId(d)
      return { who: likelyFarmer(d, farm), args: { farmId: farm, nodeId: id, publicConfig: d.chance(92) ? d.of(publicConfig) : undefined } }
    },
  }),
  maker({ call: reportUptime, weight: 2, ready: hasNode, make: (d) => ({ who: reporter(d), args: { uptime: d.of(u64) } }) }),
  maker({
    call: reportUptimeV2,
    weight: 3,
    ready: hasNode,
    make: (d) => ({ who: reporter(d), args: { uptime: d.of(u64), timestampHint: hint(d) } }),
  }),
  maker({ call: changePowerState, weight: 3, ready: hasNode, make: (d) => ({ who: reporter(d), args: { powerState: d.of(power) } }) }),
  maker({
    call: changePowerTarget,
    weight: 3,
    ready: hasNode,
    make: (d) => {
      const node = nodeId(d)
      return { who: likelyFarmerOf(d, node), args: { nodeId: node, powerTarget: d.of(power) } }
    },
  }),
  maker({ call: setNodeGpuStatus, weight: 2, ready: hasNode, make: (d) => ({ who: reporter(d), args: { gpuStatus: d.chance(50) } }) }),
]
