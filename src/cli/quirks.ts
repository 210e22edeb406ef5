import type { Command } from 'commander'
import { editionNamed, newestVersion } from '../../spec/versions/editions.js'
import { quirks, type Quirk } from '../../spec/versions/quirks.js'
import { daemonQuirks, type DaemonQuirk } from '../../spec/bridge/deployed/quirks.js'

/** Words in lines of at most `width` characters. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}

const span = ({ from, until }: Quirk): string =>
  (from === undefined ? '' : ` from ${from} on`) + (until === undefined ? '' : ` until ${until - 1}`)

/** A quirk as a block of text, its fields under each other. */
function block(quirk: Quirk | DaemonQuirk): string {
  const field = (name: string, text: string): string => {
    const [first = '', ...rest] = wrap(text, 110)
    return [`  ${name.padEnd(9)}${first}`, ...rest.map((line) => `${' '.repeat(11)}${line}`)].join('\n')
  }
  return [
    `${quirk.id}   ${quirk.severity}${'kind' in quirk ? ` (${quirk.kind})` : span(quirk)}`,
    field('does', quirk.says),
    field('promised', quirk.promises),
    ...('repair' in quirk ? [field('repaired', quirk.repair)] : []),
    field('source', quirk.source),
  ].join('\n')
}

/** `tfspec quirks`: what a released version does although something else is promised. */
export function addQuirks(program: Command): void {
  program
    .command('quirks')
    .description('What a released version does although something else is promised, with the place in its source')
    .option('--at <version>', 'the version of the spec', String(newestVersion))
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  $ tfspec quirks --at 144')
    .action(({ at, json }: { at: string; json?: boolean }) => {
      const edition = editionNamed(at)
      // The daemon is described as it was deployed with the newest described version.
      const daemons = edition.quirks.size > 0 && edition.version === newestVersion ? daemonQuirks : []
      const shown = [...quirks.filter(({ id }) => edition.quirks.has(id)), ...daemons]
      if (json === true) process.stdout.write(`${JSON.stringify(shown, null, 1)}\n`)
      else process.stdout.write(`${[...shown.map(block), `${shown.length} quirks at ${edition.name}`].join('\n\n')}\n`)
    })
}
