import type { Requirement } from './data.js'

/** The sentences of TFChain's documents, as far as the spec lists them. */
export const requirements: readonly Requirement[] = []
