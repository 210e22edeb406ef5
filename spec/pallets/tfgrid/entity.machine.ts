/**
 * Entities: people and companies by name. Twins show proofs of them.
 * @source pallet-tfgrid/src/twin.rs `_create_entity`, `_update_entity`, `_delete_entity` @439e6919
 */
import { accept, machine, refuse, trap } from '../../kernel/machine.js'
import { parseSignature, signedBy } from '../../kernel/signatures.js'
import type { Stage } from '../../kernel/stage.js'
import type { ArgsOf, createEntity, updateEntity } from './calls.js'
import { EntityDeleted, EntityStored, EntityUpdated } from './events.js'
import { Entities, EntityID, EntityIdByAccountID, EntityIdByName } from './items.js'
import type { Entity } from './types.js'

type Any = Stage<unknown, number>
type Create = Stage<ArgsOf<typeof createEntity>, number>
type Update = Stage<ArgsOf<typeof updateEntity>, number>

/** Version of the entity struct that is written. */
const entityVersion = 1
/** The length of a signature as text. */
const signatureLength = 128
/** The fewest bytes, as for a node's location. The most are 56 and 58: longer ones do not decode. */
const minCountryLength = 2
const minCityLength = 1
/** 128 characters that are not all hexadecimal digits panic: `expect("Decoding failed")`. */
const hexSignature = 'Q-ENTITY-SIGNATURE-HEX'

/** Also the entity's own name: an entity that keeps its name cannot change country and city. */
const nameIsTaken = refuse('TG-ENTITY-UPDATE-1', 'nameIsTaken', 'EntityWithNameExists')

/** An entity that exists: the key's. */
const self = (s: Any): Entity => s.w.get(Entities, s.key)!

/** An entity. Its key is its id. */
export const entity = machine({
  id: 'entity',
  pallet: 'TfgridModule',
  says: 'an entity: a person or a company',
  state: (w, id: number) => (w.has(Entities, id) ? 'live' : 'absent'),
  states: {
    absent: {
      createEntity: [
        refuse('TG-ENTITY-CREATE-1', 'nameIsTaken', 'EntityWithNameExists'),
        refuse('TG-ENTITY-CREATE-2', 'targetHasAnEntity', 'EntityWithPubkeyExists'),
        refuse('TG-ENTITY-CREATE-3', 'signatureHasWrongLength', 'SignatureLengthIsIncorrect'),
        trap('TG-ENTITY-CREATE-4', 'signatureIsNotHexadecimal', 'Decoding failed', { quirk: hexSignature }),
        refuse('TG-ENTITY-CREATE-5', 'targetDidNotSign', 'EntitySignatureDoesNotMatch'),
        refuse('TG-ENTITY-CREATE-6', 'countryIsTooShort', 'CountryNameTooShort'),
        refuse('TG-ENTITY-CREATE-7', 'cityIsTooShort', 'CityNameTooShort'),
        accept('TG-ENTITY-CREATE-8', { to: 'live', do: ['createEntity'] }),
      ],
      updateEntity: [nameIsTaken, refuse('TG-ENTITY-UPDATE-2', null, 'EntityNotExists')],
      deleteEntity: [refuse('TG-ENTITY-DELETE-1', null, 'EntityNotExists')],
    },
    live: {
      updateEntity: [
        nameIsTaken,
        refuse('TG-ENTITY-UPDATE-3', 'callerIsNotTheEntity', 'CannotUpdateEntity', { says: 'never: an account finds its own entity' }),
        refuse('TG-ENTITY-UPDATE-4', 'countryIsTooShort', 'CountryNameTooShort'),
        refuse('TG-ENTITY-UPDATE-5', 'cityIsTooShort', 'CityNameTooShort'),
        accept('TG-ENTITY-UPDATE-6', { to: 'live', do: ['updateEntity'] }),
      ],
      deleteEntity: [
        refuse('TG-ENTITY-DELETE-2', 'callerIsNotTheEntity', 'CannotDeleteEntity', { says: 'never: an account finds its own entity' }),
        accept('TG-ENTITY-DELETE-3', { to: 'absent', do: ['deleteEntity'], says: 'its proofs stay with the twins that have them' }),
      ],
    },
  },
  guards: {
    nameIsTaken: (s: Update) => s.w.has(EntityIdByName, s.args.name),
    targetHasAnEntity: (s: Create) => s.w.has(EntityIdByAccountID, s.args.target),
    signatureHasWrongLength: (s: Create) => s.args.signature.length !== signatureLength,
    signatureIsNotHexadecimal: (s: Create) => parseSignature(s.args.signature) === null,
    targetDidNotSign: ({ args }: Create) => !signedBy(args.target, args.signature, args.name + args.country + args.city),
    countryIsTooShort: (s: Update) => s.args.country.length < minCountryLength,
    cityIsTooShort: (s: Update) => s.args.city.length < minCityLength,
    callerIsNotTheEntity: (s: Any) => self(s).accountId !== s.caller,
  },
  effects: {
    createEntity: (s: Create) => {
      const { target, name, country, city } = s.args
      const created: Entity = { version: entityVersion, id: s.key, name, accountId: target, country, city }
      s.w.put(Entities, s.key, created)
      s.w.put(EntityIdByName, name, s.key)
      s.w.put(EntityIdByAccountID, target, s.key)
      s.w.set(EntityID, s.key)
      s.emit(EntityStored, created)
    },
    updateEntity: (s: Update) => {
      const { name, country, city } = s.args
      s.w.remove(EntityIdByName, self(s).name)
      s.w.put(Entities, s.key, { ...self(s), name, country, city })
      s.w.put(EntityIdByName, name, s.key)
      s.emit(EntityUpdated, self(s))
    },
    deleteEntity: (s: Any) => {
      const { name } = self(s)
      s.w.remove(Entities, s.key)
      s.w.remove(EntityIdByName, name)
      s.w.remove(EntityIdByAccountID, s.caller)
      s.emit(EntityDeleted, s.key)
    },
  },
})
