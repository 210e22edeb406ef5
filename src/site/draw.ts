import type { Edition } from '../../spec/kernel/version.js'
import { graphOf, type Detail } from './graph.js'
import { place } from './layout.js'
import { Lessons } from './learnt.js'
import { mermaidOf } from './mermaid.js'
import { pngOf } from './png.js'
import { svgOf } from './svg.js'
import { makeTraces, type Source } from './traces.js'
import { viewOf } from './view.js'

/**
 * One machine's picture.
 * @param cases replayed first: they show where effects lead that the machine does not say
 */
export async function drawMachine(
  id: string,
  edition: Edition,
  format: 'svg' | 'png' | 'mermaid',
  detail: Detail,
  cases: readonly Source[],
): Promise<string | Buffer> {
  const lessons = new Lessons()
  makeTraces(cases, lessons)
  const graph = graphOf(viewOf(edition, lessons).machine(id), detail)
  if (format === 'mermaid') return mermaidOf(graph)
  const svg = svgOf(await place(graph), { title: `${id} at ${edition.name}`, mode: format === 'png' ? 'print' : 'alone' })
  return format === 'png' ? pngOf(svg) : `${svg}\n`
}
