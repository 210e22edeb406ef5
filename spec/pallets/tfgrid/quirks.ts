import type { Quirk } from '../../versions/quirk.js'

const DAO = 'docs/misc/minimal_DAO.md'
const SPEC = 'pallet-tfgrid/spec.md'
const inPallet = (where: string): string => `pallet-tfgrid/src/${where} @439e6919`
/** Why a trap is no answer. */
const refusal = 'a refusal, as an extrinsic that traps costs its sender nothing and the block’s author time'
const ownIp = 'pallet-smart-contract/spec.md, 1: “the contract will reserve the number of public ips requested”'

export const quirks: readonly Quirk[] = [
  {
    id: 'Q-ENTITY-SIGNATURE-HEX',
    says: 'traps on a signature of 128 characters that are not all hexadecimal digits',
    promises: `${refusal}: EntitySignatureDoesNotMatch`,
    severity: 'loss of service',
    source: inPallet('twin.rs `_create_entity`'),
  },
  {
    id: 'Q-TWIN-PROOF-HEX',
    says: 'traps on a proof that is no text of 128 hexadecimal digits',
    promises: `${refusal}: EntitySignatureDoesNotMatch`,
    severity: 'loss of service',
    source: inPallet('twin.rs `_add_twin_entity`'),
  },
  {
    id: 'Q-IP6-OVERRUN',
    says: 'traps on IPv6 texts such as 1:2:3:4:5:6:7:::8, for which the parser writes beyond its buffer',
    promises: `${refusal}: the text is no IPv6 address`,
    severity: 'loss of service',
    source:
      'crate valip 0.4.0 src/ip6.rs `Ip::parse`, called by pallet-tfgrid/src/interface.rs `try_from`, tfchain-support/src/types.rs `is_valid` @439e6919',
  },
  {
    id: 'Q-TWIN-RELAY',
    says: 'refuses relays with a single letter before the first dot, such as r.example.com: it takes the beginning for a dot',
    promises: 'relays are domain names, and labels of one letter are: the check is against empty labels',
    severity: 'loss of service',
    source: inPallet('twin.rs `validate_relay_address`'),
    from: 124,
  },
  {
    id: 'Q-FARM-IP-TWICE',
    says: 'a farm is created with the same IP twice where the gateways differ: two contracts reserve one IP',
    promises: `${ownIp}, so that an IP is one contract’s; \`add_farm_ip\` refuses it (IpExists)`,
    severity: 'loss of service',
    source: inPallet('farm.rs `get_public_ips`'),
  },
  {
    id: 'Q-FARM-IP-UNCHECKED',
    says: 'a farm is created with any text for an IP and its gateway',
    promises: `${SPEC}, Farms: a “list of ips that are available to any consumer”; \`add_farm_ip\` refuses others (InvalidPublicIP), and so does this from 146 on (@32195fa1)`,
    severity: 'wrong record',
    source: inPallet('farm.rs `get_public_ips`'),
    until: 146,
  },
  {
    id: 'Q-FARM-IP-RESET',
    says: 'frees an IP while the contract lives that has reserved it: the next contract gets the same IP',
    promises: `${ownIp}, and it is freed “If the contract is canceled”`,
    severity: 'loss of service',
    source: inPallet('farm.rs `_force_reset_farm_ip`'),
  },
  {
    id: 'Q-FARM-POLICY-MISSING',
    says: 'attaches a farming policy that does not exist: no node can register in the farm any more (FarmingPolicyNotExists), and the farm’s certification is taken away',
    promises: `${DAO}, Council: “Link an existing farming policy to a farm”`,
    severity: 'loss of service',
    source: inPallet('farm.rs `_attach_policy_to_farm`'),
  },
  {
    id: 'Q-FARMING-IMMUTABLE',
    says: 'changes farming policies that are immutable',
    promises: `${DAO}, Farming policy: “Immutable policies can never be changed again”`,
    severity: 'wrong record',
    source: inPallet('pricing.rs `_update_farming_policy`'),
  },
  {
    id: 'Q-POLICY-DEFAULT-UNFIT',
    says: 'a node that gets no policy from its farm’s limits gets the best default policy unseen, and the certification that it asks for',
    promises: `${DAO}, Farming policy: defaults “should be considered in order with most restrictive first until one matches”`,
    severity: 'wrong record',
    source: inPallet('pricing.rs `get_default_farming_policy`'),
  },
  {
    id: 'Q-POLICY-LIMIT-CERTIFICATION',
    says: 'gives a policy whose limits are for certified nodes to any node',
    promises: `${DAO}, Limits on linked policy: “only certified nodes can get this policy. Non certified nodes get a default policy”`,
    severity: 'wrong record',
    source: inPallet('pricing.rs `get_farming_policy`'),
  },
  {
    id: 'Q-PRICING-POLICY-REWINDS',
    says: 'an update makes the policy’s id the newest one: the next policy that is created replaces the one after it, whose name stays taken',
    promises: 'docs/misc/pricing_policies.md: “id: identifier of the policy”; a new policy gets an id that none has',
    severity: 'wrong record',
    source: inPallet('pricing.rs `_update_pricing_policy`'),
  },
  {
    id: 'Q-NODE-LIST-UNSORTED',
    says: 'searches a farm’s nodes as if they were sorted, and appends those that move in: such a node may not find itself and cannot be deleted, or stays listed after its farmer has deleted it',
    promises: `${SPEC}, Creating / updating / deleting objects: \`deleteNode\`, by whoever owns the node, and a farm lists the nodes that it has`,
    severity: 'lock-up',
    source: inPallet('node.rs `_delete_node`, farm.rs `_delete_node_farm`'),
  },
  {
    id: 'Q-NODE-TWIN-LINGERS',
    says: 'a node that deletes itself stays noted with its twin, which can never register a node again',
    promises: `${SPEC}, Nodes: “On boot Zero-OS will create a Node object”, with the keypair that it has; \`delete_node_farm\` frees the twin`,
    severity: 'lock-up',
    source: inPallet('node.rs `_delete_node`'),
  },
  {
    id: 'Q-NODE-MOVES-WITH-IPS',
    says: 'a node may move to another farm while contracts on it hold IPs of the one that it leaves: these are never freed, because they are looked for in the new farm',
    promises:
      'pallet-smart-contract/spec.md, Architecture, 1: “If the contract is canceled by either the user or the node, the IPs for that contract will be freed”. Other repair: free IPs in whatever farm they are',
    severity: 'lock-up',
    source: inPallet('node.rs `_update_node`'),
  },
]
