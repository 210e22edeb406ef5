/** pallet-tfgrid. Importing this declares its calls. */
import type { Machine } from '../../kernel/machine.js'
import { tfgridNodeMachines } from './calls-node.js'
import './calls.js'
import { entity } from './entity.machine.js'
import { farm } from './farm.machine.js'
import { terms } from './terms.machine.js'
import { twin } from './twin.machine.js'

/** The machines of users and farmers. */
export const tfgridUserMachines: readonly Machine[] = [terms, twin, entity, farm]
export { tfgridNodeMachines }
/** Every machine of the pallet. */
export const tfgridMachines: readonly Machine[] = [...tfgridUserMachines, ...tfgridNodeMachines]
