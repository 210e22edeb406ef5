import type { Graph } from './graph.js'

const id = (state: string): string => state.replace(/[^A-Za-z0-9]/g, '_')
/** Mermaid takes a semicolon for the end of a statement, and a colon for the beginning of a text. */
const plain = (text: string): string => text.replace(/[;#]/g, ' ').replaceAll(':', ' ·')

/** A machine as Mermaid's text, for documents whose viewer draws it: forges do. */
export function mermaidOf({ title, boxes, frame, arrows }: Graph): string {
  const lines = ['---', `title: ${plain(title)}`, '---', 'stateDiagram-v2']
  for (const box of boxes) if (id(box.id) !== box.id) lines.push(`  state "${box.title}" as ${id(box.id)}`)
  for (const box of boxes) {
    const isEntered = arrows.some(({ end }) => end === box.id)
    if (box.isNothing) lines.push(isEntered ? `  ${id(box.id)} --> [*]` : `  [*] --> ${id(box.id)}`)
    // A composite state has no text of its own in Mermaid: what its states share stands in each.
    const shared = frame === undefined || box.isNothing ? [] : frame.lines
    for (const { text } of [...shared, ...box.lines]) lines.push(`  ${id(box.id)} : ${plain(text)}`)
  }
  if (frame !== undefined)
    lines.push(`  state ${id(frame.id)} {`, ...boxes.flatMap((box) => (box.isNothing ? [] : [`    ${id(box.id)}`])), '  }')
  for (const { begin, end, lines: ways } of arrows)
    lines.push(`  ${id(begin)} --> ${id(end)} : ${ways.map(({ text }) => plain(text)).join(', ')}`)
  return `${lines.join('\n')}\n`
}
