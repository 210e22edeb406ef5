import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Interpreter, Trap } from '../../../src/reference/interpreter.js'
import { callNamed } from '../../kernel/call.js'
import type { AccountId } from '../../kernel/shape.js'
import type { Origin } from '../../kernel/stage.js'
import type { Edition } from '../../kernel/version.js'
import { World } from '../../kernel/world.js'
import { Contracts } from '../smart-contract/items.js'
import { Now, SystemNumber } from '../system/items.js'
import { tfgridMachines } from './index.js'
import {
  Entities,
  EntityIdByName,
  FarmIdByName,
  FarmingPoliciesMap,
  Farms,
  NodeIdByTwinID,
  Nodes,
  NodesByFarmID,
  noFarmingPolicy,
  TwinIdByAccountID,
  Twins,
  UsersTermsAndConditions,
} from './items.js'

const [ann, ben, cem] = ['a', 'b', 'c'].map((letter) => letter.repeat(32) as AccountId) as [AccountId, AccountId, AccountId]
const metas = tfgridMachines.flatMap((m) => Object.values(m.states).flatMap((on) => Object.values(on).flat())).map((branch) => branch.meta)
const named = ['Q-NODE-LIST-UNSORTED', 'Q-POLICY-DEFAULT-UNFIT', 'Q-POLICY-LIMIT-CERTIFICATION']
const quirks = new Set([...named, ...metas.flatMap(({ quirk, instead }) => [quirk, instead]).filter((id) => id !== undefined)])
const at144: Edition = { name: '144', version: 144, quirks }
const intended: Edition = { name: 'intended', version: 144, quirks: new Set() }

class Play {
  readonly w = new World(144)
  readonly reference: Interpreter
  constructor(edition: Edition = at144) {
    this.reference = new Interpreter(tfgridMachines, edition)
    this.reference.checkTargets = true
    this.w.set(Now, 1_700_000_000_999n)
  }
  /** 'ok', the refusal's error without its pallet, or 'trap'; as a dispatch, which undoes what was refused. */
  call(by: AccountId | 'council', name: string, args: object | undefined): string {
    const origin: Origin = by === 'council' ? { type: 'council' } : { type: 'signed', who: by }
    const { machine, key } = callNamed(`TfgridModule.${name}`).subject(this.w, args, origin)
    const mark = this.w.mark()
    try {
      const refusal = this.reference.deliver(this.w, origin, machine, key, name, args)
      if (refusal === null) return 'ok'
      this.w.rollback(mark)
      return refusal.error.replace('TfgridModule.', '')
    } catch (error) {
      if (!(error instanceof Trap)) throw error
      this.w.rollback(mark)
      return 'trap'
    }
  }
  twin(who: AccountId): this {
    this.call(who, 'userAcceptTc', { documentLink: 'https://tc', documentHash: 'hash' })
    this.call(who, 'createTwin', { relay: undefined, pk: undefined })
    return this
  }
  farm(who: AccountId, name = 'farm', publicIps: readonly object[] = []): string {
    return this.call(who, 'createFarm', { name, publicIps })
  }
  get events(): readonly string[] {
    return this.w.events.map((e) => e.type.name)
  }
}
const ips = ['185.206.122.33/24', '185.206.122.34/24'] as const
const gw = '185.206.122.1'

describe('terms', () => {
  test('who consents twice has consented twice, and no event tells', () => {
    const play = new Play()
    expect(play.call(ann, 'userAcceptTc', { documentLink: 'x', documentHash: 'y' })).toBe('ok')
    expect(play.call(ann, 'userAcceptTc', { documentLink: 'x', documentHash: 'y' })).toBe('ok')
    const consent = { accountId: ann, timestamp: 1_700_000_000n, documentLink: 'x', documentHash: 'y' }
    expect(play.w.get(UsersTermsAndConditions, ann)).toEqual([consent, consent])
    expect(play.events).toEqual([])
  })

  test('the link is looked at before the hash, the length before the characters', () => {
    const play = new Play()
    expect(play.call(ann, 'userAcceptTc', { documentLink: '', documentHash: '' })).toBe('DocumentLinkInputTooShort')
    expect(play.call(ann, 'userAcceptTc', { documentLink: 'a%20b', documentHash: '' })).toBe('InvalidDocumentLinkInput')
    expect(play.call(ann, 'userAcceptTc', { documentLink: 'a', documentHash: '' })).toBe('DocumentHashInputTooShort')
    expect(play.call(ann, 'userAcceptTc', { documentLink: 'a', documentHash: 'a.b' })).toBe('InvalidDocumentHashInput')
  })
})

describe('twin', () => {
  test('an account consents first, and has one twin', () => {
    const play = new Play()
    const contact = { relay: 're.lay', pk: 'key' }
    expect(play.call(ann, 'createTwin', contact)).toBe('UserDidNotSignTermsAndConditions')
    expect(play.twin(ann).call(ann, 'createTwin', contact)).toBe('TwinWithPubkeyExists')
    expect(play.call(ann, 'updateTwin', contact)).toBe('ok')
    expect(play.call(ben, 'updateTwin', contact)).toBe('TwinNotExists')
    expect(play.w.get(Twins, 1)).toEqual({ id: 1, accountId: ann, ...contact, entities: [] })
  })

  test('anybody bonds to a twin of somebody else', () => {
    const play = new Play().twin(ann)
    expect(play.call(ann, 'bondTwinAccount', { twinId: 1 })).toBe('TwinCannotBoundToItself')
    expect(play.call(ben, 'bondTwinAccount', { twinId: 2 })).toBe('TwinNotExists')
    expect(play.call(ben, 'bondTwinAccount', { twinId: 1 })).toBe('ok')
  })

  test('a relay that begins with a label of one letter is refused (Q-TWIN-RELAY)', () => {
    expect(new Play(at144).twin(ann).call(ann, 'updateTwin', { relay: 'r.io', pk: undefined })).toBe('InvalidRelayAddress')
    expect(new Play(intended).twin(ann).call(ann, 'updateTwin', { relay: 'r.io', pk: undefined })).toBe('ok')
  })

  test('a proof that is no hexadecimal text traps (Q-TWIN-PROOF-HEX)', () => {
    const trapping = (edition: Edition): string => {
      const play = new Play(edition).twin(ann)
      play.w.put(Entities, 1, { version: 1, id: 1, name: 'n', accountId: ben, country: 'BE', city: 'G' })
      expect(play.call(ann, 'addTwinEntity', { twinId: 1, entityId: 2, signature: 'x' })).toBe('EntityNotExists')
      return play.call(ann, 'addTwinEntity', { twinId: 1, entityId: 1, signature: 'x' })
    }
    expect(trapping(at144)).toBe('trap')
    expect(trapping(intended)).toBe('EntitySignatureDoesNotMatch')
  })
})

describe('farm', () => {
  test('a farm can be made with IPs that could not be added (Q-FARM-IP-UNCHECKED), and twice the same (Q-FARM-IP-TWICE)', () => {
    const twice = [
      { ip: ips[0], gw },
      { ip: ips[0], gw: '185.206.122.2' },
    ]
    expect(new Play(at144).twin(ann).farm(ann, 'farm', [{ ip: 'x', gw }])).toBe('ok')
    expect(new Play(intended).twin(ann).farm(ann, 'farm', [{ ip: 'x', gw }])).toBe('InvalidPublicIP')
    expect(new Play(at144).twin(ann).farm(ann, 'farm', twice)).toBe('ok')
    expect(new Play(intended).twin(ann).farm(ann, 'farm', twice)).toBe('IpExists')
    expect(new Play(at144).twin(ann).farm(ann, 'farm', [twice[0]!, twice[0]!])).toBe('IpExists')
  })

  test('a farm has 256 IPs at most; a repetition counts only where the list is not yet full', () => {
    const list = (n: number) => Array.from({ length: n }, (_, i) => ({ ip: `1.2.${i >> 8}.${i & 255}/16`, gw: '1.2.0.0' }))
    const play = new Play().twin(ann)
    expect(play.farm(ann, 'f-256', list(256))).toBe('ok')
    expect(play.farm(ann, 'f-257', list(257))).toBe('InvalidPublicIP')
    expect(play.farm(ann, 'f-rep', [...list(256), list(1)[0]!])).toBe('IpExists')
    expect(play.farm(ann, 'f-rep', [...list(257), list(1)[0]!])).toBe('InvalidPublicIP')
    expect(play.call(ann, 'addFarmIp', { farmId: 1, ip: ips[0], gw })).toBe('InvalidPublicIP')
  })

  test('a name is another farm’s, the own, or changes; the old one is free then', () => {
    const play = new Play().twin(ann)
    play.farm(ann, 'one')
    play.farm(ann, 'two')
    expect(play.farm(ann, 'two')).toBe('FarmExists')
    expect(play.call(ann, 'updateFarm', { farmId: 1, name: 'two' })).toBe('InvalidFarmName')
    const before = play.events.length
    expect(play.call(ann, 'updateFarm', { farmId: 1, name: 'one' })).toBe('ok')
    expect(play.events.length).toBe(before)
    expect(play.call(ann, 'updateFarm', { farmId: 1, name: 'three' })).toBe('ok')
    expect([...play.w.entries(FarmIdByName)]).toEqual([
      ['two', 2],
      ['three', 1],
    ])
  })

  test('only an IP that is free can be removed; resetting frees one that is reserved (Q-FARM-IP-RESET)', () => {
    const play = (edition: Edition): Play => {
      const made = new Play(edition).twin(ann)
      made.farm(ann, 'farm', [{ ip: ips[0], gw }])
      made.w.put(Farms, 1, { ...made.w.get(Farms, 1)!, publicIps: [{ ip: ips[0], gateway: gw, contractId: 7n }] })
      made.w.put(Contracts, 7n, { contractId: 7n } as never)
      expect(made.call(ann, 'removeFarmIp', { farmId: 1, ip: ips[0] })).toBe('IpNotExists')
      return made
    }
    expect(play(at144).call('council', 'forceResetFarmIp', { farmId: 1, ip: ips[0] })).toBe('ok')
    expect(play(intended).call('council', 'forceResetFarmIp', { farmId: 1, ip: ips[0] })).toBe('IpNotExists')
  })

  test('a policy that does not exist can be attached (Q-FARM-POLICY-MISSING), one that has ended cannot', () => {
    const limits = { farmingPolicyId: 9, cu: undefined, su: undefined, end: undefined, nodeCount: undefined, nodeCertification: false }
    const attach = (play: Play): string => play.call('council', 'attachPolicyToFarm', { farmId: 1, limits })
    const [real, ideal] = [at144, intended].map((edition) => new Play(edition).twin(ann)) as [Play, Play]
    expect(attach(real)).toBe('FarmNotExists')
    real.farm(ann)
    ideal.farm(ann)
    expect(attach(real)).toBe('ok')
    expect(real.events.slice(-2)).toEqual(['FarmUpdated', 'FarmingPolicySet'])
    expect(attach(ideal)).toBe('FarmingPolicyNotExists')
    real.w.put(FarmingPoliciesMap, 9, { ...noFarmingPolicy, id: 9, policyCreated: 2, policyEnd: 3 })
    real.w.set(SystemNumber, 4)
    expect(attach(real)).toBe('ok')
    real.w.set(SystemNumber, 5)
    expect(attach(real)).toBe('FarmingPolicyExpired')
    expect(real.call('council', 'attachPolicyToFarm', { farmId: 5, limits: undefined })).toBe('ok')
  })

  test('a farmer deletes a node; one that the search misses stays listed (Q-NODE-LIST-UNSORTED)', () => {
    const listAfter = (edition: Edition): readonly number[] => {
      const play = new Play(edition).twin(ann).twin(ben)
      play.farm(ann)
      const node = { id: 1, farmId: 1, twinId: 2, resources: { hru: 0n, sru: 0n, cru: 0n, mru: 0n } }
      play.w.put(Nodes, 1, node as never)
      play.w.put(NodeIdByTwinID, 2, 1)
      play.w.put(NodesByFarmID, 1, [5, 6, 1])
      expect(play.call(cem, 'deleteNodeFarm', { nodeId: 1 })).toBe('TwinNotExists')
      expect(play.call(ben, 'deleteNodeFarm', { nodeId: 1 })).toBe('FarmerNotAuthorized')
      expect(play.call(ann, 'deleteNodeFarm', { nodeId: 2 })).toBe('NodeNotExists')
      expect(play.call(ann, 'deleteNodeFarm', { nodeId: 1 })).toBe('ok')
      expect(play.w.has(Nodes, 1) || play.w.has(NodeIdByTwinID, 2)).toBe(false)
      return play.w.get(NodesByFarmID, 1)
    }
    expect(listAfter(at144)).toEqual([5, 6, 1])
    expect(listAfter(intended)).toEqual([5, 6])
  })
})

const who = fc.constantFrom(ann, ben, cem)
const ip = fc.constantFrom(...ips, '10.0.0.1/8', '185.206.122.33/25')
const farmId = fc.integer({ min: 1, max: 3 })
const step = fc.oneof(
  fc.tuple(who, fc.constant('createTwin'), fc.record({ relay: fc.constantFrom(undefined, 're.io'), pk: fc.constant(undefined) })),
  fc.tuple(
    who,
    fc.constant('createFarm'),
    fc.record({ name: fc.constantFrom('one', 'two', 'x'), publicIps: fc.array(fc.record({ ip, gw: fc.constant(gw) }), { maxLength: 3 }) }),
  ),
  fc.tuple(who, fc.constant('updateFarm'), fc.record({ farmId, name: fc.constantFrom('one', 'two', 'three') })),
  fc.tuple(who, fc.constant('addFarmIp'), fc.record({ farmId, ip, gw: fc.constant(gw) })),
  fc.tuple(who, fc.constant('removeFarmIp'), fc.record({ farmId, ip })),
)

test('every index agrees with what it indexes, and a farm lists an IP once, whatever is called', () => {
  fc.assert(
    fc.property(fc.constantFrom(at144, intended), fc.array(step, { maxLength: 40 }), (edition, steps) => {
      const play = new Play(edition)
      for (const account of [ann, ben]) play.twin(account)
      for (const [by, name, args] of steps) play.call(by, name, args)
      for (const [account, id] of play.w.entries(TwinIdByAccountID)) expect(play.w.get(Twins, id)!.accountId).toBe(account)
      for (const [name, id] of play.w.entries(FarmIdByName)) expect(play.w.get(Farms, id)!.name).toBe(name)
      for (const [id, farm] of play.w.entries(Farms)) {
        expect(farm.id).toBe(id)
        expect(play.w.get(FarmIdByName, farm.name)).toBe(id)
        expect(new Set(farm.publicIps.map((each) => each.ip)).size).toBe(farm.publicIps.length)
      }
      expect([...play.w.entries(EntityIdByName)]).toEqual([])
    }),
  )
})
