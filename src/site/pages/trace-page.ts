import type { SiteData, TraceInfo, Unusable } from '../data.js'
import { short } from '../graph.js'
import { html, joined, type Content } from '../html.js'
import { errorLink, ruleLink, traceHref, traceLink } from '../links.js'
import { table, type Page } from '../page.js'
import type { TraceStep } from '../trace.js'
import { durationText, plural } from '../words.js'

/** The steps that a page holds in its own text; a longer trace's others come with its scripts. */
export const stepsInPage = 100

/** Steps a script file. */
export const stepsInChunk = 100

/** A step in one line, for the page that has no script. */
const line = (step: TraceStep): Content => {
  const what =
    step.call === undefined
      ? html`advance ${plural(step.advance?.blocks ?? 0, 'block')}, ${durationText(step.advance?.seconds ?? 0)}`
      : short(step.call)
  const { type, text } = step.outcome
  return html`<li value="${step.n + 1}">
    <a href="#step-${step.n + 1}" data-step="${step.n}"
      ><span class="${step.call === undefined ? 'stage' : 'call'}">${what}</span
      >${type === 'ok' ? '' : html` <span class="refused">${text ?? type}</span>`}${step.broken.length === 0 ? '' : html` <span class="trap">breaks ${step.broken[0]!.invariant}</span>`}</a
    >
  </li>`
}

export function tracePage(data: SiteData, trace: TraceInfo, first: readonly TraceStep[]): Page {
  const { info, broken } = trace
  const { difference } = info
  const view = data.views.find(({ edition }) => edition.name === String(trace.version)) ?? data.main
  return {
    path: traceHref(trace).slice(1),
    title: trace.name,
    section: 'traces',
    scripts: ['trace-text.js', 'trace-diff.js', 'trace-panel.js', 'trace-machine.js', 'trace.js', `trace/${trace.slug}.js`],
    body: html`<h1>${trace.name}</h1>
      <p class="lead">${trace.what}</p>
      <p>
        <small
          >${trace.kind} · spec_version ${trace.version} · ${plural(trace.steps, 'step')} · ${info.tool}, seed ${info.seed}, case
          ${info.case}${info.rule === undefined ? '' : html` · kept for ${ruleLink(view, info.rule)}`}</small
        >
      </p>
      ${
        difference === undefined
          ? ''
          : html`<p class="note">
              At <a href="#step-${difference.step + 1}">step ${difference.step + 1}</a> the reference and the target part:
              ${difference.kind}, <code>${difference.field}</code> (${ruleLink(view, difference.rule)}).
            </p>`
      }
      ${
        broken.length === 0
          ? ''
          : html`<p class="note">
              Breaks what is intended:
              ${joined(
                broken
                  .slice(0, 8)
                  .map(
                    ({ invariant, step }) =>
                      html`<a href="/promises.html#${invariant}">${invariant}</a> at <a href="#step-${step + 1}">step ${step + 1}</a>`,
                  ),
                ', ',
              )}${broken.length > 8 ? ` and ${broken.length - 8} more` : ''}.
            </p>`
      }
      <div id="trace" class="trace">
        <div class="controls" role="group" aria-label="Steps">
          <button type="button" id="first" disabled>|◀<span class="hidden">first step</span></button
          ><button type="button" id="back" disabled>◀<span class="hidden">step back</span></button
          ><output id="where" for="first back on last">step 1 of ${trace.steps}</output
          ><button type="button" id="on" disabled>▶<span class="hidden">step on</span></button
          ><button type="button" id="last" disabled>▶|<span class="hidden">last step</span></button>
        </div>
        <div id="timeline" class="timeline" aria-hidden="true"></div>
        <p class="timeline-key">
          <small>A mark a step: white where only time passes, red where a call is refused, framed where something breaks or differs.</small>
        </p>
        <div class="columns">
          <nav class="steps" aria-label="Steps of the trace" tabindex="0">
            <ol id="steps">
              ${first.map(line)}
            </ol>
            ${trace.steps > first.length ? html`<p><small>and ${trace.steps - first.length} more, with script</small></p>` : ''}
          </nav>
          <section id="panel" class="panel" aria-live="polite" aria-label="The step">
            <noscript><p>Stepping needs script. The steps stand beside; what each brought about is in the case’s file.</p></noscript>
          </section>
        </div>
      </div>
      <details>
        <summary>Rules that decide in it (${trace.rules.size})</summary>
        <p class="cloud">
          ${joined(
            [...trace.rules].sort().map((rule) => ruleLink(view, rule)),
            ' ',
          )}
        </p>
      </details>`,
  }
}

export function tracesPage(data: SiteData): Page {
  const { traces, unusable } = data
  const kinds: readonly (readonly [TraceInfo['kind'], string, string])[] = [
    ['difference', 'Differences', 'Where an implementation did something else than the spec says.'],
    ['finding', 'Findings', 'Where a released version breaks what is promised.'],
    ['fixture', 'Fixtures', 'Cases that were recorded on the real runtime, each kept for a rule, an error or an event.'],
  ]
  return {
    path: 'traces.html',
    title: 'Traces',
    section: 'traces',
    body: html`<h1>Traces</h1>
      <p class="lead">Open one and step through it, forwards and backwards: what was called, why it was decided so, what changed.</p>
      <p>
        <a href="/bridge.html">The bridge, end to end</a>: what breaks between TFChain, Stellar and the validators, as sequence diagrams.
      </p>
      ${kinds.map(([kind, title, says]) => {
        const own = traces.filter((trace) => trace.kind === kind)
        return own.length === 0
          ? ''
          : html`<h2>${title}</h2>
              <p>${says}</p>
              ${table(
                title,
                ['Trace', 'What', 'Version', 'Errors', 'Breaks'],
                own.map((trace) => [
                  traceLink(trace),
                  trace.what,
                  trace.version,
                  joined([...trace.errors].slice(0, 3).map(errorLink), ', '),
                  joined(
                    [...new Set(trace.broken.map(({ invariant }) => invariant))]
                      .slice(0, 3)
                      .map((id) => html`<a href="/promises.html#${id}">${id}</a>`),
                    ' ',
                  ),
                ]),
                'long',
              )}`
      })}
      ${
        unusable.length === 0
          ? ''
          : html`<h2>Files that are no trace</h2>
              ${table(
                'Unusable files',
                ['File', 'Why'],
                unusable.map(({ file, problem }: Unusable) => [html`<code>${file}</code>`, problem]),
              )}`
      }`,
  }
}
