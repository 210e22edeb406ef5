import type { SiteData } from '../data.js'
import { graphOf } from '../graph.js'
import { html, Html, type Content } from '../html.js'
import { place } from '../layout.js'
import { handlerAnchor, machineHref } from '../links.js'
import { scrollBox, table, type ContentsGroup, type Page } from '../page.js'
import { svgOf } from '../svg.js'
import type { Handler, MachineView, SpecView } from '../view.js'
import { plural, sentence, words } from '../words.js'
import { branchLists, handlerTitle } from './branches.js'

/** A machine: its picture, and every branch of every event in order. */
export async function machinePage(data: SiteData, view: SpecView, m: MachineView): Promise<Page> {
  const calls = m.handlers.filter(({ call }) => call !== null)
  const stages = m.handlers.filter(({ call }) => call === null)
  const anchored = new Set<string>()
  const section = (handler: Handler): Html =>
    html`<section class="handler" id="${handlerAnchor(handler.event)}">
      <h3>
        ${handlerTitle(view, handler)}${handler.call === null ? html` <small>${words(handler.event)}${sentBy(view, handler)}</small>` : ''}
      </h3>
      ${branchLists(data, view, handler, anchored)}
    </section>`
  return {
    path: machineHref(view, m.id).slice(1),
    title: `${m.id} at ${view.edition.name}`,
    section: 'machines',
    scripts: ['sheet.js'],
    contents: [...group('Calls', calls), ...group('Stages', stages)],
    edition: view.edition.name,
    editions: data.views.map((other) => [other.edition.name, machineHref(other, m.id)] as const),
    body: html`<h1>${m.id}</h1>
      <p class="lead">
        ${sentence(m.machine.says)}.
        <small
          >${m.machine.pallet} · ${plural(m.states.length, 'state')}, ${plural(calls.length, 'call')},
          ${plural(stages.length, 'stage')}</small
        >
      </p>
      ${await picture(m)}
      <h2>Which event, in which state</h2>
      ${answers(m)}
      ${
        calls.length === 0
          ? ''
          : html`<h2>Calls</h2>
              ${calls.map(section)}`
      }
      ${
        stages.length === 0
          ? ''
          : html`<h2>Stages</h2>
              <p>A stage is an event that a rule or a block sends: it decides again, after something was written.</p>
              ${stages.map(section)}`
      }`,
  }
}

const group = (title: string, handlers: readonly Handler[]): readonly ContentsGroup[] =>
  handlers.length === 0 ? [] : [{ title, items: handlers.map(({ event }) => [event, `#${handlerAnchor(event)}`] as const) }]

async function picture(m: MachineView): Promise<Html> {
  const draw = async (detail: 'plain' | 'full'): Promise<Html> =>
    new Html(svgOf(await place(graphOf(m, detail)), { title: `${m.id}: states and what leads from one to another`, mode: 'page' }))
  const hasSeen = graphOf(m, 'plain').arrows.some(({ isSeen }) => isSeen)
  return html`<figure class="picture">
    <input type="checkbox" id="full" /><label for="full">show every stage and refusal</label>
    ${scrollBox(`Picture of ${m.id}`, await draw('plain'), 'plain')}${scrollBox(`Picture of ${m.id} with every stage and refusal`, await draw('full'), 'full')}
    <figcaption>
      <span class="key call">calls</span> <span class="key stage">stages</span> <span class="key refusal">refusals</span> · behind them
      their rules. Click a line or an arrow for its branches, in the order in which they are
      asked.${
        hasSeen ? ' A dotted way was seen in replays: the state is read from the storage, and an effect changes what it is read from.' : ''
      }
    </figcaption>
  </figure>`
}

/** A line an event, a column a state: what can happen at all. */
const answers = (m: MachineView): Content =>
  table(
    'Events and states',
    ['Event', ...m.states],
    m.handlers.map((handler) => [
      html`<a href="#${handlerAnchor(handler.event)}">${handler.event}</a>`,
      ...m.states.map((state): Content => {
        const list = handler.lists.find(({ states }) => states.includes(state))
        if (list === undefined) return html`<span class="none">–</span>`
        const refusals = list.branches.filter(({ outcome }) => outcome !== 'accept').length
        const accepted = list.branches.length - refusals
        return html`${accepted === 0 ? html`<span class="refused">refused</span>` : html`<span class="ok">${plural(accepted, 'way')}</span>`}${refusals === 0 || accepted === 0 ? '' : html` <small>${plural(refusals, 'refusal')}</small>`}`
      }),
    ]),
    'answers',
  )

function sentBy(view: SpecView, { machine, event }: Handler): Content {
  const senders = view.machines.flatMap(({ id, handlers }) =>
    handlers
      .filter(({ lists }) =>
        lists.some(({ branches }) =>
          branches.some(({ steps }) => steps.some((s) => s.kind === 'send' && s.event === event && s.to.includes(machine))),
        ),
      )
      .map((h) => ({ id, event: h.event })),
  )
  return senders.length === 0
    ? ''
    : html`, sent by
      ${senders.slice(0, 6).map(({ id, event: from }, i) => html`${i === 0 ? '' : ', '}<a href="${machineHref(view, id)}#${handlerAnchor(from)}">${id === machine ? '' : `${id} `}${from}</a>`)}${senders.length > 6 ? ` and ${senders.length - 6} more` : ''}`
}
