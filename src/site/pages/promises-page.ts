import { gates } from '../../../spec/gates.js'
import { invariants } from '../../../spec/invariants.js'
import { requirements, type Requirement } from '../../../spec/requirements.js'
import { quirks } from '../../../spec/versions/quirks.js'
import type { SiteData } from '../data.js'
import { html, joined, type Content } from '../html.js'
import { ruleLink, traceHref } from '../links.js'
import { table, type Page } from '../page.js'
import { sentence } from '../words.js'

/** What is promised, what carries each promise, and where a released version breaks one. */
export function promisesPage(data: SiteData): Page {
  const { main, traces, findings } = data
  const breaking = (id: string): Content => {
    const found = traces
      .flatMap((trace) => trace.broken.filter(({ invariant }) => invariant === id).map(({ step }) => ({ trace, step })))
      .sort((a, b) => a.step - b.step)
    return found.length === 0
      ? ''
      : html`${found.slice(0, 3).map(({ trace, step }, i) => html`${i === 0 ? '' : ', '}<a href="${traceHref(trace, step + 1)}">${trace.name}</a>`)}${found.length > 3 ? ` and ${found.length - 3} more` : ''}`
  }
  const rulesOf = (quirk: string): readonly string[] => [
    ...new Set(
      data.views.flatMap((view) =>
        [...view.rules.values()]
          .filter(({ branch }) => branch.meta.quirk === quirk || branch.meta.instead === quirk)
          .map(({ branch }) => branch.rule),
      ),
    ),
  ]
  const carries = (id: string): Content =>
    joined(
      requirements
        .filter(({ rules = [], invariants: held = [] }) => rules.includes(id) || held.includes(id))
        .map((r) => html`<a href="#${r.id}">${r.id}</a>`),
      ', ',
    )
  const linkTo = (id: string): Content =>
    known.has(id) ? html`<a href="#${id}">${id}</a>` : ruleLink(data.views.find(({ rules }) => rules.has(id)) ?? main, id)
  const carriers = ({ rules = [], invariants: held = [], tests = [] }: Requirement): Content =>
    joined([...rules.map(linkTo), ...held.map(linkTo), ...tests.map((file) => html`<code>${file}</code>`)], ' ')
  const known = new Set([...invariants.map(({ id }) => id), ...gates.map(({ id }) => id), ...quirks.map(({ id }) => id)])
  return {
    path: 'promises.html',
    title: 'Promises',
    section: 'promises',
    body: html`<h1>Promises</h1>
      <p class="lead">What must hold, what TFChain’s documents say, and the quirks by which a released version does something else.</p>
      <p>
        <a href="#invariants">${invariants.length} invariants</a> ·
        <a href="#quirks">${quirks.length} quirks</a
        >${requirements.length === 0 ? '' : html` · <a href="#requirements">${requirements.length} sentences of the documents</a>`}${findings === undefined ? '' : html` · <a href="#findings">${findings.findings.length} findings</a>`}
      </p>
      ${findings === undefined ? '' : findingsPart(data)}
      <h2 id="quirks">Quirks</h2>
      <p>What a released version does although something else is promised. Each can be switched off, one by one.</p>
      ${table(
        'Quirks',
        ['Quirk', 'What the version does', 'What is promised instead', 'It can cost', 'Versions', 'Rules', 'Breaks'],
        quirks.map((q) => [
          html`<span class="rule" id="${q.id}">${q.id}</span>`,
          sentence(q.says),
          html`${sentence(q.promises)}<br /><small><code>${q.source}</code></small>`,
          html`<span class="chip">${q.severity}</span>`,
          `${q.from ?? 'the first'} to ${q.until === undefined ? 'now' : q.until - 1}`,
          joined(
            rulesOf(q.id).map((rule) => ruleLink(data.views.find(({ rules }) => rules.has(rule)) ?? main, rule)),
            ' ',
          ),
          joined(
            invariants.filter(({ brokenBy }) => brokenBy.includes(q.id)).map(({ id }) => html`<a href="#${id}">${id}</a>`),
            ' ',
          ),
        ]),
        'long',
      )}
      <h2 id="invariants">Invariants</h2>
      <p>Checked after every step of every sequence. Where a released version is known to break one, its quirks are named.</p>
      ${table(
        'Invariants',
        ['Invariant', 'What holds', 'Kind', 'Reads', 'Broken by', 'Carries', 'Seen broken in'],
        invariants.map((i) => [
          html`<span class="rule" id="${i.id}">${i.id}</span>`,
          sentence(i.claim),
          i.kind,
          joined(
            i.reads.map(({ name }) => html`<code>${name}</code>`),
            ' ',
          ),
          joined(
            i.brokenBy.map((id) => html`<a href="#${id}">${id}</a>`),
            ' ',
          ),
          carries(i.id),
          breaking(i.id),
        ]),
        'long',
      )}
      <h2 id="gates">Gates</h2>
      <p>States and steps that sequences must reach: a suite that never sees them proves nothing about them.</p>
      ${table(
        'Gates',
        ['Gate', 'What is reached', 'Carries'],
        gates.map((g) => [html`<span class="rule" id="${g.id}">${g.id}</span>`, sentence(g.claim), carries(g.id)]),
      )}
      ${
        requirements.length === 0
          ? ''
          : html`<h2 id="requirements">What the documents say</h2>
              <p>${statuses()}</p>
              ${table(
                'Requirements',
                ['Id', 'Sentence', 'Source', 'Status', 'Carried by'],
                requirements.map((r) => [
                  html`<span class="rule" id="${r.id}">${r.id}</span>`,
                  r.says,
                  html`<small>${r.source}</small>`,
                  html`<span class="chip ${r.status}">${r.status}</span>${r.reason === undefined ? '' : html` <small>${r.reason}</small>`}${
                      r.decided === undefined
                        ? ''
                        : html`<details>
                            <summary>decided</summary>
                            <small>${r.decided}</small>
                          </details>`
                    }`,
                  carriers(r),
                ]),
                'long',
              )}`
      }`,
  }
}

const statuses = (): string =>
  (['carried', 'planned', 'outside'] as const)
    .map((status) => `${requirements.filter((r) => r.status === status).length} ${status}`)
    .join(', ')

function findingsPart({ findings, traces }: SiteData): Content {
  if (findings === undefined) return ''
  return html`<h2 id="findings">Findings at ${findings.at}</h2>
    <p>${findings.rootCauses} root causes, ${findings.confirmed} of them confirmed on the real runtime.</p>
    ${table(
      'Findings',
      ['Promise', 'What the version does instead', 'It can cost', 'On the runtime', 'Steps', 'Trace'],
      findings.findings.map((f) => {
        const trace = traces.find(
          ({ kind, name }) => kind === 'finding' && f.fixture !== undefined && name === f.fixture.replace(/\.json$/, ''),
        )
        return [
          html`<a href="#${f.invariant}">${f.invariant}</a> ${sentence(f.claim)}`,
          html`${f.instead.map((text) => sentence(text)).join(' ')}
            <small
              >${joined(
                f.cause.map((id) => html`<a href="#${id}">${id}</a>`),
                ' ',
              )}</small
            >`,
          html`<span class="chip">${f.severity}</span>`,
          f.runtime,
          f.stepCount,
          trace === undefined ? '' : html`<a href="${traceHref(trace)}">step through</a>`,
        ]
      }),
      'long',
    )}`
}
