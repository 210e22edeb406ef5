import { argumentLimits } from '../../spec/pallets/tfgrid/calls.js'
import { nodeArgumentLimits } from '../../spec/pallets/tfgrid/calls-node.js'
import { longest } from '../longest.js'
import type { Maker } from '../maker.js'
import { tfgridEntities } from './tfgrid-entities.js'
import { tfgridFarms } from './tfgrid-farms.js'
import { tfgridNodes } from './tfgrid-nodes.js'
import { tfgridPolicies } from './tfgrid-policies.js'
import { tfgridSettings } from './tfgrid-settings.js'
import { tfgridUsers } from './tfgrid-users.js'

const calls: readonly Maker[] = [...tfgridUsers, ...tfgridEntities, ...tfgridFarms, ...tfgridNodes, ...tfgridPolicies, ...tfgridSettings]

/**
 * Every call of pallet-tfgrid. Those of the council come wrapped in a motion, by the guide. Of several makers of a call the guide
 * builds with the last one: hence the odd ones first.
 */
export const tfgridMakers: readonly Maker[] = [...longest({ ...argumentLimits, ...nodeArgumentLimits }, calls), ...calls]
