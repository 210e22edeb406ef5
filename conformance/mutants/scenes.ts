import type { Draw } from '../../model/draw.js'
import type { Scene, Scenery } from './scene.js'
import * as accounts from './scenes-accounts.js'
import * as grid from './scenes-grid.js'
import * as people from './scenes-people.js'

/** Every scene, by name. */
export const scenes: Readonly<Record<string, Scene>> = { ...accounts, ...grid, ...people }
const all = Object.values(scenes)

export const drawScene = (d: Draw): Scenery => d.pick(all)(d)
