import { ed25519PairFromSeed, ed25519Sign, sr25519PairFromSeed, sr25519Sign } from '@polkadot/util-crypto'
import { expect, test } from 'vitest'
import { Interpreter, Trap } from '../../../src/reference/interpreter.js'
import { callNamed } from '../../kernel/call.js'
import type { AccountId, Bytes } from '../../kernel/shape.js'
import { World } from '../../kernel/world.js'
import './calls.js'
import { entity } from './entity.machine.js'
import { Entities, EntityIdByName, Twins } from './items.js'
import { twin } from './twin.machine.js'

const latin1 = (bytes: Uint8Array): Bytes => Buffer.from(bytes).toString('latin1')
const pairs = { ed: ed25519PairFromSeed(new Uint8Array(32).fill(1)), sr: sr25519PairFromSeed(new Uint8Array(32).fill(2)) }
const [ed, sr] = [pairs.ed, pairs.sr].map(({ publicKey }) => latin1(publicKey) as AccountId) as [AccountId, AccountId]
const signature = (scheme: 'ed' | 'sr', message: Bytes): Bytes => {
  const raw = Buffer.from(message, 'latin1')
  return Buffer.from(scheme === 'ed' ? ed25519Sign(raw, pairs.ed) : sr25519Sign(raw, pairs.sr)).toString('hex')
}

class Play {
  readonly w = new World(144)
  private readonly reference: Interpreter
  constructor(quirks: readonly string[] = ['Q-ENTITY-SIGNATURE-HEX', 'Q-TWIN-PROOF-HEX']) {
    this.reference = new Interpreter([entity, twin], { name: '144', version: 144, quirks: new Set(quirks) })
    this.reference.checkTargets = true
  }
  call(who: AccountId, name: string, args: object | undefined): string {
    const origin = { type: 'signed', who } as const
    const { machine, key } = callNamed(`TfgridModule.${name}`).subject(this.w, args, origin)
    try {
      return this.reference.deliver(this.w, origin, machine, key, name, args)?.error.replace('TfgridModule.', '') ?? 'ok'
    } catch (error) {
      if (error instanceof Trap) return 'trap'
      throw error
    }
  }
}
const person = (target: AccountId, name: Bytes, signed: Bytes) => ({ target, name, country: 'BE', city: 'Ghent', signature: signed })

test('an entity is made by anybody whom its account, ed25519 or sr25519, has signed for', () => {
  const play = new Play()
  expect(play.call(sr, 'createEntity', person(ed, 'one', signature('ed', 'oneBEGhent')))).toBe('ok')
  expect(play.call(ed, 'createEntity', person(sr, 'two', signature('sr', 'twoBEGhent').toUpperCase()))).toBe('ok')
  expect(play.w.get(Entities, 2)).toEqual({ version: 1, id: 2, name: 'two', accountId: sr, country: 'BE', city: 'Ghent' })
})

test('refusals stand in this order: name, account, length, digits, signature, country, city', () => {
  const play = new Play()
  const short = { target: sr, name: 'x', country: 'B', city: '', signature: signature('sr', 'xB') }
  play.call(ed, 'createEntity', person(ed, 'one', signature('ed', 'oneBEGhent')))
  expect(play.call(ed, 'createEntity', person(ed, 'one', ''))).toBe('EntityWithNameExists')
  expect(play.call(ed, 'createEntity', person(ed, 'two', ''))).toBe('EntityWithPubkeyExists')
  expect(play.call(ed, 'createEntity', person(sr, 'two', 'ab'))).toBe('SignatureLengthIsIncorrect')
  expect(play.call(ed, 'createEntity', person(sr, 'two', 'x'.repeat(128)))).toBe('trap')
  expect(play.call(ed, 'createEntity', person(sr, 'two', 'a'.repeat(128)))).toBe('EntitySignatureDoesNotMatch')
  expect(play.call(ed, 'createEntity', short)).toBe('CountryNameTooShort')
  expect(play.call(ed, 'createEntity', { ...short, country: 'BE', signature: signature('sr', 'xBE') })).toBe('CityNameTooShort')
})

test('a signature that is no hexadecimal text is merely wrong where the quirk is off', () => {
  expect(new Play([]).call(ed, 'createEntity', person(sr, 'two', 'x'.repeat(128)))).toBe('EntitySignatureDoesNotMatch')
})

test('an entity that keeps its name cannot change; a new name frees the old one', () => {
  const play = new Play()
  play.call(ed, 'createEntity', person(ed, 'one', signature('ed', 'oneBEGhent')))
  expect(play.call(ed, 'updateEntity', { name: 'one', country: 'FR', city: 'Lyon' })).toBe('EntityWithNameExists')
  expect(play.call(sr, 'updateEntity', { name: 'uno', country: 'FR', city: 'Lyon' })).toBe('EntityNotExists')
  expect(play.call(ed, 'updateEntity', { name: 'uno', country: 'FR', city: 'Lyon' })).toBe('ok')
  expect([...play.w.entries(EntityIdByName)]).toEqual([['uno', 1]])
})

test('a twin shows a proof once; it outlives the entity', () => {
  const play = new Play()
  play.call(ed, 'createEntity', person(ed, 'one', signature('ed', 'oneBEGhent')))
  play.w.put(Twins, 258, { id: 258, accountId: sr, relay: undefined, entities: [], pk: undefined })
  const proof = { twinId: 258, entityId: 1, signature: signature('ed', '\0\0\0\x01\0\0\x01\x02') }
  expect(play.call(ed, 'addTwinEntity', proof)).toBe('UnauthorizedToUpdateTwin')
  expect(play.call(sr, 'addTwinEntity', proof)).toBe('ok')
  expect(play.call(sr, 'addTwinEntity', proof)).toBe('EntityWithSignatureAlreadyExists')
  expect(play.call(ed, 'deleteEntity', undefined)).toBe('ok')
  expect(play.call(ed, 'deleteEntity', undefined)).toBe('EntityNotExists')
  expect(play.call(sr, 'addTwinEntity', proof)).toBe('EntityNotExists')
  expect(play.call(sr, 'deleteTwinEntity', { twinId: 258, entityId: 1 })).toBe('ok')
  expect(play.call(sr, 'deleteTwinEntity', { twinId: 258, entityId: 1 })).toBe('EntityNotExists')
})
