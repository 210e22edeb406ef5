/** Pieces that the bridge's pictures share. No script, no font file: the same bytes for the same figures. */

export const colours = {
  ink: '#24292f',
  soft: '#57606a',
  faint: '#d4d8de',
  paper: '#fff',
  band: '#f6f8fa',
  bad: '#b42318',
  badPaper: '#fef3f2',
  good: '#1a7f37',
  goodPaper: '#eefbf1',
  line: '#1f6feb',
  area: '#ddeaff',
} as const

export const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
export const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

/** Words in lines of at most so many characters. */
export function wrapped(text: string, most: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > most) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}

/** A picture of this size, with its title for those who cannot see it. */
export const picture = (width: number, height: number, title: string, inside: readonly string[]): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" font-family="system-ui, sans-serif" font-size="12" fill="${colours.ink}">`,
    `<title>${escaped(title)}</title><rect width="${width}" height="${height}" fill="${colours.paper}"/>`,
    ...inside,
    '</svg>\n',
  ].join('\n')
