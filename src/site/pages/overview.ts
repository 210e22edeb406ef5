import type { SiteData } from '../data.js'
import { chainMap } from '../chain-map.js'
import { html, Html, joined, type Content } from '../html.js'
import { place } from '../layout.js'
import { graphOf } from '../graph.js'
import { machineHref, machineLink, traceLink } from '../links.js'
import { scrollBox, table, type Page } from '../page.js'
import { svgOf } from '../svg.js'
import type { MachineView, SpecView } from '../view.js'
import { plural, sentence } from '../words.js'

/** Where a reader begins: what this is, the most asked questions, the machine that most ask about. */
export async function homePage(data: SiteData): Promise<Page> {
  const { main, traces, report } = data
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
        TFChain is a chain on which people rent computers from farmers. Its rules are machines here: what exists, which calls it takes, why
        one is refused, what an accepted one does. The same rules are executed against the real runtime, with every outcome, event and
        storage key compared.
      </p>
      <ul class="cards">
        <li>
          <a href="/errors.html">Why was my call refused?</a>
          <p>Paste the error into the search above: every reason, in the order in which the chain asks.</p>
        </li>
        <li>
          <a href="/calls.html">What does a call do?</a>
          <p>${plural(main.calls.length, 'call')}: arguments, preconditions, effects, events, cost.</p>
        </li>
        <li>
          <a href="${machineHref(main, 'contract')}">How does a contract live?</a>
          <p>${plural(main.machines.length, 'machine')} with ${plural(main.rules.size, 'rule')}, drawn.</p>
        </li>
        <li>
          <a href="/bill.html">What will I pay?</a>
          <p>A bill, step by step, with its rounding.</p>
        </li>
        <li>
          <a href="/traces.html">What happened there?</a>
          <p>${plural(traces.length, 'recorded case')} to step through, forwards and backwards.</p>
        </li>
        <li>
          <a href="/coverage.html">What has been tested?</a>
          <p>${report === undefined ? 'No run’s report was given.' : `${plural(report.calls, 'call')} against ${report.target}.`}</p>
        </li>
        <li>
          <a href="/promises.html">What is promised?</a>
          <p>Invariants, the documents’ sentences, and where a released version breaks them.</p>
        </li>
        <li>
          <a href="/versions.html">What changed?</a>
          <p>The rules of a version, and between two.</p>
        </li>
      </ul>
      <h2>The life of a grid contract</h2>
      <figure class="picture">
        ${scrollBox('Picture of the contract machine', picture, 'plain')}
        <figcaption><a href="${machineHref(main, 'contract')}">Its branches, in order</a></figcaption>
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
      <p class="lead">Every entity with a life is a machine; what has none belongs to its pallet’s machine of one state.</p>
      <h2>How entities lean on each other</h2>
      <figure class="picture">
        ${scrollBox('Map of the chain', map, 'plain')}
        <figcaption>
          A solid way: the one sends the other something to decide about. A dotted way, and a line in italics: the one holds the other’s id
          or account.
        </figcaption>
      </figure>
      ${pallets.map(
        (pallet) =>
          html`<h2 id="${pallet}">${pallet}</h2>
            ${table(`Machines of ${pallet}`, ['Machine', 'What it is', 'States', 'Calls', 'Stages', 'Rules'], view.machines.filter(({ machine }) => machine.pallet === pallet).map(row))}`,
      )}`,
  }
}
