import fc from 'fast-check'
import type { AccountId, Bytes } from '../../spec/kernel/shape.js'
import { addTwinEntity, createEntity, deleteEntity, deleteTwinEntity, updateEntity } from '../../spec/pallets/tfgrid/calls.js'
import { Entities, EntityIdByAccountID, Twins } from '../../spec/pallets/tfgrid/items.js'
import type { Draw } from '../draw.js'
import { signerOf, type Signer } from '../ed25519.js'
import { maker } from '../maker.js'
import { ownerOfTwin, twinId } from '../pick.js'
import { anyBytes, text, u32 } from '../values.js'
import { likely } from './tfgrid-callers.js'
import { entitySignature, entityText, proofSignature } from './tfgrid-signatures.js'

/** People with ed25519 keys, beside the actors, whose keys are sr25519. They hold nothing until the guide lends them something. Made when first asked for. */
let keys: readonly Signer[] | undefined
const signers = (): readonly Signer[] => (keys ??= [1, 2, 3, 4].map(signerOf))
const signerWith = (account: AccountId): Signer | undefined => signers().find((signer) => signer.account === account)

const name = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('ThreeFold', 'Three', 'acme', 'grid', 'zero', 'one', 'two') },
  { weight: 1, arbitrary: fc.oneof(fc.constantFrom('', 'x'.repeat(300)), anyBytes(8)) },
)
const country = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('Belgium', 'BE') },
  { weight: 1, arbitrary: fc.oneof(anyBytes(56), fc.constantFrom('', 'B')) },
)
const city = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('Ghent', 'G') },
  { weight: 1, arbitrary: fc.oneof(anyBytes(58), fc.constant('')) },
)
const details = fc.record({ name, country, city })

/** Texts that are no signature of anything. One that is no hexadecimal number makes the runtime trap: seldom wanted. */
const noSignature = fc.oneof(
  { weight: 6, arbitrary: text('0123456789abcdef', 128, 128) },
  { weight: 4, arbitrary: fc.oneof(text('0123456789abcdef', 0, 140), text('0f', 126, 130)) },
  { weight: 3, arbitrary: fc.oneof(text('0fg', 128, 128), anyBytes(4), fc.constant('\xc3\xa9'.repeat(64))) },
)
/** Nearly always the right signature, in lower case or not; where there is none, or sometimes, none at all. */
function orNone(d: Draw, signature: Bytes | undefined): Bytes {
  if (signature === undefined || d.chance(12)) return d.of(noSignature)
  return d.chance(10) ? signature.toUpperCase() : signature
}

/** An entity of somebody with an ed25519 key, who signs whatever the entity is. */
function signedEntity(d: Draw) {
  const signer = d.pick(signers())
  const said = d.of(details)
  const text = said.name + said.country + said.city
  return { target: signer.account, ...said, signature: orNone(d, signer.sign(d.chance(96) ? text : `${text}.`)) }
}
/** An entity of an actor, whose signature was made before: over a text that can be cut into name, country and city in many ways. */
function cutEntity(d: Draw) {
  const target = d.actor()
  const at = d.chance(40) ? 9 : d.int(0, entityText.length)
  const to = d.chance(40) ? Math.max(16, at) : d.int(at, entityText.length)
  return {
    ...{ target, name: entityText.slice(0, at), country: entityText.slice(at, to), city: entityText.slice(to) },
    signature: orNone(d, entitySignature(d.chance(95) ? target : d.actor())),
  }
}

const fourBytes = (n: number): Bytes => String.fromCharCode(n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255)
/** What the entity's account signs to stand behind a twin. */
function proof(d: Draw, entityId: number, twin: number): Bytes {
  const account = d.w.get(Entities, entityId)?.accountId
  if (account === undefined) return orNone(d, undefined)
  return orNone(d, signerWith(account)?.sign(fourBytes(entityId) + fourBytes(twin)) ?? proofSignature(account, entityId, twin))
}

const entityId = (d: Draw): number => (d.chance(94) ? d.keyOf(Entities) : undefined) ?? d.of(u32)
const hasEntity = (w: Draw['w']): boolean => w.count(Entities) > 0
/** The account of an entity that exists. */
const entityAccount = (d: Draw): AccountId => likely(d, d.keyOf(EntityIdByAccountID) ?? d.actor())

/** A twin with proofs, if a few draws find one. */
function provenTwin(d: Draw) {
  for (let i = 0; i < 6; i++) {
    const twin = d.entryOf(Twins)?.[1]
    if (twin !== undefined && twin.entities.length > 0) return twin
  }
  return undefined
}
/** A proof that a twin shows already. */
function shownProof(d: Draw) {
  const twin = provenTwin(d)
  return twin === undefined ? undefined : { who: twin.accountId, args: { twinId: twin.id, ...d.pick(twin.entities) } }
}

export const tfgridEntities = [
  maker({ call: createEntity, weight: 4, make: (d) => ({ who: d.actor(), args: d.chance(60) ? signedEntity(d) : cutEntity(d) }) }),
  maker({ call: updateEntity, weight: 4, ready: hasEntity, make: (d) => ({ who: entityAccount(d), args: d.of(details) }) }),
  maker({ call: deleteEntity, weight: 1, ready: hasEntity, make: (d) => ({ who: entityAccount(d), args: undefined }) }),
  maker({
    call: addTwinEntity,
    weight: 4,
    ready: (w) => hasEntity(w) && w.count(Twins) > 0,
    make: (d) => {
      const again = d.chance(15) ? shownProof(d) : undefined
      if (again !== undefined) return again
      const [entity, twin] = [entityId(d), twinId(d)]
      return { who: likely(d, ownerOfTwin(d, twin)), args: { twinId: twin, entityId: entity, signature: proof(d, entity, twin) } }
    },
  }),
  maker({
    call: deleteTwinEntity,
    weight: 2,
    ready: (w) => w.count(Twins) > 0,
    make: (d) => {
      const shown = d.chance(80) ? shownProof(d) : undefined
      const twin = shown?.args.twinId ?? twinId(d)
      return { who: likely(d, ownerOfTwin(d, twin)), args: { twinId: twin, entityId: shown?.args.entityId ?? entityId(d) } }
    },
  }),
]
