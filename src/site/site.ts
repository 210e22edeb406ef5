import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FindingsReport } from '../../conformance/findings/report.js'
import type { Report } from '../../conformance/report/report.js'
import type { Edition } from '../../spec/kernel/version.js'
import { eventTypes } from '../../spec/kernel/event.js'
import { describedVersions, editionAt, intended, newestVersion } from '../../spec/versions/editions.js'
import { bridgePage, bridgePictures } from '../bridge/report/site-page.js'
import type { SiteData, SiteFile } from './data.js'
import { graphOf } from './graph.js'
import { scriptValue, slug } from './html.js'
import { place } from './layout.js'
import { Lessons } from './learnt.js'
import { pageText, type Page } from './page.js'
import { billPage } from './pages/bill-page.js'
import { callPage, callsPage } from './pages/call-page.js'
import { coveragePage, heatPage } from './pages/coverage-page.js'
import { errorNames, errorPage, errorsPage } from './pages/error-pages.js'
import { eventPage, eventsPage } from './pages/event-pages.js'
import { machinePage } from './pages/machine-page.js'
import { homePage, machinesPage } from './pages/overview.js'
import { promisesPage } from './pages/promises-page.js'
import { tracePage, tracesPage } from './pages/trace-page.js'
import { diffPages, rulesPage, versionsPage } from './pages/versions-page.js'
import { searchScript } from './search-index.js'
import { findSources } from './sources.js'
import { svgOf } from './svg.js'
import { makeTraces, type Source } from './traces.js'
import { viewOf, type SpecView } from './view.js'

/** What the site is made of. Paths come from the caller: where the package keeps its files is the command line's business. */
export interface SiteInput {
  readonly tool: string
  /** The spec's own files, where rules are looked up. */
  readonly specFolder: string
  /** The scripts and the style sheet of the pages. */
  readonly clientFolder: string
  readonly traces: readonly Source[]
  /** All that the spec describes, by default; the newest released one must be among them. */
  readonly editions?: readonly Edition[]
  readonly report?: Report
  readonly findings?: FindingsReport
}

const clientFiles = [
  ...(['theme.js', 'site.js', 'find.js', 'sheet.js', 'bill-steps.js', 'bill.js'] as const),
  ...(['trace-text.js', 'trace-diff.js', 'trace-panel.js', 'trace-machine.js', 'trace.js'] as const),
] as const
/** One style sheet a page; its parts in the order in which they overrule each other. */
const styles = ['base', 'frame', 'tables', 'rules', 'pictures', 'trace', 'bill', 'print'] as const

/** Makes every file of the site, in order. The same input gives the same bytes. */
export async function* makeSite(input: SiteInput): AsyncGenerator<SiteFile> {
  const lessons = new Lessons()
  const { traces, unusable } = makeTraces(input.traces, lessons)
  const views = (input.editions ?? [...describedVersions.map(editionAt), intended]).map((edition) => viewOf(edition, lessons))
  const data: SiteData = {
    tool: input.tool,
    views,
    main: views.find(({ edition }) => edition.name === String(newestVersion))!,
    lessons,
    sources: findSources(input.specFolder),
    traces: traces.map(({ info }) => info),
    unusable,
    report: input.report,
    findings: input.findings,
  }
  const scripts = new Map(clientFiles.map((name) => [name, readFileSync(join(input.clientFolder, name), 'utf8')] as const))
  for (const [path, content] of scripts) yield { path, content }
  yield { path: 'site.css', content: styles.map((name) => readFileSync(join(input.clientFolder, `css/${name}.css`), 'utf8')).join('') }
  yield { path: 'search.js', content: searchScript(data) }
  for (const { info, files, first } of traces) {
    yield* files
    yield asFile(tracePage(data, info, first))
  }
  for (const view of views) yield* machineScripts(view)
  yield* bridgePictures()
  for await (const page of pages(data, scripts.get('bill-steps.js')!)) yield asFile(page)
}

const asFile = (page: Page): SiteFile => ({ path: page.path, content: pageText(page) })

async function* pages(data: SiteData, billScript: string): AsyncGenerator<Page> {
  const { main, views } = data
  yield await homePage(data)
  for (const view of views) {
    const folder = view === main ? '' : `${view.edition.name}/`
    yield await machinesPage(data, view, `${folder}machines.html`)
    yield callsPage(data, view, `${folder}calls.html`)
    yield rulesPage(data, view)
    for (const m of view.machines) yield await machinePage(data, view, m)
    for (const call of view.calls) yield callPage(data, view, call)
  }
  yield errorsPage(data)
  for (const error of errorNames(data)) yield errorPage(data, error)
  yield eventsPage()
  for (const event of eventTypes.values()) yield eventPage(data, event)
  yield promisesPage(data)
  yield tracesPage(data)
  yield bridgePage()
  yield coveragePage(data)
  if (data.report !== undefined) for (const m of main.machines) yield await heatPage(data, m)
  yield versionsPage(data)
  yield* diffPages(data)
  yield billPage(billScript)
}

/** The pictures that traces light up, as script files: they load from a folder as well. */
async function* machineScripts(view: SpecView): AsyncGenerator<SiteFile> {
  for (const m of view.machines) {
    if (m.states.length === 1 || view.edition.name === intended.name) continue
    const svg = svgOf(await place(graphOf(m, 'plain')), { title: m.id, mode: 'page', hasNoLinks: true })
    yield { path: `${view.edition.name}/machine/${slug(m.id)}.js`, content: `tfspec.svg(${scriptValue(m.id)}, ${scriptValue(svg)})\n` }
  }
}
