import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Report } from '../../conformance/report/report.js'
import { coverageOf } from '../../conformance/report/report.js'
import type { Edition } from '../../spec/kernel/version.js'
import { editionAt, newestVersion } from '../../spec/versions/editions.js'
import { parseFixture } from '../fixtures/file.js'
import { writeSite, type Written } from './folder.js'
import { makeSite, type SiteInput } from './site.js'
import { sourcesIn, type Source } from './traces.js'
import { viewOf } from './view.js'

const repository = fileURLToPath(new URL('../../', import.meta.url))

/** A report as a run of `conform` leaves it, with counts from nothing to many. */
export function reportForTests(): Report {
  const edition = editionAt(newestVersion)
  const rules = Object.fromEntries([...viewOf(edition).rules.keys()].map((rule, i) => [rule, i % 7 === 0 ? 0 : (i * 37) ** 2 % 20_000]))
  const perCall = { 'SmartContractModule.createNodeContract': { accepted: 4, refused: { 'SmartContractModule.NodeNotExists': 3 } } }
  return {
    ...{
      tool: 'test',
      specVersion: newestVersion,
      at: edition.name,
      target: 'runtime:144',
      remarks: [],
      seed: 1,
      calls: 7,
      blocks: 1,
      cases: 1,
      seconds: 1,
    },
    ...{
      callsPerSecond: 7,
      interrupted: false,
      conforms: true,
      differences: [],
      perCall,
      events: {},
      rules,
      notCompared: [],
      observed: [],
    },
    coverage: coverageOf({ perCall, events: {}, rules }, edition),
  }
}

const alice = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY'
const info = { format: 1, specVersion: 144, codeHash: `0x${'00'.repeat(32)}`, tool: 'test', seed: 0, case: 0, rules: [], what: '' }
const caseText = (what: string, steps: readonly unknown[], extra: object = {}): string =>
  JSON.stringify({ _info: { ...info, what, ...extra }, genesis: 'default', steps, contentHash: `0x${'00'.repeat(32)}` })
const bytes = (text: string): string => `0x${Buffer.from(text).toString('hex')}`
const source = (kind: Source['kind'], name: string, text: string): Source => ({ kind, name, read: () => parseFixture(text, name, true) })

/** What would run if a page took text for markup. */
export const script = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>\u2028</script>'

/** Cases that were made to hurt. */
export const hostile: readonly Source[] = [
  source(
    'difference',
    `../../${script}`,
    caseText(
      script,
      [
        { id: 0, advance: { blocks: 1, seconds: 6 } },
        { id: 1, call: 'TfgridModule.userAcceptTc', who: alice, args: { documentLink: bytes(script), documentHash: bytes(script) } },
      ],
      {
        difference: {
          step: 1,
          kind: 'storage',
          field: script,
          rule: 'TG-TERMS-5',
          rules: [],
          expected: { [script]: script },
          actual: { [script]: 1 },
        },
      },
    ),
  ),
  source('fixture', 'lacks-its-steps', JSON.stringify({ _info: info, genesis: 'default' })),
  source('fixture', 'no-json', '{'),
  source('fixture', '', caseText('no step at all', [])),
]

/** @param count of steps: a hundred thousand take some seconds */
export const endless = (count: number): Source =>
  source(
    'fixture',
    'endless',
    caseText(
      'goes on and on',
      Array.from({ length: count }, (_, id) => ({ id, advance: { blocks: 1, seconds: 6 } })),
    ),
  )

export const inputForTests = (traces: readonly Source[], editions: readonly Edition[], report = reportForTests()): SiteInput => ({
  editions,
  tool: 'test',
  specFolder: join(repository, 'spec'),
  clientFolder: join(repository, 'src/site/client'),
  traces,
  report,
})

/** Some of the package's own fixtures, enough for what machines do not say. */
export const someFixtures = (every: number): readonly Source[] =>
  sourcesIn(join(repository, 'fixtures/144'), 'fixture').filter((_, i) => i % every === 0)

export const folderForTests = (): string => mkdtempSync(join(tmpdir(), 'tfspec-site-'))
export const buildForTests = (folder: string, traces: readonly Source[], editions: readonly Edition[]): Promise<Written> =>
  writeSite(folder, makeSite(inputForTests(traces, editions)))
