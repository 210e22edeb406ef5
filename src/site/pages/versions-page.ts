import { changes } from '../../../spec/versions/changes.js'
import { quirks } from '../../../spec/versions/quirks.js'
import type { SiteData } from '../data.js'
import { html, joined, type Content } from '../html.js'
import { callLink, errorLink, ruleLink } from '../links.js'
import { table, type Page } from '../page.js'
import { typeText } from '../plain-text.js'
import type { RulePlace, SpecView } from '../view.js'
import { plural, sentence, words } from '../words.js'

/** Choose a version, see its rules; compare two. */

const pairsOf = ({ views }: SiteData): readonly (readonly [SpecView, SpecView])[] =>
  views.flatMap((a, i) => views.slice(i + 1).map((b) => [a, b] as const))
const diffPath = (a: SpecView, b: SpecView): string => `/diff/${a.edition.name}-${b.edition.name}.html`

export const versionsPage = (data: SiteData): Page => ({
  path: 'versions.html',
  title: 'Versions',
  section: 'versions',
  body: html`<h1>Versions</h1>
    <p class="lead">
      One spec, many versions: a rule has a span, and may depend on a quirk. <em>intended</em> is the newest described version with every
      quirk off. Where a version is described in part, the rules of its other calls stand as at the newest, and nobody compared them.
    </p>
    ${table(
      'Versions',
      ['Version', 'Calls described', 'Rules', 'Quirks that are on', 'Look at'],
      data.views.map((view) => [
        view.edition.name,
        view.calls.length,
        html`<a href="/${view.edition.name}/rules.html">${view.rules.size}</a>`,
        view.edition.quirks.size === 0
          ? 'none'
          : html`<details>
              <summary>${view.edition.quirks.size}</summary>
              ${joined(
                [...view.edition.quirks].sort().map((id) => html`<a href="/promises.html#${id}">${id}</a>`),
                ' ',
              )}
            </details>`,
        html`<a href="${view === data.main ? '/machines.html' : `/${view.edition.name}/machines.html`}">machines</a>,
          <a href="${view === data.main ? '/calls.html' : `/${view.edition.name}/calls.html`}">calls</a>,
          <a href="/${view.edition.name}/rules.html">rules</a>`,
      ]),
    )}
    <h2>Compare two</h2>
    <ul>
      ${pairsOf(data).map(([a, b]) => html`<li><a href="${diffPath(a, b)}">${a.edition.name} → ${b.edition.name}</a></li>`)}
    </ul>
    <h2>What changed when</h2>
    ${table(
      'Changes',
      ['Change', 'Version', 'Commit', 'What'],
      changes.map((c) => [html`<span class="rule">${c.id}</span>`, c.version, html`<code>${c.commit}</code>`, sentence(c.says)]),
    )}`,
})

/** Every rule of a version, machine by machine. */
export const rulesPage = (data: SiteData, view: SpecView): Page => ({
  path: `${view.edition.name}/rules.html`,
  title: `Rules at ${view.edition.name}`,
  section: 'versions',
  edition: view.edition.name,
  editions: data.views.map((other) => [other.edition.name, `/${other.edition.name}/rules.html`] as const),
  body: html`<h1>Rules at ${view.edition.name}</h1>
    <p class="lead">${plural(view.rules.size, 'rule')}.</p>
    ${view.machines.map((m) => {
      const own = [...view.rules.values()].filter(({ machine }) => machine === m.id)
      return html`<h2 id="${m.id}">${m.id}</h2>
        ${table(
          `Rules of ${m.id}`,
          ['Rule', 'Event', 'When', 'Then'],
          own.map((place) => [ruleLink(view, place.branch.rule), html`<code>${place.event}</code>`, whenText(place), thenText(place)]),
        )}`
    })}`,
})

const whenText = ({ branch }: RulePlace): string => (branch.guard === null ? 'otherwise' : words(branch.guard))
const thenText = ({ branch }: RulePlace): Content =>
  branch.outcome === 'refuse'
    ? errorLink(branch.error!)
    : branch.outcome === 'trap'
      ? html`<strong class="trap">trap</strong>`
      : html`<span class="ok">accepted</span>${branch.target === null ? '' : `, ${branch.target}`}`
const plainThen = ({ branch }: RulePlace): string =>
  JSON.stringify([
    branch.outcome,
    branch.error,
    branch.target,
    branch.guard,
    branch.steps.map((s) => (s.kind === 'effect' ? s.name : [s.mode, s.event, s.route])),
  ])

export function diffPages(data: SiteData): readonly Page[] {
  return pairsOf(data).map(([a, b]) => {
    const gone = [...a.rules.values()].filter(({ branch }) => !b.rules.has(branch.rule))
    const come = [...b.rules.values()].filter(({ branch }) => !a.rules.has(branch.rule))
    const changed = [...a.rules.values()].filter(
      (place) => b.rules.has(place.branch.rule) && plainThen(place) !== plainThen(b.rules.get(place.branch.rule)!),
    )
    const rows = (view: SpecView, list: readonly RulePlace[]): Content =>
      list.length === 0
        ? html`<p>None.</p>`
        : table(
            'Rules',
            ['Rule', 'Machine', 'Event', 'When', 'Then'],
            list.map((place) => [
              ruleLink(view, place.branch.rule),
              place.machine,
              html`<code>${place.event}</code>`,
              whenText(place),
              thenText(place),
            ]),
          )
    const calls = (view: SpecView, other: SpecView): readonly Content[] =>
      view.calls.filter((call) => !other.calls.includes(call)).map(({ fullName }) => callLink(view, fullName))
    const args = a.calls.filter(
      (call) => b.calls.includes(call) && typeText(call.argsAt(a.edition.version)) !== typeText(call.argsAt(b.edition.version)),
    )
    const switched = quirks.filter(({ id }) => a.edition.quirks.has(id) !== b.edition.quirks.has(id))
    return {
      path: diffPath(a, b).slice(1),
      title: `${a.edition.name} → ${b.edition.name}`,
      section: 'versions',
      body: html`<h1>${a.edition.name} → ${b.edition.name}</h1>
        <p class="lead">
          ${plural(gone.length, 'rule')} gone, ${come.length} new, ${changed.length} changed. <a href="/versions.html">Other versions</a>
        </p>
        ${
          switched.length === 0
            ? ''
            : html`<h2>Quirks</h2>
                ${table(
                  'Quirks',
                  ['Quirk', '', 'What the version with it does'],
                  switched.map((q) => [
                    html`<a href="/promises.html#${q.id}">${q.id}</a>`,
                    b.edition.quirks.has(q.id) ? 'begins' : 'ends',
                    sentence(q.says),
                  ]),
                  'long',
                )}`
        }
        <h2>Rules that are gone</h2>
        ${rows(a, gone)}
        <h2>Rules that are new</h2>
        ${rows(b, come)}${
          changed.length === 0
            ? ''
            : html`<h2>Rules that changed</h2>
                ${rows(
                  b,
                  changed.map(({ branch }) => b.rules.get(branch.rule)!),
                )}`
        }
        ${
          args.length === 0
            ? ''
            : html`<h2>Arguments that changed</h2>
                ${table(
                  'Arguments',
                  ['Call', a.edition.name, b.edition.name],
                  args.map((call) => [
                    callLink(b, call.fullName),
                    html`<code class="type">${typeText(call.argsAt(a.edition.version))}</code>`,
                    html`<code class="type">${typeText(call.argsAt(b.edition.version))}</code>`,
                  ]),
                )}`
        }
        <h2>Calls described at one only</h2>
        <p>Only at ${b.edition.name}: ${joined(calls(b, a), ', ')}</p>
        ${calls(a, b).length === 0 ? '' : html`<p>Only at ${a.edition.name}: ${joined(calls(a, b), ', ')}</p>`}
        <h2>What changed on the way</h2>
        ${table(
          'Changes',
          ['Change', 'Version', 'What'],
          changes
            .filter(({ version }) => a.edition.version < version && version <= b.edition.version)
            .map((c) => [html`<span class="rule">${c.id}</span>`, c.version, sentence(c.says)]),
        )}`,
    }
  })
}
