import { accept, refuse, trap } from '../../kernel/machine.js'
import { fact } from '../../kernel/stage.js'
import { NodePublicConfigStored } from './events.js'
import { Farms, Nodes, Twins } from './items.js'
import { nodeOf, type OnNode } from './node.state.js'
import type { PublicConfig } from './types.js'
import { problemOfPublicConfig } from './validation/public-config.js'

/**
 * How a node is reached from the internet; its farmer says so.
 * @source pallet-tfgrid/src/node.rs `_add_node_public_config` @439e6919
 */
export interface AddNodePublicConfig {
  readonly farmId: number
  readonly nodeId: number
  /** Absent: the node has none any more. */
  readonly publicConfig: PublicConfig | undefined
}

const fromTheFarmer = [
  refuse('TG-NODE-CONFIG-1', 'namedFarmIsMissing', 'FarmNotExists'),
  refuse('TG-NODE-CONFIG-2', 'farmersTwinIsMissing', 'TwinNotExists'),
  refuse('TG-NODE-CONFIG-3', 'callerDoesNotOwnTheFarm', 'CannotUpdateFarmWrongTwin'),
]

export const addNodePublicConfig = [
  ...fromTheFarmer,
  refuse('TG-NODE-CONFIG-5', 'nodeIsInAnotherFarm', 'NodeUpdateNotAuthorized'),
  trap('TG-NODE-CONFIG-6', 'configOverruns', 'index out of bounds', {
    quirk: 'Q-IP6-OVERRUN',
    says: 'seven sections and three colons, as 1:2:3:4:5:6:7:::8, make the IPv6 parser write beyond its buffer',
  }),
  refuse('TG-NODE-CONFIG-7', 'configIsInvalid', 'InvalidPublicConfig'),
  accept('TG-NODE-CONFIG-8', { to: 'registered', do: ['storePublicConfig'] }),
]
export const addConfigAbsent = [...fromTheFarmer, refuse('TG-NODE-CONFIG-4', null, 'NodeNotExists')]

type On = OnNode<AddNodePublicConfig>
const owner = (s: On) => s.w.get(Twins, s.w.get(Farms, s.args.farmId)!.twinId)
const problem = fact('problem of the public config', (s: On) =>
  s.args.publicConfig === undefined ? null : problemOfPublicConfig(s.args.publicConfig),
)

export const publicConfigGuards = {
  farmersTwinIsMissing: (s: On) => owner(s) === undefined,
  callerDoesNotOwnTheFarm: (s: On) => owner(s)!.accountId !== s.caller,
  nodeIsInAnotherFarm: (s: On) => nodeOf(s).farmId !== s.args.farmId,
  configOverruns: (s: On) => problem(s) === 'overrun',
  configIsInvalid: (s: On) => problem(s) !== null,
}

export const publicConfigEffects = {
  storePublicConfig: (s: On) => {
    const { publicConfig } = s.args
    s.w.put(Nodes, s.key, { ...nodeOf(s), publicConfig })
    s.emit(NodePublicConfigStored, [s.key, publicConfig])
  },
}
