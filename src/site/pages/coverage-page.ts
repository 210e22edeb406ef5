import type { Coverage } from '../../../conformance/report/report.js'
import type { SiteData } from '../data.js'
import { graphOf, type Graph } from '../graph.js'
import { heatOf, hitsOf, type Heat } from '../heat.js'
import { html, Html, joined, slug, type Content } from '../html.js'
import { place } from '../layout.js'
import { callLink, errorLink, eventLink, ruleLink } from '../links.js'
import { scrollBox, someOf, table, type Page } from '../page.js'
import { svgOf } from '../svg.js'
import type { MachineView } from '../view.js'
import { plural, words } from '../words.js'
/** What a run hit: heat on the machines, with numbers beside the colours, and lists of what was never hit. */

/** Reports from before it was told lack what cannot come about. */
type Listed = Omit<Coverage, 'unreachable'> & Partial<Pick<Coverage, 'unreachable'>>

const pageOf = (id: string): string => `/coverage/${slug(id)}.html`
const percent = (hit: number, total: number): string => (total === 0 ? '' : `${((100 * hit) / total).toFixed(1)} %`)
const legend = ({ states }: Heat): Html =>
  html`<p class="heat-legend">
    ${
      states === undefined
        ? 'The report counts rules whatever the state that they decided in; a way’s own hits are no more (≤).'
        : 'Hits in the state that an arrow leaves. Where a rule leads to several states, an arrow’s own hits are no more (≤).'
    }
    <span class="heats"
      >${[0, 1, 10, 100, 1000, 10_000].map((n) => html`<span class="heat h${heatOf(n)}">${n === 0 ? 'never' : `${n.toLocaleString('en-US')}${n === 10_000 ? '+' : ''}`}</span> `)}</span
    >
  </p>`

export function coveragePage(data: SiteData): Page {
  const { report } = data
  const shared = { path: 'coverage.html', title: 'Coverage', section: 'coverage' as const }
  if (report === undefined)
    return {
      ...shared,
      body: html`<h1>Coverage</h1>
        <p class="lead">No report was given. Make one, and build the site again:</p>
        <pre><code>tfspec conform --target runtime:144 --calls 50000 --json &gt; report.json
tfspec show --report report.json</code></pre>
        <p>
          What the recorded cases pass through stands with every call, error and event; ${plural(data.traces.length, 'trace')} are here.
        </p>`,
    }
  const { main } = data
  const parts: readonly (readonly [string, Listed, (name: string) => Content])[] = [
    ['Calls accepted', report.coverage.calls, (name) => callLink(main, name)],
    ['Errors seen', report.coverage.errors, errorLink],
    ['Events seen', report.coverage.events, eventLink],
    ['Rules hit', report.coverage.rules, (rule) => ruleLink(main, rule)],
  ]
  return {
    ...shared,
    body: html`<h1>Coverage</h1>
      <p class="lead">
        ${plural(report.calls, 'generated call')} in ${plural(report.cases, 'sequence')} against <code>${report.target}</code>, read at
        ${report.at}, seed ${report.seed}:
        ${
          report.conforms
            ? html`<strong class="ok">zero differences</strong>`
            : html`<strong class="refused">${plural(report.differences.length, 'difference')}</strong>`
        }.
      </p>
      ${report.remarks.map((remark) => html`<p class="note">${remark}</p>`)}
      ${table(
        'Coverage',
        ['What', 'Hit', 'Of', 'Cannot come about', 'Share of the rest'],
        parts.map(([what, { hit, total, unreachable = [] }]) => [
          what,
          hit.toLocaleString('en-US'),
          total.toLocaleString('en-US'),
          unreachable.length,
          html`${meter(hit, total - unreachable.length)} ${percent(hit, total - unreachable.length)}`,
        ]),
      )}
      <h2>Machines</h2>
      ${table(
        'Machines',
        ['Machine', 'Rules hit', 'Of', 'Share', 'Hits'],
        main.machines.map((m) => {
          const rules = rulesOf(data, m)
          const hit = rules.filter((rule) => (report.rules[rule] ?? 0) > 0).length
          return [
            html`<a href="${pageOf(m.id)}">${m.id}</a>`,
            hit,
            rules.length,
            html`${meter(hit, rules.length)} ${percent(hit, rules.length)}`,
            rules.reduce((sum, rule) => sum + (report.rules[rule] ?? 0), 0).toLocaleString('en-US'),
          ]
        }),
      )}
      <h2>Never hit</h2>
      ${parts.map(([what, { missing }, link]) =>
        missing.length === 0
          ? ''
          : html`<h3>${what}: ${missing.length} missing</h3>
              ${someOf(missing.map(link), 24)}`,
      )}
      <h2>Calls</h2>
      ${table(
        'Calls',
        ['Call', 'Accepted', 'Refused', 'Most frequent reasons'],
        Object.entries(report.perCall)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, { accepted, refused }]) => {
            const reasons = Object.entries(refused).sort(([, a], [, b]) => b - a)
            return [
              callLink(main, name),
              accepted.toLocaleString('en-US'),
              reasons.reduce((sum, [, n]) => sum + n, 0).toLocaleString('en-US'),
              joined(
                reasons.slice(0, 4).map(([reason, n]) => html`${errorLink(reason)} ${n.toLocaleString('en-US')}`),
                ', ',
              ),
            ]
          }),
      )}`,
  }
}

const meter = (hit: number, total: number): Html =>
  html`<svg class="meter" viewBox="0 0 100 10" width="100" height="10" aria-hidden="true">
    <rect class="all" width="100" height="10" rx="2" />
    <rect class="part" width="${total === 0 ? 0 : ((100 * hit) / total).toFixed(1)}" height="10" rx="2" />
  </svg>`

const rulesOf = ({ main }: SiteData, m: MachineView): readonly string[] =>
  [...main.rules.values()].filter(({ machine }) => machine === m.id).map(({ branch }) => branch.rule)

/** A machine with its heat. */
export async function heatPage(data: SiteData, m: MachineView): Promise<Page> {
  const { main, report } = data
  const heat: Heat = { machine: m.id, states: report?.states, rules: report?.rules ?? {} }
  const hits = heat.rules
  const rules = rulesOf(data, m)
  const never = rules.filter((rule) => (hits[rule] ?? 0) === 0)
  const cold = coldArrows(graphOf(m, 'full'), heat)
  const draw = async (detail: 'plain' | 'full'): Promise<Html> =>
    new Html(svgOf(await place(graphOf(m, detail)), { title: `${m.id}: hits of a run`, mode: 'page', hasNoLinks: true, heat }))
  return {
    path: pageOf(m.id).slice(1),
    title: `Coverage of ${m.id}`,
    section: 'coverage',
    body: html`<h1>Coverage of ${m.id}</h1>
      <p class="lead">${rules.length - never.length} of ${plural(rules.length, 'rule')} hit. <a href="/coverage.html">All machines</a></p>
      ${legend(heat)}
      <figure class="picture">
        <input type="checkbox" id="full" /><label for="full">show every stage and refusal</label
        >${scrollBox(`Heat of ${m.id}`, await draw('plain'), 'plain')}${scrollBox(`Heat of ${m.id} with every stage and refusal`, await draw('full'), 'full')}
      </figure>
      ${
        cold.length === 0
          ? ''
          : html`<h2>Ways never taken</h2>
              ${someOf(cold, 30)}`
      }
      ${
        never.length === 0
          ? ''
          : html`<h2>Rules never hit</h2>
              ${someOf(
                never.map((rule) => html`${ruleLink(main, rule)} <small>${whenText(data, rule)}</small>`),
                30,
              )}`
      }
      <h2>Hits by rule</h2>
      ${table(
        'Hits by rule',
        ['Rule', 'Hits', 'Event', 'When'],
        [...rules]
          .sort((a, b) => (hits[b] ?? 0) - (hits[a] ?? 0))
          .map((rule) => [
            ruleLink(main, rule),
            html`<span class="heat h${heatOf(hits[rule] ?? 0)}">${(hits[rule] ?? 0).toLocaleString('en-US')}</span>`,
            html`<code>${main.rules.get(rule)!.event}</code>`,
            whenText(data, rule),
          ]),
      )}`,
  }
}

/** From a state to a state, by what nobody went; a line a way, as the picture draws it. */
const coldArrows = ({ arrows }: Graph, heat: Heat): readonly Content[] =>
  arrows.flatMap(({ from, to, lines }) =>
    lines
      .filter((line) => line.ways.length > 0 && hitsOf(line, heat).most === 0)
      .map(
        ({ text }) =>
          html`${joined(
              from.map((state) => html`<span class="chip">${state}</span>`),
              ' ',
            )}
            → <span class="chip">${to}</span> by ${text}`,
      ),
  )

const whenText = ({ main }: SiteData, rule: string): string => {
  const { branch } = main.rules.get(rule)!
  return branch.guard === null ? 'otherwise' : `when ${words(branch.guard)}`
}
