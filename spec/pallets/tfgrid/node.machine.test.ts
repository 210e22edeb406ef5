import { beforeEach, describe, expect, test } from 'vitest'
import { Interpreter, Trap } from '../../../src/reference/interpreter.js'
import { callNamed } from '../../kernel/call.js'
import { accept, machine } from '../../kernel/machine.js'
import type { AccountId } from '../../kernel/shape.js'
import type { Origin } from '../../kernel/stage.js'
import type { Edition } from '../../kernel/version.js'
import { World } from '../../kernel/world.js'
import { FarmWeight } from '../dao/items.js'
import { ActiveNodeContracts, ActiveRentContractForNode } from '../smart-contract/items.js'
import { Now, SystemNumber } from '../system/items.js'
import { tfgridMachines } from './index.js'
import {
  AllowedNodeCertifiers,
  Farms,
  FarmingPoliciesMap,
  noFarmingPolicy,
  NodeIdByTwinID,
  NodePower,
  Nodes,
  NodesByFarmID,
  TwinIdByAccountID,
  Twins,
} from './items.js'
import { GIGABYTE as GB, weightOf } from './resources.js'
import type { Farm } from './types.js'

/** Contracts that only tell that they heard of a node's end. */
let heard: bigint[] = []
const contract = machine({
  id: 'contract',
  pallet: 'SmartContractModule',
  says: 'a contract',
  state: () => 'live' as const,
  states: { live: { '@nodeDeleted': [accept('TEST', { do: ['hear'] })] } },
  guards: {},
  effects: { hear: (s: { readonly key: bigint }) => void heard.push(s.key) },
})
const quirks = ['Q-IP6-OVERRUN', 'Q-NODE-LIST-UNSORTED', 'Q-NODE-TWIN-LINGERS', 'Q-POLICY-DEFAULT-UNFIT', 'Q-POLICY-LIMIT-CERTIFICATION']
const editions: Record<'at144' | 'intended', Edition> = {
  at144: { name: '144', version: 144, quirks: new Set(quirks) },
  intended: { name: 'intended', version: 144, quirks: new Set() },
}
const who = (name: string) => name.repeat(32) as AccountId
const farmer = who('f')
const council: Origin = { type: 'council' }
const resources = { hru: 1024n * GB, sru: 512n * GB, cru: 8n, mru: 16n * GB }
const location = { city: 'Ghent', country: 'Belgium', latitude: '51', longitude: '3.7' }
const details = { farmId: 1, resources, location, interfaces: [], secureBoot: true, virtualized: false, serialNumber: undefined }
const addressed = (ip: string) => ({ ...details, interfaces: [{ name: 'zos', mac: '00:11:22:33:44:55', ips: [ip] }] })

let w: World
/** Makes a call, as a dispatch does: `ok`, the error's name, or `trap`; a call that fails leaves nothing. */
function make(origin: Origin | AccountId, name: string, args: unknown, edition = editions.at144): string {
  const interpreter = new Interpreter([...tfgridMachines, contract], edition)
  interpreter.checkTargets = true
  const from: Origin = typeof origin === 'string' ? { type: 'signed', who: origin } : origin
  const mark = w.mark()
  const { subject } = callNamed(`TfgridModule.${name}`)
  const { machine, key } = subject(w, args, from)
  try {
    const refusal = interpreter.deliver(w, from, machine, key, name, args)
    if (refusal === null) return 'ok'
    w.rollback(mark)
    return refusal.error.replace('TfgridModule.', '')
  } catch (error) {
    if (!(error instanceof Trap)) throw error
    w.rollback(mark)
    return 'trap'
  }
}
const told = () => w.events.map(({ type }) => type.name)
const nodeTwins = ['a', 'b', 'c'].map(who)
const [a, b, c] = nodeTwins as [AccountId, AccountId, AccountId]

beforeEach(() => {
  heard = []
  w = new World(144)
  w.set(Now, 1_688_000_000_000n)
  w.set(SystemNumber, 7)
  const twins = [farmer, ...nodeTwins]
  twins.forEach((accountId, i) => {
    w.put(Twins, i + 1, { id: i + 1, accountId, relay: undefined, entities: [], pk: undefined })
    w.put(TwinIdByAccountID, accountId, i + 1)
  })
  const farm: Farm = {
    ...{ version: 4, id: 1, name: 'one', twinId: 1, pricingPolicyId: 1, publicIps: [], dedicatedFarm: false },
    certification: { type: 'NotCertified' },
    farmingPolicyLimits: undefined,
  }
  w.put(Farms, 1, farm)
  w.put(Farms, 2, { ...farm, id: 2, name: 'two' })
  w.put(FarmingPoliciesMap, 1, { ...noFarmingPolicy, id: 1, default: true })
  w.put(FarmingPoliciesMap, 2, { ...noFarmingPolicy, id: 2, default: true, nodeCertification: { type: 'Certified' } })
})

describe('registration', () => {
  test('TG-NODE-CREATE-7: stores, lists, weighs and announces the node', () => {
    expect(make(a, 'createNode', details)).toBe('ok')
    expect(w.get(Nodes, 1)).toMatchObject({ id: 1, twinId: 2, farmingPolicyId: 1, certification: { type: 'Diy' }, created: 1_688_000_000n })
    expect(w.get(NodesByFarmID, 1)).toEqual([1])
    expect(w.get(NodeIdByTwinID, 2)).toBe(1)
    expect(w.get(FarmWeight, 1)).toBe(weightOf(resources))
    expect(told()).toEqual(['NodeStored'])
  })

  test('TG-NODE-CREATE-1 to 3, 5: farm, twin, the twin’s node and the policy are asked for in this order', () => {
    expect(make(who('x'), 'createNode', { ...details, farmId: 9 })).toBe('FarmNotExists')
    expect(make(who('x'), 'createNode', details)).toBe('TwinNotExists')
    w.remove(FarmingPoliciesMap, 1)
    expect(make(a, 'createNode', addressed('x'))).toBe('InterfaceIpTooShort')
    expect(make(a, 'createNode', details)).toBe('FarmingPolicyNotExists')
    w.put(NodeIdByTwinID, 2, 5)
    expect(make(a, 'createNode', addressed('x'))).toBe('NodeWithTwinIdExists')
  })

  test('TG-NODE-CREATE-6: limits are drawn on before the node is stored', () => {
    const limits = { farmingPolicyId: 2, cu: undefined, su: undefined, end: undefined, nodeCount: 1, nodeCertification: false }
    w.put(Farms, 1, { ...w.get(Farms, 1)!, farmingPolicyLimits: limits })
    expect(make(a, 'createNode', details)).toBe('ok')
    expect(told()).toEqual(['FarmUpdated', 'NodeStored'])
    expect(w.get(Farms, 1)!.farmingPolicyLimits!.nodeCount).toBe(0)
    expect(w.get(Nodes, 1)).toMatchObject({ farmingPolicyId: 2, certification: { type: 'Certified' } })
  })

  test('TG-NODE-DETAILS-15: the address that overruns the parser traps; intended is a refusal', () => {
    expect(make(a, 'createNode', addressed('1:2:3:4:5:6:7:::8'))).toBe('trap')
    expect(make(a, 'createNode', addressed('1:2:3:4:5:6:7:::8'), editions.intended)).toBe('InvalidInterfaceIP')
  })
})

describe('update', () => {
  beforeEach(() => {
    for (const twin of nodeTwins) make(twin, 'createNode', details)
    w.events.length = 0
  })

  test('TG-NODE-UPDATE-7: a node that changes its farm is listed last there, and weighs there', () => {
    make(a, 'updateNode', { ...details, nodeId: 1, farmId: 2 })
    make(a, 'updateNode', { ...details, nodeId: 1, resources: { ...resources, cru: 4n } })
    expect([w.get(NodesByFarmID, 1), w.get(NodesByFarmID, 2)]).toEqual([[2, 3, 1], []])
    expect(w.has(NodesByFarmID, 2)).toBe(true)
    expect([w.get(FarmWeight, 1), w.get(FarmWeight, 2)]).toEqual([2n * weightOf(resources) + weightOf({ ...resources, cru: 4n }), 0n])
  })

  test('TG-NODE-UPDATE-8: a certified node loses its certificate with its hardware, not with its address', () => {
    make(council, 'setNodeCertification', { nodeId: 1, nodeCertification: { type: 'Certified' } })
    w.events.length = 0
    make(a, 'updateNode', { ...addressed('10.0.0.1'), nodeId: 1 })
    expect([told(), w.get(Nodes, 1)!.certification.type]).toEqual([['NodeUpdated'], 'Certified'])
    w.events.length = 0
    make(a, 'updateNode', { ...details, nodeId: 1, resources: { ...resources, cru: 9n } })
    expect([told(), w.get(Nodes, 1)!.certification.type]).toEqual([['NodeCertificationSet', 'NodeUpdated'], 'Diy'])
  })

  test('TG-NODE-UPDATE-1 to 4: node, twin, owner and farm are asked for in this order', () => {
    expect(make(who('x'), 'updateNode', { ...details, nodeId: 9 })).toBe('NodeNotExists')
    expect(make(who('x'), 'updateNode', { ...details, nodeId: 1 })).toBe('TwinNotExists')
    expect(make(b, 'updateNode', { ...details, nodeId: 1, farmId: 9 })).toBe('NodeUpdateNotAuthorized')
    expect(make(a, 'updateNode', { ...details, nodeId: 1, farmId: 9 })).toBe('FarmNotExists')
  })
})

describe('deletion', () => {
  beforeEach(() => {
    for (const twin of nodeTwins) make(twin, 'createNode', details)
    w.events.length = 0
  })

  test('TG-NODE-GONE-1: contracts hear of it in their order, the rent contract last', () => {
    w.put(ActiveNodeContracts, 1, [5n, 3n])
    w.put(ActiveRentContractForNode, 1, 2n)
    expect(make(a, 'deleteNode', { nodeId: 1 })).toBe('ok')
    expect(heard).toEqual([5n, 3n, 2n])
    expect([w.has(Nodes, 1), w.get(NodesByFarmID, 1), w.get(FarmWeight, 1)]).toEqual([false, [2, 3], 2n * weightOf(resources)])
  })

  test('Q-NODE-TWIN-LINGERS: the twin of a node that deleted itself can register no node again', () => {
    make(a, 'deleteNode', { nodeId: 1 })
    expect(make(a, 'createNode', details)).toBe('NodeWithTwinIdExists')
    expect(make(a, 'reportUptime', { uptime: 1n })).toBe('NodeNotExists')
    make(b, 'deleteNode', { nodeId: 2 }, editions.intended)
    expect(make(b, 'createNode', details, editions.intended)).toBe('ok')
    expect(make(farmer, 'deleteNodeFarm', { nodeId: 3 })).toBe('ok')
    expect(make(c, 'createNode', details)).toBe('ok')
  })

  test('Q-NODE-LIST-UNSORTED: a node that came back to its farm is overlooked in the list', () => {
    make(a, 'updateNode', { ...details, nodeId: 1, farmId: 2 })
    make(a, 'updateNode', { ...details, nodeId: 1 })
    expect(w.get(NodesByFarmID, 1)).toEqual([2, 3, 1])
    expect(make(a, 'deleteNode', { nodeId: 1 })).toBe('NodeNotExists')
    expect(make(a, 'deleteNode', { nodeId: 1 }, editions.intended)).toBe('ok')
  })
})

describe('life', () => {
  beforeEach(() => {
    make(a, 'createNode', details)
    w.events.length = 0
  })

  test('TG-NODE-CERTIFY: the council and the certifiers certify, nobody else; a default policy is chosen anew', () => {
    const certify = { nodeId: 1, nodeCertification: { type: 'Certified' } }
    expect(make(b, 'setNodeCertification', certify)).toBe('NotAllowedToCertifyNode')
    expect(make(council, 'setNodeCertification', { ...certify, nodeId: 2 })).toBe('NodeNotExists')
    expect(make(council, 'addNodeCertifier', { certifier: b })).toBe('ok')
    expect(make(b, 'setNodeCertification', certify)).toBe('ok')
    expect(w.get(Nodes, 1)).toMatchObject({ certification: { type: 'Certified' }, farmingPolicyId: 2 })
    expect(told()).toEqual(['NodeCertifierAdded', 'NodeUpdated', 'NodeCertificationSet'])
  })

  test('TG-CERTIFIER: the list is ordered and stays when it is empty', () => {
    expect(make(council, 'removeNodeCertifier', { certifier: b })).toBe('ok')
    expect(told()).toEqual([])
    for (const certifier of [b, a, c]) make(council, 'addNodeCertifier', { certifier })
    expect(w.get(AllowedNodeCertifiers)).toEqual([a, b, c])
    expect(make(council, 'addNodeCertifier', { certifier: b })).toBe('AlreadyCertifier')
    for (const certifier of [b, a, c]) make(council, 'removeNodeCertifier', { certifier })
    expect(w.get(AllowedNodeCertifiers)).toEqual([])
    expect(make(council, 'removeNodeCertifier', { certifier: b })).toBe('NotCertifier')
  })

  test('TG-NODE-UPTIME-4: a hint may be a minute off', () => {
    const hint = (by: bigint) => make(a, 'reportUptimeV2', { uptime: 1n, timestampHint: 1_688_000_000n + by })
    expect([-61n, -60n, 60n, 61n].map(hint)).toEqual(['InvalidTimestampHint', 'ok', 'ok', 'InvalidTimestampHint'])
  })

  test('TG-POWER: the node says what it is, its farmer what it shall be', () => {
    expect(make(a, 'changePowerState', { powerState: { type: 'Up' } })).toBe('ok')
    expect(w.has(NodePower, 1)).toBe(false)
    expect(make(a, 'changePowerState', { powerState: { type: 'Down' } })).toBe('ok')
    expect(make(a, 'changePowerTarget', { nodeId: 1, powerTarget: { type: 'Down' } })).toBe('UnauthorizedToChangePowerTarget')
    expect(make(farmer, 'changePowerTarget', { nodeId: 1, powerTarget: { type: 'Down' } })).toBe('ok')
    expect(w.get(NodePower, 1)).toEqual({ state: { type: 'Down', value: 7 }, target: { type: 'Down' } })
    expect(told()).toEqual(['PowerStateChanged', 'PowerTargetChanged'])
    make(a, 'changePowerState', { powerState: { type: 'Down' } })
    expect(told()).toHaveLength(2)
    w.set(SystemNumber, 8)
    make(a, 'changePowerState', { powerState: { type: 'Down' } })
    expect(told()).toHaveLength(3)
  })

  test('TG-NODE-CONFIG: the farmer sets the public config, and takes it away', () => {
    const publicConfig = { ip4: { ip: '185.206.122.33/24', gw: '185.206.122.1' }, ip6: undefined, domain: undefined }
    const set = { farmId: 1, nodeId: 1, publicConfig }
    expect(make(a, 'addNodePublicConfig', { ...set, nodeId: 9 })).toBe('CannotUpdateFarmWrongTwin')
    expect(make(farmer, 'addNodePublicConfig', { ...set, nodeId: 9 })).toBe('NodeNotExists')
    expect(make(farmer, 'addNodePublicConfig', { ...set, farmId: 2 })).toBe('NodeUpdateNotAuthorized')
    expect(make(farmer, 'addNodePublicConfig', { ...set, publicConfig: { ...publicConfig, domain: '!' } })).toBe('InvalidPublicConfig')
    expect(make(farmer, 'addNodePublicConfig', set)).toBe('ok')
    expect(w.get(Nodes, 1)!.publicConfig).toEqual(publicConfig)
    expect(make(farmer, 'addNodePublicConfig', { ...set, publicConfig: undefined })).toBe('ok')
    expect(w.get(Nodes, 1)!.publicConfig).toBeUndefined()
  })
})
