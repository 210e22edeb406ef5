import { createRequire } from 'node:module'
import type { ELK, ELKConstructorArguments, ElkNode } from 'elkjs/lib/elk-api.js'

/** ELK's layered layout, in this thread. Loaded when the first picture is made: it takes a quarter of a second. */
let elk: ELK | undefined

/** `elkjs` is CommonJS, and its types describe an ESM default that is not there. */
const load = (): ELK => {
  const Constructor = createRequire(import.meta.url)('elkjs/lib/elk.bundled.js') as new (args?: ELKConstructorArguments) => ELK
  return new Constructor()
}

export const Elk = {
  layout: (graph: ElkNode): Promise<ElkNode> => (elk ??= load()).layout(graph),
} as const
