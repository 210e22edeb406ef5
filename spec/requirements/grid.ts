import { carried, outside, planned, type Requirement } from './requirement.js'

const SPEC = 'pallet-tfgrid/spec.md'
const DAO = 'docs/misc/minimal_DAO.md'

/** Twins, entities, farms, nodes and policies. */
export const gridRequirements: readonly Requirement[] = [
  carried('REQ-TG-1', 'Only the key that made an object changes or deletes it.', `${SPEC}, Prelude`, {
    rules: ['TG-TWIN-UPDATE-2', 'TG-FARM-RENAME-3', 'TG-NODE-UPDATE-3'],
    invariants: ['INV-TG-36', 'INV-TG-37', 'INV-TG-38'],
  }),
  carried('REQ-TG-2', 'A farmer changes the settings of the farm’s nodes.', `${SPEC}, Prelude`, {
    rules: ['TG-NODE-CONFIG-8', 'TG-FARM-NODE-DELETE-5'],
    invariants: ['INV-TG-37'],
  }),
  outside(
    'REQ-TG-3',
    'Only ed25519 keys sign.',
    `${SPEC}, Prelude`,
    'Not so at any described version: sr25519 and ecdsa sign as well. Signatures of extrinsics are checked below the pallets; the sentence is about the document’s time.',
  ),
  carried('REQ-TG-4', 'An account has one entity at most.', `${SPEC}, Entities`, {
    rules: ['TG-ENTITY-CREATE-2'],
    invariants: ['INV-TG-14', 'INV-TG-15'],
  }),
  carried('REQ-TG-5', 'An entity’s name is its own.', `${SPEC}, Entities`, {
    rules: ['TG-ENTITY-CREATE-1'],
    invariants: ['INV-TG-16', 'INV-TG-17'],
  }),
  carried('REQ-TG-6', 'An entity is made with the consent of the account that it stands for.', `${SPEC}, Entities`, {
    rules: ['TG-ENTITY-CREATE-5'],
    invariants: ['INV-TG-14'],
    decided: `${SPEC} takes the address from whoever signs the call; the code takes a target and its signature. Decided for the code: a signature is the same consent.`,
  }),
  carried('REQ-TG-7', 'An account has one twin, for ever.', `${SPEC}, Twins`, {
    rules: ['TG-TWIN-CREATE-2'],
    invariants: ['INV-TG-1', 'INV-TG-7', 'INV-TG-35'],
  }),
  carried('REQ-TG-8', 'A twin is reached by a relay, a domain name.', 'docs/architecture/0005-twin-changed.md, Decision', {
    rules: ['TG-TWIN-CREATE-3', 'TG-TWIN-UPDATE-3'],
    invariants: ['INV-TG-33'],
    decided: `${SPEC} has IPs here; the later decision replaced them.`,
  }),
  carried('REQ-TG-9', 'A twin is linked to an entity only with the entity’s signature over both ids.', `${SPEC}, Twins`, {
    rules: ['TG-TWIN-PROOF-6', 'TG-TWIN-PROOF-7'],
    tests: ['spec/pallets/tfgrid/users.test.ts'],
  }),
  carried('REQ-TG-10', 'Whoever makes a twin has consented to the terms.', 'docs/misc/create_farm.md, Step 5', {
    rules: ['TG-TWIN-CREATE-1'],
    invariants: ['INV-TG-19'],
  }),
  carried(
    'REQ-TG-11',
    'A twin may be bonded to a savings account, which begins the bond, and is another.',
    'docs/architecture/0007-twin-bond-stash-account.md, Decision',
    { rules: ['TG-TWIN-BOND-2', 'TG-TWIN-BOND-3'], invariants: ['INV-TG-22'] },
  ),
  planned(
    'REQ-TG-12',
    'A twin’s owner agrees to the account that it is bonded to.',
    'docs/architecture/0007-twin-bond-stash-account.md, Decision',
    'The decision lets the savings account begin the bond and says nothing of the twin: anybody may replace a twin’s bond by its own, and lower its discount. Whether this is meant is undecided.',
  ),
  carried('REQ-TG-13', 'A farm belongs to a twin, and has a name of its own.', `${SPEC}, Farms`, {
    rules: ['TG-FARM-CREATE-1', 'TG-FARM-CREATE-3', 'TG-FARM-RENAME-7'],
    invariants: ['INV-TG-2', 'INV-TG-8', 'INV-TG-21'],
  }),
  carried('REQ-TG-14', 'A farmer adds and removes public IPs, which belong to the farm.', `${SPEC}, Farms`, {
    rules: ['TG-FARM-IP-ADD-7', 'TG-FARM-IP-REMOVE-5'],
    invariants: ['INV-TG-5', 'INV-TG-11', 'INV-TG-38'],
  }),
  carried(
    'REQ-TG-15',
    'An IP that a contract has reserved is neither removed nor freed under it.',
    `${SPEC}, Farms; pallet-smart-contract/spec.md, Architecture 1`,
    { rules: ['TG-FARM-IP-REMOVE-4', 'TG-FARM-IP-RESET-3'], invariants: ['INV-SC-4'] },
  ),
  carried('REQ-TG-16', 'A node is a twin’s, belongs to a farm, and there is one for a twin.', `${SPEC}, Nodes`, {
    rules: ['TG-NODE-CREATE-1', 'TG-NODE-CREATE-3'],
    invariants: ['INV-TG-3', 'INV-TG-4', 'INV-TG-9', 'INV-TG-20'],
  }),
  carried('REQ-TG-17', 'On boot a node registers with the key that it has, also after it was deleted.', `${SPEC}, Nodes`, {
    rules: ['TG-NODE-DELETE-6'],
    invariants: ['INV-TG-10', 'INV-TG-39'],
  }),
  carried('REQ-TG-18', 'Nodes are created, updated and deleted by calls of theirs.', `${SPEC}, Creating / updating / deleting objects`, {
    rules: ['TG-NODE-CREATE-4', 'TG-NODE-UPDATE-5', 'TG-NODE-DELETE-6'],
    invariants: ['INV-TG-6', 'INV-TG-34', 'GATE-TG-1', 'GATE-TG-2'],
  }),
  planned(
    'REQ-TG-19',
    'Only the farm that a node names manages it: a farmer agrees to the nodes of the farm.',
    `${SPEC}, Nodes`,
    'Any twin may join any farm and draw on the limits of its policy. Whether the kernel argument is meant as consent is undecided.',
  ),
  carried('REQ-TG-20', 'The farmer asks for a node’s power, the node tells it.', 'docs/architecture/0004-node-power.md, Decision', {
    rules: ['TG-POWER-TARGET-4', 'TG-POWER-STATE-5'],
    invariants: ['INV-TG-37'],
    since: 125,
  }),
  carried('REQ-TG-21', 'A node tells whether it has a GPU.', 'docs/architecture/0012-track-node-gpu.md, Decision', {
    rules: ['TG-NODE-GPU-4'],
    tests: ['spec/pallets/tfgrid/node.machine.test.ts'],
  }),
  carried('REQ-TG-22', 'A policy’s id names one policy, and its name one policy.', 'docs/misc/pricing_policies.md', {
    rules: ['TG-PRICING-CREATE-1', 'TG-PRICING-UPDATE-6'],
    invariants: ['INV-TG-12', 'INV-TG-13'],
  }),
  carried('REQ-TG-23', 'Every new farm has pricing policy 1.', 'docs/misc/pricing_policies.md', {
    rules: ['TG-FARM-CREATE-10'],
    tests: ['spec/pallets/tfgrid/users.test.ts'],
  }),
  carried('REQ-TG-24', 'Certifiers, whom the council names, certify nodes and take it back.', `${DAO}, Certified node verifier`, {
    rules: ['TG-NODE-CERTIFY-1', 'TG-CERTIFIER-ADD-2', 'TG-CERTIFIER-REMOVE-3'],
    invariants: ['INV-TG-23', 'INV-TG-37'],
  }),
  carried('REQ-TG-25', 'Immutable farming policies never change.', `${DAO}, Farming policy`, {
    rules: ['TG-FARMING-UPDATE-2'],
    invariants: ['INV-TG-30'],
  }),
  carried(
    'REQ-TG-26',
    'A node whose farm has no policy attached gets the most restrictive default policy that it and its farm fit.',
    `${DAO}, Farming policy`,
    { rules: ['TG-NODE-CREATE-7'], invariants: ['INV-TG-31'], tests: ['spec/pallets/tfgrid/policy-choice.test.ts'] },
  ),
  carried('REQ-TG-27', 'A policy past its end is linked to no farm any more.', `${DAO}, Farming policy`, {
    rules: ['TG-FARM-POLICY-3'],
    invariants: ['INV-TG-18'],
  }),
  carried('REQ-TG-28', 'A policy that does not exist is linked to no farm.', `${DAO}, Farming policy`, {
    rules: ['TG-FARM-POLICY-2'],
    invariants: ['INV-TG-18'],
  }),
  carried('REQ-TG-29', 'Limits for certified nodes are for certified nodes.', `${DAO}, Limits on linked policy`, {
    rules: ['TG-NODE-CREATE-6'],
    invariants: ['INV-TG-32'],
  }),
  carried(
    'REQ-TG-30',
    'Each node draws its capacity from its farm’s limits; used up, a default policy takes over.',
    `${DAO}, Limits on linked policy`,
    { rules: ['TG-NODE-CREATE-6'], tests: ['spec/pallets/tfgrid/policy-choice.test.ts'] },
  ),
  planned(
    'REQ-TG-31',
    'A policy whose limits are used up is removed from the farm.',
    `${DAO}, Limits on linked policy`,
    'The limits stay attached with nothing left; nodes get default policies all the same, so that nobody loses. No quirk yet.',
  ),
  carried(
    'REQ-TG-32',
    'A newly certified node with a default policy has its policy chosen anew; a special one stays.',
    `${DAO}, Farming policy`,
    { rules: ['TG-NODE-CERTIFY-3', 'TG-NODE-CERTIFY-7'], tests: ['spec/pallets/tfgrid/policies.machine.test.ts'] },
  ),
  carried('REQ-TG-33', 'Only the council sets a farm’s certification and links policies.', `${DAO}, Council`, {
    rules: ['TG-FARM-CERTIFY-2', 'TG-FARM-POLICY-5'],
    invariants: ['INV-TG-38'],
  }),
  carried(
    'REQ-TG-34',
    'A farm’s weight in votes is twice the compute units and the storage units of its nodes.',
    `${DAO}, Voting weight; pallet-dao/README.md, Voting`,
    { rules: ['TG-NODE-UPDATE-6', 'TG-NODE-UPDATE-7'], invariants: ['INV-TG-24'] },
  ),
  outside(
    'REQ-TG-35',
    'A farm of gold certification fulfils what the forum asks of it.',
    `${DAO}, Gold farm certification`,
    'The document says that the chain cannot check it.',
  ),
]
