import type { SiteData } from '../data.js'
import { html, joined, type Content, type Html } from '../html.js'
import { callLink, errorLink, eventLink, machineLink, ruleLink, stageLink } from '../links.js'
import { short } from '../graph.js'
import type { BranchList, BranchView, Handler, SpecView, StepView } from '../view.js'
import { modeWords, spanWords, words } from '../words.js'

/** Branches as people read them: in the order in which they are asked, the first that holds decides. */

/** @param anchored rules that have their anchor already; a rule's first place in a page is where links lead */
export function branchLists(data: SiteData, view: SpecView, handler: Handler, anchored?: Set<string>): Content {
  const all = view.machine(handler.machine).states
  return handler.lists.map(
    (list) =>
      html`<div data-states="${list.states.join(' ')}">
        ${all.length > 1 ? html`<h4>${statesText(list, all)}</h4>` : ''}
        <ol class="branches">
          ${list.branches.map((b) => branch(data, view, handler, b, anchored, list.branches.length === 1))}
        </ol>
      </div>`,
  )
}

const statesText = ({ states }: BranchList, all: readonly string[]): Content =>
  states.length === all.length
    ? 'in every state'
    : html`while
      ${joined(
        states.map((s) => html`<span class="chip">${s}</span>`),
        ' or ',
      )}`

function branch(
  data: SiteData,
  view: SpecView,
  { machine }: Handler,
  b: BranchView,
  anchored: Set<string> | undefined,
  isAlone: boolean,
): Html {
  const isFirst = anchored !== undefined && !anchored.has(b.rule)
  anchored?.add(b.rule)
  const rule = anchored === undefined ? ruleLink(view, b.rule) : html`<span class="rule">${b.rule}</span>`
  const span = spanWords(b.meta)
  const { guards } = view.machine(machine).machine
  const source = data.sources.get(b.rule)
  const code = b.guard === null ? undefined : String(guards[b.guard])
  return html`<li class="${b.outcome}" ${isFirst ? html` id="${b.rule}"` : ''} data-rule="${b.rule}">
    <span class="when"
      >${b.guard === null ? (isAlone ? 'always' : 'otherwise') : `when ${words(b.guard)}`}${b.meta.says === undefined ? '' : html` <small class="says">${b.meta.says}</small>`}</span
    ><span class="then"
      ><span class="none" aria-hidden="true">→</span>
      ${outcome(b)}${b.meta.pays === 'no' ? html` <span class="chip">the fee is given back</span>` : ''}${
        span === '' ? '' : html` <span class="chip span">${span}</span>`
      }</span
    ><span class="ref">${rule}</span>${
      b.steps.length === 0
        ? ''
        : html`<ol class="steps">
            ${b.steps.map((step) => html`<li>${stepText(view, machine, step)}</li>`)}
          </ol>`
    }
    <details class="exact">
      <summary aria-label="Source of ${b.rule}">source</summary>
      ${source === undefined ? '' : html`<p><code>${source.file}</code>${source.rust === undefined ? '' : html` · Rust: <code>${source.rust}</code>`}</p>`}${
        code === undefined ? '' : html`<pre><code>${b.guard}: ${tidy(code)}</code></pre>`
      }
    </details>
  </li>`
}

/** A function's own text, without what build tools add. */
const tidy = (code: string): string => code.replace(/__vi_import_\d+__\.|\(0,\s*([\w.]+)\)/g, (_, name: string | undefined) => name ?? '')

const outcome = (b: BranchView): Content =>
  b.outcome === 'refuse'
    ? html`refused: ${errorLink(b.error!)}`
    : b.outcome === 'trap'
      ? html`<strong class="trap">the runtime traps</strong>: “${b.error}”`
      : html`<span class="ok">accepted</span>${b.target === null ? '' : html`, becomes <span class="chip">${b.target}</span>`}`

function stepText(view: SpecView, machine: string, step: StepView): Content {
  if (step.kind === 'effect')
    return html`${words(step.name)}${step.emits.length === 0 ? '' : html` · deposits ${joined(step.emits.map(eventLink), ', ')}`}${
      step.writes.length === 0
        ? ''
        : html` <small
            >writes
            ${joined(
              step.writes.map((name) => html`<code title="${name}">${short(name)}</code>`),
              ', ',
            )}</small
          >`
    }`
  const to =
    step.to.length === 0
      ? html`the call that it carries`
      : joined(
          step.to.map((id) => (id === machine ? html`itself` : machineLink(view, id))),
          ' or ',
        )
  return html`${step.to.length === 0 ? html`<code>${step.event}</code>` : stageLink(view, step.to[0]!, step.event)} to
    ${to}${step.route === 'self' ? '' : html` <small>(${words(step.route)})</small>`}
    <small>· ${modeWords(step.mode)}</small
    >${step.error === null ? '' : html`, else ${errorLink(step.error.includes('.') ? step.error : `${view.machine(machine).machine.pallet}.${step.error}`)}`}`
}

/** What a handler is, as a heading shows it. */
export const handlerTitle = (view: SpecView, { event, call }: Handler): Content =>
  call === null ? html`<code>${event}</code>` : callLink(view, call.fullName)
