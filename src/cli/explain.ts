import { existsSync } from 'node:fs'
import { styleText } from 'node:util'
import type { Command } from 'commander'
import { stepText } from '../../conformance/report/text.js'
import { callTypes } from '../../spec/kernel/call.js'
import { invariants } from '../../spec/invariants.js'
import { requirements } from '../../spec/requirements.js'
import { editionNamed } from '../../spec/versions/editions.js'
import { quirks } from '../../spec/versions/quirks.js'
import { diffEditions, type EditionDiff } from '../explain/diff.js'
import { Examples } from '../explain/examples.js'
import { explain } from '../explain/explain.js'
import type { Explanation } from '../explain/explanation.js'
import { places } from '../explain/places.js'
import { usage } from './exit.js'
import { addExplainBill } from './explain-bill.js'
import { packaged } from './packaged.js'

export function addExplain(program: Command): void {
  const command = program
    .command('explain')
    .argument('<name>', 'a rule, invariant, requirement, error, call or quirk')
    .description('What, when, why, source, versions, who tests it, and a recorded example')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  $ tfspec explain SC-CANCEL-2\n  $ tfspec explain SmartContractModule.TwinNotExists\n  $ tfspec explain cancelContract\n  $ tfspec explain Q-MINT-VOTES-TWICE\n  $ tfspec explain bill --cru 4 --mru 8GiB --elapsed 600',
    )
    .action((name: string, { json }: { json?: boolean }) => {
      const found = explain(name, new Examples(fixtures()))
      if (found === undefined) throw usage(`nothing is named ${name}${hint(name)}`)
      process.stdout.write(json === true ? `${JSON.stringify(found, null, 1)}\n` : `${text(found)}\n`)
    })
  addExplainBill(command)
}

export function addDiff(program: Command): void {
  program
    .command('diff')
    .argument('<a>', 'an edition: a version, or intended')
    .argument('<b>', 'another')
    .description('The rules that differ between two editions')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  $ tfspec diff 144 intended\n  $ tfspec diff 123 144')
    .action((a: string, b: string, { json }: { json?: boolean }) => {
      const found = diffEditions(editionNamed(a), editionNamed(b))
      process.stdout.write(json === true ? `${JSON.stringify(found, null, 1)}\n` : `${diffText(found)}\n`)
    })
}

function fixtures(): string | undefined {
  try {
    const folder = packaged('fixtures')
    return existsSync(folder) ? folder : undefined
  } catch {
    // Explanations do without examples.
    return undefined
  }
}

/** Names that look like the one asked for. */
function hint(name: string): string {
  const all = [
    ...places.map(({ branch }) => branch.meta.rule),
    ...invariants.map(({ id }) => id),
    ...quirks.map(({ id }) => id),
    ...requirements.map(({ id }) => id),
    ...callTypes.keys(),
  ]
  const like = [...new Set(all)].filter((other) => other.toLowerCase().includes(name.toLowerCase())).slice(0, 8)
  return like.length === 0
    ? ': give the id of a rule, an invariant, a requirement, an error, a call or a quirk'
    : `; did you mean ${like.join(', ')}?`
}

function text({ kind, id, says, sections, example }: Explanation): string {
  const lines = [`${styleText('bold', id)}  ${kind}`, `  ${says}`]
  for (const { title, lines: body } of sections) lines.push('', styleText('bold', title), ...body.map((line) => `  ${line}`))
  if (example !== undefined) {
    lines.push('', `${styleText('bold', 'example')}  ${example.fixture}`, `  ${example.what}`)
    lines.push(
      ...example.steps.map(
        ({ step, outcome }, i) => `  ${String(i + 1).padStart(3)} ${stepText(step)}${outcome === '' ? '' : ` → ${outcome}`}`,
      ),
    )
  }
  return lines.join('\n')
}

function diffText({ from, to, lists, quirks: [left = [], right = []] }: EditionDiff): string {
  const lines: string[] = []
  for (const { machine, state, event, only, isReordered } of lists) {
    lines.push(styleText('bold', `${machine} · ${event}`) + `  (${state})`)
    lines.push(
      ...(only[0] ?? []).map((rule) => styleText('red', `  - ${rule}`)),
      ...(only[1] ?? []).map((rule) => styleText('green', `  + ${rule}`)),
    )
    if (isReordered) lines.push('  the same rules stand in another order')
    lines.push('')
  }
  const asked = (name: string, ids: readonly string[]): readonly string[] =>
    ids.length === 0 ? [] : [`quirks of ${name} alone: ${ids.join(', ')}`]
  return [...lines, ...asked(from, left), ...asked(to, right), `${from} → ${to}: ${lists.length} lists of rules differ`].join('\n')
}
