import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { InvalidArgumentError, type Command } from 'commander'
import type { FindingsReport } from '../../conformance/findings/report.js'
import type { Report } from '../../conformance/report/report.js'
import { machines } from '../../spec/machines.js'
import { actorNames, drawActor } from '../bridge/report/actor-picture.js'
import { editionNamed, newestVersion } from '../../spec/versions/editions.js'
import { listFixtures, readFixture } from '../fixtures/file.js'
import type { SiteFile } from '../site/data.js'
import { SiteFolderError, writeSite } from '../site/folder.js'
import { drawMachine } from '../site/draw.js'
import { asFindings, asReport, ReportError } from '../site/reports.js'
import { serveSite } from '../site/serve.js'
import { makeSite, type SiteInput } from '../site/site.js'
import { sourcesIn, sourcesOf } from '../site/traces.js'
import { watchPlaces } from '../site/watch.js'
import { unusable, usage } from './exit.js'
import { packaged } from './packaged.js'
import { toolVersion } from './version.js'

interface ShowOptions {
  readonly out: string
  readonly serve?: boolean
  readonly port: number
  readonly svg?: boolean
  readonly mermaid?: boolean
  readonly png?: boolean
  readonly full?: boolean
  readonly at: string
  readonly report?: string
  readonly findings?: string
  readonly trace: readonly string[]
  readonly fixtures?: string
}

const port = (text: string): number => {
  const n = Number(text)
  if (!Number.isInteger(n) || n < 0 || n > 65535) throw new InvalidArgumentError('give a port from 0 to 65535')
  return n
}

export function addShow(program: Command): void {
  program
    .command('show')
    .argument('[machine]', 'one machine, as a picture')
    .description('The spec as something people look at: a static site, or the picture of one machine')
    .option('-o, --out <place>', 'the site’s folder; with a picture, its file (- is standard output)', './site')
    .option('--serve', 'serve the site on loopback instead, and load it again when a given file changes')
    .option('--port <n>', 'where to serve; 0 takes a free one', port, 4144)
    .option('--svg', 'the machine’s picture as SVG')
    .option('--mermaid', 'as Mermaid’s text')
    .option('--png', 'as PNG')
    .option('--full', 'with every stage and every refusal')
    .option('--at <version>', 'read the machine at this version, or as intended', String(newestVersion))
    .option('--report <file>', 'a report of `conform --json`: coverage, and differences to step through')
    .option('--findings <folder>', 'what `findings --out` kept: findings to step through')
    .option('--trace <file...>', 'more cases to step through: fixtures, failed cases', [])
    .option('--fixtures <place>', 'other fixtures than the package’s own')
    .addHelpText(
      'after',
      `
Examples:
  $ tfspec show --out site --report report.json
  $ tfspec show --serve
  $ tfspec show grid-contract --svg > contract.svg
  $ tfspec show service-contract --mermaid`,
    )
    .action(async (machine: string | undefined, options: ShowOptions, command: Command) => {
      if (machine !== undefined) await picture(machine, options, command.getOptionValueSource('out') !== 'default')
      else if (options.svg === true || options.mermaid === true || options.png === true)
        throw usage(`name a machine: ${machines.map(({ id }) => id).join(', ')}`)
      else if (options.serve === true) await serve(options)
      else await build(options)
    })
}

/** What people call it who do not know the machine's name. */
const otherNames: Readonly<Record<string, string>> = {
  'grid-contract': 'contract',
  'node-contract': 'contract',
  'rent-contract': 'contract',
  'name-contract': 'contract',
}

async function picture(name: string, { svg, mermaid, png, full, at, out }: ShowOptions, hasPlace: boolean): Promise<void> {
  const id = otherNames[name] ?? name
  const isActor = actorNames.includes(id)
  if (!isActor && !machines.some((m) => m.id === id))
    throw usage(`no machine is named ${name}; there are ${[...machines.map((m) => m.id), ...actorNames].join(', ')}`)
  const formats = [svg === true && 'svg', mermaid === true && 'mermaid', png === true && 'png'].filter(
    (f): f is 'svg' | 'mermaid' | 'png' => f !== false,
  )
  if (formats.length > 1) throw usage('give one of --svg, --mermaid and --png')
  const format = formats[0] ?? 'svg'
  const isPiped = !hasPlace || out === '-'
  if (format === 'png' && isPiped && process.stdout.isTTY) throw usage('a PNG does not go to a terminal: give --out FILE')
  const detail = full === true ? 'full' : 'plain'
  const drawn = isActor
    ? await drawActor(id, format, detail)
    : await drawMachine(id, editionNamed(at), format, detail, fixturesFor({ trace: [] }))
  if (isPiped) process.stdout.write(drawn)
  else write(out, drawn)
}

function write(file: string, content: string | Buffer): void {
  try {
    writeFileSync(file, content)
  } catch (cause) {
    throw unusable(
      `${file} cannot be written (${(cause as NodeJS.ErrnoException).code ?? ''}): give --out a file in a folder that you may write to`,
      cause,
    )
  }
}

const fixturesFor = ({ fixtures }: Pick<ShowOptions, 'trace' | 'fixtures'>) => sourcesIn(fixtures ?? packaged('fixtures'), 'fixture')

/** Reads everything that the options name. @throws CliError, FixtureError */
function inputOf(options: ShowOptions): SiteInput {
  const report = options.report === undefined ? undefined : readReport(options.report)
  const findings = options.findings === undefined ? undefined : readFindings(options.findings)
  const findingCases = options.findings === undefined ? undefined : join(options.findings, 'fixtures')
  return {
    tool: toolVersion(),
    specFolder: packaged('spec'),
    clientFolder: packaged('src/site/client'),
    traces: [
      ...(report === undefined ? [] : sourcesOf(report)),
      ...(findingCases === undefined || !existsSync(findingCases) ? [] : sourcesIn(findingCases, 'finding')),
      ...options.trace.flatMap((place) => sourcesIn(place, 'difference').map((source) => ({ ...source, kind: kindOf(place) }))),
      ...fixturesFor(options),
    ],
    ...(report === undefined ? {} : { report }),
    ...(findings === undefined ? {} : { findings }),
  }
}

/** A case with a difference is one; any other is a fixture. */
function kindOf(place: string): 'fixture' | 'difference' {
  try {
    return listFixtures(place).some((file) => readFixture(file, true).info.difference !== undefined) ? 'difference' : 'fixture'
  } catch {
    // It is told of as unusable later, with the reason.
    return 'fixture'
  }
}

const readJson = (file: string): unknown => {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw unusable(`${file} cannot be read (${(cause as NodeJS.ErrnoException).code ?? ''}): give a readable file`, cause)
  }
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw usage(`${file} is no JSON (${(cause as Error).message}): give what \`tfspec\` wrote with --json or --out`)
  }
}
const told = <T>(file: string, read: () => T): T => {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof ReportError) throw usage(`${file}: ${cause.message}`)
    throw cause
  }
}
const readReport = (file: string): Report => told(file, () => asReport(readJson(file)))
const readFindings = (folder: string): FindingsReport => {
  const file = existsSync(folder) && statSync(folder).isDirectory() ? join(folder, 'findings.json') : folder
  return told(file, () => asFindings(readJson(file)))
}

async function build(options: ShowOptions): Promise<void> {
  const started = performance.now()
  try {
    const { files, bytes } = await writeSite(options.out, makeSite(inputOf(options)))
    process.stdout.write(
      `${files.toLocaleString('en-US')} files, ${(bytes / 1e6).toFixed(1)} MB in ${options.out}, ${((performance.now() - started) / 1000).toFixed(1)} s; open ${join(options.out, 'index.html')}\n`,
    )
  } catch (cause) {
    if (cause instanceof SiteFolderError) throw cause.isForeign ? usage(cause.message) : unusable(cause.message, cause)
    throw cause
  }
}

async function serve(options: ShowOptions): Promise<void> {
  const all = async (): Promise<SiteFile[]> => {
    const files: SiteFile[] = []
    for await (const file of makeSite(inputOf(options))) files.push(file)
    return files
  }
  const site = await serveSite(await all(), options.port).catch((cause: unknown) => {
    throw unusable(
      `port ${options.port} cannot be taken (${(cause as NodeJS.ErrnoException).code ?? ''}): give another with --port, or 0`,
      cause,
    )
  })
  process.stdout.write(`${site.address}\n`)
  const places = [options.report, options.findings, options.fixtures, ...options.trace].filter((place) => place !== undefined)
  const watching = watchPlaces(
    places,
    async () => site.replace(await all()),
    (error) => process.stderr.write(`tfspec: ${error.message}; the site stays as it was\n`),
  )
  await new Promise<void>((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve))
  watching.close()
  await site.close()
}
