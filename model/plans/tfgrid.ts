import type { AccountId } from '../../spec/kernel/shape.js'
import { attachPolicyToFarm, deleteNodeFarm, setFarmCertification } from '../../spec/pallets/tfgrid/calls.js'
import {
  addNodeCertifier,
  deleteNode,
  removeNodeCertifier,
  setNodeCertification,
  updateNode,
} from '../../spec/pallets/tfgrid/calls-node.js'
import { AllowedNodeCertifiers, Farms, FarmingPoliciesMap, Nodes, NodesByFarmID } from '../../spec/pallets/tfgrid/items.js'
import type { Node } from '../../spec/pallets/tfgrid/types.js'
import type { Draw } from '../draw.js'
import type { Maker } from '../maker.js'
import { tfgridEntities } from '../pallets/tfgrid-entities.js'
import { tfgridNodes } from '../pallets/tfgrid-nodes.js'
import { tfgridPolicies } from '../pallets/tfgrid-policies.js'
import { changedResources } from '../pallets/tfgrid-details.js'
import { ownerOfTwin } from '../pick.js'
import { asks, motion, wait, type Proposal } from '../proposal.js'

type Steps = Generator<Proposal, void>

const byName = new Map<string, Maker>([...tfgridEntities, ...tfgridNodes, ...tfgridPolicies].map((m) => [m.call.name, m]))
/** A call as its maker makes it up; a restricted one as a motion. */
function made(d: Draw, name: string): Proposal {
  const { call, make } = byName.get(name)!
  const { who, args } = make(d)
  return call.origin === 'restricted' ? motion(d.w, call, args) : asks(who, call, args)
}

const accountOf = (d: Draw, { twinId }: { readonly twinId: number }): AccountId => ownerOfTwin(d, twinId)
const certified = { type: 'Certified' } as const
/** What a node tells about itself, again. */
const again = ({ resources, location, interfaces, secureBoot, virtualized, serialNumber }: Node) => ({
  ...{ resources, location, interfaces, secureBoot, virtualized, serialNumber },
})

/** Moves a node to a farm, unless it is there. */
function* moved(d: Draw, nodeId: number, farmId: number): Steps {
  const node = d.w.get(Nodes, nodeId)
  if (node !== undefined && node.farmId !== farmId) yield asks(accountOf(d, node), updateNode, { nodeId, farmId, ...again(node) })
}

/**
 * A farm lists its nodes in the order in which they came: an older node comes after a younger one. Then nodes of this list are
 * deleted, by themselves and by the farmer. The search for them goes wrong, so that a farm may list nodes that are gone: a policy
 * is attached to those too.
 */
export function* movingNodes(d: Draw): Steps {
  const ids = [...new Set([d.keyOf(Nodes), d.keyOf(Nodes), d.keyOf(Nodes)])].filter((id) => id !== undefined).sort((a, b) => b - a)
  const [farmId, other] = [d.keyOf(Farms), d.keyOf(Farms)]
  if (ids.length < 2 || farmId === undefined || other === undefined || other === farmId) return
  for (const id of ids) {
    yield* moved(d, id, other)
    yield* moved(d, id, farmId)
  }
  for (let i = d.int(1, 3); i > 0; i--) {
    const listed = d.w.get(NodesByFarmID, farmId)
    if (listed.length === 0) return
    const nodeId = d.pick(listed)
    const node = d.w.get(Nodes, nodeId)
    if (node !== undefined && d.chance(50)) yield asks(accountOf(d, node), deleteNode, { nodeId })
    if (d.chance(70)) yield asks(accountOf(d, d.w.get(Farms, farmId)!), deleteNodeFarm, { nodeId })
  }
  yield* attached(d, farmId)
}

/** A farm without nodes gets a policy that does not exist; then nodes come, and are certified. */
export function* missingPolicy(d: Draw): Steps {
  const farmId = [...d.w.entries(Farms)].map(([id]) => id).find((id) => d.w.get(NodesByFarmID, id).length === 0)
  const nodeId = d.keyOf(Nodes)
  if (farmId === undefined || nodeId === undefined) return
  const limits = { farmingPolicyId: 1000, cu: undefined, su: undefined, end: undefined, nodeCount: undefined, nodeCertification: false }
  yield motion(d.w, attachPolicyToFarm, { farmId, limits })
  yield* moved(d, nodeId, farmId)
  yield motion(d.w, setNodeCertification, { nodeId, nodeCertification: certified })
}

/** Attaches a policy to a farm, with limits that a few nodes use up. */
function* attached(d: Draw, farmId: number): Steps {
  const farmingPolicyId = d.keyOf(FarmingPoliciesMap) ?? 1
  const [cu, su] = [d.pick([undefined, 40n, 200n]), d.pick([undefined, 4n, 20n])]
  const limits = { farmingPolicyId, cu, su, end: undefined, nodeCount: d.pick([undefined, 0, 1, 2]), nodeCertification: d.chance(40) }
  yield motion(d.w, attachPolicyToFarm, { farmId, limits })
}

/** A farm draws on the limits of its policy, node by node, certified or not; with policies that are no default ones, or over. */
export function* policies(d: Draw): Steps {
  const farmId = d.keyOf(Farms)
  if (farmId === undefined) return
  for (let i = d.int(0, 2); i > 0; i--) yield made(d, d.pick(['createFarmingPolicy', 'updateFarmingPolicy']))
  if (d.chance(30)) yield wait(d.pick([1, 2, 25]), 6)
  if (d.chance(50)) yield motion(d.w, setFarmCertification, { farmId, certification: { type: 'Gold' } })
  for (let round = d.int(1, 3); round > 0; round--) {
    if (d.chance(70)) yield* attached(d, farmId)
    if (d.chance(40)) yield made(d, 'createNode')
    for (const nodeId of d.w.get(NodesByFarmID, farmId).slice(0, 3)) {
      const node = d.w.get(Nodes, nodeId)
      if (node === undefined) continue
      if (d.chance(60))
        yield motion(d.w, setNodeCertification, { nodeId, nodeCertification: d.chance(70) ? certified : { type: 'Diy' as const } })
      if (d.chance(40))
        yield asks(accountOf(d, node), updateNode, { nodeId, farmId, ...again(node), resources: changedResources(d, node.resources) })
    }
  }
}

/** Somebody may certify nodes, does so, and may no more. */
export function* certifiers(d: Draw): Steps {
  const certifier = d.actor()
  yield motion(d.w, addNodeCertifier, { certifier })
  for (let i = d.int(1, 3); i > 0; i--) {
    const nodeId = d.keyOf(Nodes)
    if (nodeId !== undefined) yield asks(certifier, setNodeCertification, { nodeId, nodeCertification: certified })
  }
  const allowed = d.w.get(AllowedNodeCertifiers) ?? []
  if (d.chance(50)) yield motion(d.w, removeNodeCertifier, { certifier: allowed.length > 0 && d.chance(60) ? d.pick(allowed) : d.actor() })
}

/** An entity, and twins that show its proofs: twice, withdrawn, or of an entity that is gone. */
export function* proofs(d: Draw): Steps {
  for (let i = d.int(1, 2); i > 0; i--) yield made(d, 'createEntity')
  for (let i = d.int(2, 5); i > 0; i--)
    yield made(d, d.pick(['addTwinEntity', 'addTwinEntity', 'addTwinEntity', 'deleteTwinEntity', 'updateEntity', 'deleteEntity']))
}
