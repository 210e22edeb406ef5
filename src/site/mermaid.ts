import type { Graph } from './graph.js'

const id = (state: string): string => state.replace(/[^A-Za-z0-9]/g, '_')
/** Mermaid takes a semicolon for the end of a statement, and a colon for the beginning of a text. */
const plain = (text: string): string => text.replace(/[;#]/g, ' ').replaceAll(':', ' ·')

/** A machine as Mermaid's text, for documents whose viewer draws it: forges do. */
export function mermaidOf({ title, boxes, arrows }: Graph): string {
  const lines = ['---', `title: ${plain(title)}`, '---', 'stateDiagram-v2']
  for (const { state } of boxes) if (id(state) !== state) lines.push(`  state "${state}" as ${id(state)}`)
  for (const { state, isBeginning, lines: inside } of boxes) {
    if (isBeginning) lines.push(`  [*] --> ${id(state)}`)
    for (const { text } of inside) lines.push(`  ${id(state)} : ${plain(text)}`)
  }
  for (const { from, to, lines: ways } of arrows)
    lines.push(`  ${id(from)} --> ${id(to)} : ${ways.map(({ text }) => plain(text)).join(', ')}`)
  return `${lines.join('\n')}\n`
}
