import { bridgeRequirements } from './requirements/bridge.js'
import { contractRequirements } from './requirements/contracts.js'
import { councilRequirements } from './requirements/council.js'
import { gridRequirements } from './requirements/grid.js'
import type { Requirement } from './requirements/requirement.js'
import { serviceRequirements } from './requirements/services.js'

export type { Requirement } from './requirements/requirement.js'

/** Every promise that the documents give, with what carries it. */
export const requirements: readonly Requirement[] = [
  ...contractRequirements,
  ...serviceRequirements,
  ...gridRequirements,
  ...bridgeRequirements,
  ...councilRequirements,
]
