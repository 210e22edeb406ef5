import { eventTypes } from '../../spec/kernel/event.js'
import { invariants } from '../../spec/invariants.js'
import { requirements } from '../../spec/requirements.js'
import { quirks } from '../../spec/versions/quirks.js'
import type { SiteData } from './data.js'
import { scriptValue } from './html.js'
import { callHref, errorHref, eventHref, machineHref, traceHref } from './links.js'
import { errorNames, moduleIndex } from './pages/error-pages.js'
import { reasonOf } from './reach.js'
import { words } from './words.js'

/** An entry: kind, name, what it is, address, and another way to write the name. */
type Entry = readonly [kind: string, name: string, hint: string, href: string, also?: string]

/** Everything that has a name, for the search of every page. A script file: it loads from a folder as well. */
export function searchScript(data: SiteData): string {
  const { main } = data
  const entries: Entry[] = []
  for (const { fullName } of main.calls) entries.push(['call', fullName, '', callHref(main, fullName)])
  for (const error of errorNames(data))
    entries.push(['error', error, reason(data, error), errorHref(error), moduleIndex(error, main.edition.version) ?? ''])
  for (const { fullName } of eventTypes.values()) entries.push(['event', fullName, '', eventHref(fullName)])
  for (const { id, machine } of main.machines) entries.push(['machine', id, machine.says, machineHref(main, id)])
  for (const view of [main, ...data.views])
    for (const { machine, event, branch } of view.rules.values())
      if (!entries.some(([kind, name]) => kind === 'rule' && name === branch.rule))
        entries.push([
          'rule',
          branch.rule,
          `${machine}, ${event}: ${branch.guard === null ? 'otherwise' : words(branch.guard)}`,
          `${machineHref(view, machine)}#${branch.rule}`,
        ])
  for (const { id, claim } of invariants) entries.push(['invariant', id, claim, `/promises.html#${id}`])
  for (const { id, says } of quirks) entries.push(['quirk', id, says, `/promises.html#${id}`])
  for (const { id, says } of requirements) entries.push(['requirement', id, says.slice(0, 120), `/promises.html#${id}`])
  for (const trace of data.traces) entries.push(['trace', trace.name, trace.what, traceHref(trace)])
  return `tfspec.found(${scriptValue(entries.map(([kind, name, hint, href, also]) => [kind, name, hint.slice(0, 110), href.slice(1), ...(also === undefined || also === '' ? [] : [also])]))})\n`
}

/** The first reason of an error, so that many need not look further. */
function reason({ main }: SiteData, error: string): string {
  const why = [...main.rules.values()]
    .filter(({ branch }) => branch.outcome === 'refuse' && branch.error === error)
    .map((place) => reasonOf(main, place))
  const different = [...new Set(why.filter((text) => text !== ''))]
  return different.slice(0, 2).join('; ')
}
