/**
 * Twins: accounts with an address on the message bus. Everything else of the grid is a twin's.
 * @source pallet-tfgrid/src/twin.rs @439e6919
 */
import { accept, machine, refuse, trap } from '../../kernel/machine.js'
import type { Bytes } from '../../kernel/shape.js'
import { parseSignature, signedBy } from '../../kernel/signatures.js'
import type { Stage } from '../../kernel/stage.js'
import type { addTwinEntity, ArgsOf, createTwin, deleteTwinEntity } from './calls.js'
import { TwinAccountBounded, TwinEntityRemoved, TwinEntityStored, TwinStored, TwinUpdated } from './events.js'
import { Entities, TwinBoundedAccountID, TwinID, TwinIdByAccountID, Twins, UsersTermsAndConditions } from './items.js'
import { RELAYS, type Twin } from './types.js'
import { parseIp6 } from './validation/ip6.js'
import { relayBeginsWithOneLetter, relayIsValid } from './validation/relay.js'

type Any = Stage<unknown, number>
type Contact = Stage<ArgsOf<typeof createTwin>, number>
type Proof = Stage<ArgsOf<typeof addTwinEntity>, number>
type Unproof = Stage<ArgsOf<typeof deleteTwinEntity>, number>

/** A single letter before the first dot of a relay is taken for two dots in a row. */
const shortRelay = 'Q-TWIN-RELAY'
/** A proof that is no text of 128 hexadecimal digits panics: `expect("Decoding failed")`. */
const hexProof = 'Q-TWIN-PROOF-HEX'

const proofOfNobody = refuse('TG-TWIN-PROOF-1', 'entityIsAbsent', 'EntityNotExists')

/** A twin that exists: the key's. */
const self = (s: Any): Twin => s.w.get(Twins, s.key)!
/** What an entity signs to stand behind a twin: both ids, four bytes each, big endian. */
const proofText = (s: Proof): Bytes => bigEndian(s.args.entityId) + bigEndian(s.key)
const bigEndian = (n: number): Bytes => String.fromCharCode(n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255)
const proofOf = (s: Unproof): number => self(s).entities.findIndex((proof) => proof.entityId === s.args.entityId)

/** Replaces the twin. */
function store(s: Any, changed: Twin): void {
  s.w.put(Twins, s.key, changed)
}

/** The twin that the caller becomes. */
function welcome(s: Contact, created: Twin): void {
  store(s, created)
  s.w.set(TwinID, s.key)
  s.w.put(TwinIdByAccountID, s.caller, s.key)
  s.emit(TwinStored, created)
}

/** The IPv6 address of a twin of the time before relays; its shortest length, and the version of its struct. @source twin.rs, lib.rs @a3e802fe */
const ip = (s: Contact): Bytes => s.args.ip ?? ''
const minTwinIpLength = 3
const twinVersion = 1

/** A twin. Its key is its id. */
export const twin = machine({
  id: 'twin',
  pallet: 'TfgridModule',
  says: 'a digital twin: an account of a user, a farmer or a node, and where it is reached',
  state: (w, id: number) => (w.has(Twins, id) ? 'live' : 'absent'),
  states: {
    absent: {
      createTwin: [
        refuse('TG-TWIN-CREATE-1', 'callerHasNotConsented', 'UserDidNotSignTermsAndConditions'),
        refuse('TG-TWIN-CREATE-2', 'callerHasATwin', 'TwinWithPubkeyExists'),
        refuse('TG-TWIN-CREATE-6', 'ipIsTooShort', 'TwinIpTooShort', { until: RELAYS }),
        trap('TG-TWIN-CREATE-7', 'ipOverruns', 'index out of bounds', { until: RELAYS, quirk: 'Q-IP6-OVERRUN' }),
        refuse('TG-TWIN-CREATE-8', 'ipIsNoIp6', 'InvalidTwinIp', { until: RELAYS }),
        accept('TG-TWIN-CREATE-9', { until: RELAYS, to: 'live', do: ['createTwinWithIp'] }),
        refuse('TG-TWIN-CREATE-3', 'relayIsInvalid', 'InvalidRelayAddress', { from: RELAYS }),
        refuse('TG-TWIN-CREATE-4', 'relayBeginsWithOneLetter', 'InvalidRelayAddress', { from: RELAYS, quirk: shortRelay }),
        accept('TG-TWIN-CREATE-5', { from: RELAYS, to: 'live', do: ['createTwin'] }),
      ],
      updateTwin: [refuse('TG-TWIN-UPDATE-1', null, 'TwinNotExists')],
      addTwinEntity: [proofOfNobody, refuse('TG-TWIN-PROOF-2', null, 'TwinNotExists')],
      deleteTwinEntity: [refuse('TG-TWIN-UNPROOF-1', null, 'TwinNotExists')],
      bondTwinAccount: [refuse('TG-TWIN-BOND-1', null, 'TwinNotExists')],
    },
    live: {
      updateTwin: [
        refuse('TG-TWIN-UPDATE-2', 'callerIsNotTheTwin', 'UnauthorizedToUpdateTwin', {
          says: "never: a twin's account does not change, and finds its twin",
        }),
        refuse('TG-TWIN-UPDATE-3', 'relayIsInvalid', 'InvalidRelayAddress'),
        refuse('TG-TWIN-UPDATE-4', 'relayBeginsWithOneLetter', 'InvalidRelayAddress', { quirk: shortRelay }),
        accept('TG-TWIN-UPDATE-5', { to: 'live', do: ['replaceContact'] }),
      ],
      addTwinEntity: [
        proofOfNobody,
        refuse('TG-TWIN-PROOF-3', 'callerIsNotTheTwin', 'UnauthorizedToUpdateTwin'),
        refuse('TG-TWIN-PROOF-4', 'proofIsThere', 'EntityWithSignatureAlreadyExists'),
        trap('TG-TWIN-PROOF-5', 'proofIsNotHexadecimal', 'Decoding failed', { quirk: hexProof }),
        refuse('TG-TWIN-PROOF-6', 'entityDidNotSign', 'EntitySignatureDoesNotMatch'),
        accept('TG-TWIN-PROOF-7', { to: 'live', do: ['addProof'] }),
      ],
      deleteTwinEntity: [
        refuse('TG-TWIN-UNPROOF-2', 'callerIsNotTheTwin', 'UnauthorizedToUpdateTwin'),
        refuse('TG-TWIN-UNPROOF-3', 'noProofOfTheEntity', 'EntityNotExists'),
        accept('TG-TWIN-UNPROOF-4', { to: 'live', do: ['removeProof'] }),
      ],
      bondTwinAccount: [
        refuse('TG-TWIN-BOND-2', 'callerIsTheTwin', 'TwinCannotBoundToItself'),
        accept('TG-TWIN-BOND-3', { to: 'live', do: ['bondCaller'] }),
      ],
    },
  },
  guards: {
    callerHasNotConsented: (s: Any) => !s.w.has(UsersTermsAndConditions, s.caller),
    callerHasATwin: (s: Any) => s.w.has(TwinIdByAccountID, s.caller),
    callerIsTheTwin: (s: Any) => self(s).accountId === s.caller,
    callerIsNotTheTwin: (s: Any) => self(s).accountId !== s.caller,
    relayIsInvalid: (s: Contact) => s.args.relay !== undefined && !relayIsValid(s.args.relay),
    relayBeginsWithOneLetter: (s: Contact) => s.args.relay !== undefined && relayBeginsWithOneLetter(s.args.relay),
    ipIsTooShort: (s: Contact) => ip(s).length < minTwinIpLength,
    ipOverruns: (s: Contact) => parseIp6(ip(s)) === 'overrun',
    ipIsNoIp6: (s: Contact) => parseIp6(ip(s)) === null || parseIp6(ip(s)) === 'overrun',
    entityIsAbsent: (s: Proof) => !s.w.has(Entities, s.args.entityId),
    proofIsThere: (s: Proof) =>
      self(s).entities.some((proof) => proof.entityId === s.args.entityId && proof.signature === s.args.signature),
    proofIsNotHexadecimal: (s: Proof) => parseSignature(s.args.signature) === null,
    entityDidNotSign: (s: Proof) => !signedBy(s.w.get(Entities, s.args.entityId)!.accountId, s.args.signature, proofText(s)),
    noProofOfTheEntity: (s: Unproof) => proofOf(s) < 0,
  },
  effects: {
    createTwin: (s: Contact) => {
      const { relay, pk } = s.args
      welcome(s, { id: s.key, accountId: s.caller, relay, entities: [], pk })
    },
    createTwinWithIp: (s: Contact) => welcome(s, { version: twinVersion, id: s.key, accountId: s.caller, ip: ip(s), entities: [] }),
    replaceContact: (s: Contact) => {
      const { relay, pk } = s.args
      store(s, { ...self(s), relay, pk })
      s.emit(TwinUpdated, self(s))
    },
    addProof: (s: Proof) => {
      const { entityId, signature } = s.args
      store(s, { ...self(s), entities: [...self(s).entities, { entityId, signature }] })
      s.emit(TwinEntityStored, [s.key, entityId, signature])
    },
    removeProof: (s: Unproof) => {
      store(s, { ...self(s), entities: self(s).entities.toSpliced(proofOf(s), 1) })
      s.emit(TwinEntityRemoved, [s.key, s.args.entityId])
    },
    bondCaller: (s: Any) => {
      s.w.put(TwinBoundedAccountID, s.key, s.caller)
      s.emit(TwinAccountBounded, [s.key, s.caller])
    },
  },
})
