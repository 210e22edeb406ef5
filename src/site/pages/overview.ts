import { invariants } from '../../../spec/invariants.js'
import type { SiteData } from '../data.js'
import { chainMap } from '../chain-map.js'
import { html, Html, joined, type Content } from '../html.js'
import { place } from '../layout.js'
import { graphOf } from '../graph.js'
import { machineHref, machineLink, traceLink } from '../links.js'
import { scrollBox, type Page } from '../page.js'
import { svgOf } from '../svg.js'
import type { MachineView, SpecView } from '../view.js'
import { plural, sentence } from '../words.js'
import { byPallet } from './parts.js'

/** Where a reader begins: what this is, the most asked questions, the machine that most ask about. */
export async function homePage(data: SiteData): Promise<Page> {
  const { main, traces } = data
  const contract = main.machine('contract')
  const picture = new Html(
    svgOf(await place(graphOf(contract, 'plain')), { title: 'The life of a grid contract', mode: 'page' }).replaceAll(
      'href="#',
      `href="${machineHref(main, 'contract')}#`,
    ),
  )
  return {
    path: 'index.html',
    title: 'The rules of TFChain',
    section: 'home',
    body: html`<h1>The rules of TFChain</h1>
      <p class="lead">
        On TFChain people rent computers from farmers, and real money hangs on its rules. Here every rule is a branch of a state machine
        that you can read, and that is executed against the chain’s real runtime, with each outcome, event and storage key compared.
      </p>
      <ul class="figures">
        ${figures(data).map(([n, what]) => html`<li><strong>${n.toLocaleString('en-US')}</strong> <span>${what}</span></li>`)}
      </ul>
      <ul class="cards">
        ${cards(data).map(
          ([href, question, answer]) =>
            html`<li>
              <a href="${href}">${question}</a>
              <p>${answer}</p>
            </li>`,
        )}
      </ul>
      <h2>The life of a grid contract</h2>
      <p>
        From top to bottom: created by a call, deployed once its node has reported what it uses, in grace while its owner cannot pay. One
        whose grace ran out, or whose node was deleted, waits as <em>deleted</em> until it is removed.
      </p>
      <figure class="picture">
        ${scrollBox('Picture of the contract machine', picture, 'plain')}
        <figcaption><a href="${machineHref(main, 'contract')}">All its branches, in order</a></figcaption>
      </figure>
      ${
        traces.length === 0
          ? ''
          : html`<h2>Begin with a trace</h2>
              <ul>
                ${traces.slice(0, 4).map((trace) => html`<li>${traceLink(trace)} <small>${trace.what}</small></li>`)}
              </ul>`
      }`,
  }
}

const figures = ({ main, traces, report }: SiteData): readonly (readonly [number, string])[] => [
  [main.calls.length, 'calls'],
  [main.rules.size, `rules at ${main.edition.name}`],
  [invariants.length, 'invariants'],
  [traces.length, 'recorded cases'],
  ...(report === undefined ? [] : ([[report.calls, `calls tried, ${plural(report.differences.length, 'difference')}`]] as const)),
]

const cards = ({ main, traces, report }: SiteData): readonly (readonly [href: string, question: string, answer: string])[] => [
  ['/errors.html', 'Why was my call refused?', 'Paste the error into the search: every reason, in the order in which the chain asks.'],
  ['/calls.html', 'What does a call do?', 'Arguments with their units, preconditions, effects, events, cost.'],
  [
    machineHref(main, 'contract'),
    'How does a contract live?',
    `One of ${main.machines.length} machines, drawn: click an arrow for its branches.`,
  ],
  ['/bill.html', 'What will I pay?', 'A bill, step by step, with its rounding. Enter your own.'],
  ['/traces.html', 'What happened there?', `${plural(traces.length, 'case')} to step through, forwards and backwards.`],
  [
    '/coverage.html',
    'What has been tested?',
    report === undefined
      ? 'Which rules a run hit, on the machines themselves.'
      : `${plural(report.calls, 'call')} against ${report.target.split('@')[0]!}.`,
  ],
  ['/promises.html', 'What is promised?', 'The documents’ sentences, the invariants, and where a released version breaks them.'],
  ['/versions.html', 'What changed?', 'The rules of a version, and between two.'],
  ['/bridge.html', 'What can the bridge lose?', 'TFChain, Stellar and the validators between them, while things go wrong.'],
]

export async function machinesPage(data: SiteData, view: SpecView, path: string): Promise<Page> {
  const rules = (m: MachineView): number => [...view.rules.values()].filter(({ machine }) => machine === m.id).length
  const map = new Html(
    svgOf(await place(chainMap(view)), { title: 'How entities lean on each other', mode: 'page', href: (id) => machineHref(view, id) }),
  )
  const row = (m: MachineView): readonly Content[] => [
    machineLink(view, m.id),
    sentence(m.machine.says),
    joined(
      m.states.map((s) => (s === 'always' ? '' : html`<span class="chip">${s}</span>`)),
      ' ',
    ),
    m.handlers.filter(({ call }) => call !== null).length,
    m.handlers.filter(({ call }) => call === null).length,
    rules(m),
  ]
  const pallets = [...new Set(view.machines.map(({ machine }) => machine.pallet))]
  return {
    path,
    title: `Machines at ${view.edition.name}`,
    section: 'machines',
    edition: view.edition.name,
    editions: data.views.map(
      (other) => [other.edition.name, other === data.main ? '/machines.html' : `/${other.edition.name}/machines.html`] as const,
    ),
    body: html`<h1>Machines</h1>
      <p class="lead">
        Every entity with a life is a machine: a contract, a node, a deposit on its way over the bridge. A call without such an entity
        belongs to its pallet’s machine of one state.
      </p>
      <h2 id="map">How entities lean on each other</h2>
      <figure class="picture">
        ${scrollBox('Map of the chain', map, 'plain')}
        <figcaption>
          A solid way: the one sends the other something to decide about. A dotted way, and a line in italics: the one holds the other’s id
          or account.
        </figcaption>
      </figure>
      ${byPallet(pallets, 'Machines', ['Machine', 'What it is', 'States', 'Calls', 'Stages', 'Rules'], (pallet) =>
        view.machines.filter(({ machine }) => machine.pallet === pallet).map(row),
      )}`,
  }
}
