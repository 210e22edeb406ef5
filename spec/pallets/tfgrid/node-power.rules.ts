import { accept, refuse } from '../../kernel/machine.js'
import { blockNumber } from '../system/clock.js'
import { PowerStateChanged, PowerTargetChanged } from './events.js'
import { NodePower } from './items.js'
import { callersTwin, farmOf, nodeOf, type OnNode } from './node.state.js'
import type { Power, PowerState } from './types.js'

/**
 * Power: the farmer says what a node shall be (target), the node says what it is (state). While either is down, nobody can
 * create a contract on the node. What is stored outlives the node.
 * @source pallet-tfgrid/src/node.rs `_change_power_state`, `_change_power_target` @439e6919
 */
export interface ChangePowerState {
  readonly powerState: Power
}
export interface ChangePowerTarget {
  readonly nodeId: number
  readonly powerTarget: Power
}

/** The node itself tells; free of charge. */
export const changePowerState = [
  accept('TG-POWER-STATE-4', {
    when: 'powerStateIsKnown',
    says: 'nothing new; going down in a later block is new',
    to: 'registered',
    pays: 'no',
  }),
  accept('TG-POWER-STATE-5', { to: 'registered', pays: 'no', do: ['changePowerState'] }),
]
export const changeStateAbsent = [
  refuse('TG-POWER-STATE-1', 'callerHasNoTwin', 'TwinNotExists'),
  refuse('TG-POWER-STATE-2', 'twinHasNoNode', 'NodeNotExists'),
  refuse('TG-POWER-STATE-3', null, 'NodeNotExists', { says: 'a twin keeps the id of a node that deleted itself' }),
]

const ofATwin = refuse('TG-POWER-TARGET-1', 'callerHasNoTwin', 'TwinNotExists')
/** The farmer tells. The same target again is stored and announced again. */
export const changePowerTarget = [
  ofATwin,
  refuse('TG-POWER-TARGET-3', 'farmOfNodeIsMissing', 'FarmNotExists'),
  refuse('TG-POWER-TARGET-4', 'callerIsNotTheFarmer', 'UnauthorizedToChangePowerTarget'),
  accept('TG-POWER-TARGET-5', { to: 'registered', do: ['changePowerTarget'] }),
]
export const changeTargetAbsent = [ofATwin, refuse('TG-POWER-TARGET-2', null, 'NodeNotExists')]

/** What is stored for what the node says: going down is stored with the block. */
const told = (s: OnNode<ChangePowerState>): PowerState =>
  s.args.powerState.type === 'Up' ? { type: 'Up' } : { type: 'Down', value: blockNumber(s.w) }

export const powerGuards = {
  powerStateIsKnown: (s: OnNode<ChangePowerState>) => {
    const { state } = s.w.get(NodePower, s.key)
    const now = told(s)
    return state.type === now.type && state.value === now.value
  },
  callerIsNotTheFarmer: (s: OnNode) => farmOf(s)!.twinId !== callersTwin(s) || farmOf(s)!.id !== nodeOf(s).farmId,
}

export const powerEffects = {
  changePowerState: (s: OnNode<ChangePowerState>) => {
    const powerState = told(s)
    s.w.put(NodePower, s.key, { ...s.w.get(NodePower, s.key), state: powerState })
    s.emit(PowerStateChanged, { farmId: nodeOf(s).farmId, nodeId: s.key, powerState })
  },
  changePowerTarget: (s: OnNode<ChangePowerTarget>) => {
    const { powerTarget } = s.args
    s.w.put(NodePower, s.key, { ...s.w.get(NodePower, s.key), target: powerTarget })
    s.emit(PowerTargetChanged, { farmId: nodeOf(s).farmId, nodeId: s.key, powerTarget })
  },
}
