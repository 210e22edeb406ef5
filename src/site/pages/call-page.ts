import type { CallType } from '../../../spec/kernel/call.js'
import { callsAt } from '../../../spec/versions/weights.js'
import { scheduleAt } from '../../../spec/pallets/transaction-payment/fee.js'
import { BYTE_FEE } from '../../../spec/kernel/arithmetic/fee.js'
import type { SiteData } from '../data.js'
import { html, joined, type Content } from '../html.js'
import { callHref, errorLink, eventLink, machineLink, ruleLink, stageLink } from '../links.js'
import { someOf, table, type ContentsGroup, type Page } from '../page.js'
import { typeText } from '../plain-text.js'
import { reachOf, reasonOf, type Reach } from '../reach.js'
import { unitOf } from '../units.js'
import type { SpecView } from '../view.js'
import { originWords, plural, sentence, words } from '../words.js'
import { branchLists } from './branches.js'
import { byPallet, palletContents, tracesPart } from './parts.js'

/** Everything about one call: what it takes, why it is refused, what it does. */
export function callPage(data: SiteData, view: SpecView, call: CallType): Page {
  const { version } = view.edition
  const reach = reachOf(view, call)
  const handlers = view.handlersOf(call)
  const own = handlers.flatMap(({ lists }) => lists.flatMap(({ branches }) => branches))
  const outcomes = {
    refuse: new Set(own.filter(({ outcome }) => outcome !== 'accept').map(({ rule }) => rule)).size,
    accept: new Set(own.filter(({ outcome }) => outcome === 'accept').map(({ rule }) => rule)).size,
  }
  const shape = call.argsAt(version)
  const fields = shape.kind === 'struct' ? shape.fields : []
  return {
    path: callHref(view, call.fullName).slice(1),
    title: `${call.fullName} at ${view.edition.name}`,
    section: 'calls',
    contents: contentsOf(reach),
    edition: view.edition.name,
    editions: data.views.map((other) => [other.edition.name, other.calls.includes(call) ? callHref(other, call.fullName) : null] as const),
    body: html`<h1><small>${call.pallet}.</small><wbr />${call.name}</h1>
      <dl class="facts">
        <dt>Who may call</dt>
        <dd>${originWords[call.origin] ?? call.origin}; anybody else gets ${errorLink('BadOrigin')}</dd>
        <dt>Who decides</dt>
        <dd>
          ${joined(
            [...new Set(handlers.map(({ machine }) => machine))].map((id) => machineLink(view, id)),
            ', ',
          )}
        </dd>
        <dt>Cost</dt>
        <dd>${cost(call, reach, version)}</dd>
      </dl>
      <h2 id="arguments">Arguments</h2>
      ${
        fields.length === 0
          ? html`<p>None.</p>`
          : table(
              'Arguments',
              ['Name', 'Type', 'Unit'],
              fields.map(([name, of]) => [
                html`<code>${name}</code>`,
                html`<code class="type">${typeText(of)}</code>`,
                unitOf(`${call.fullName}.${name}`),
              ]),
            )
      }
      <h2 id="happens">What happens, in order</h2>
      <p>
        The first line that holds decides: ${plural(outcomes.refuse, 'way', 'ways')} to be refused, ${outcomes.accept} to be accepted.
        Before it come the checks of every extrinsic: nonce, fee, and who calls.
      </p>
      ${handlers.map((handler) => branchLists(data, view, handler))}
      <h2 id="errors">Every error it can give</h2>
      ${errorTable(view, reach)}
      ${
        reach.traps.length === 0
          ? ''
          : html`<h2 id="traps">Where the runtime traps</h2>
              <ul>
                ${reach.traps.map(({ machine, event, branch }) => html`<li>${ruleLink(view, branch.rule)} ${event === call.name ? '' : html`in ${stageLink(view, machine, event)} `}when ${words(branch.guard ?? 'always')}: “${branch.error}”</li>`)}
              </ul>`
      }
      <h2 id="events">Events it can deposit</h2>
      ${reach.events.length === 0 ? html`<p>None of its own.</p>` : html`<p class="cloud">${joined(reach.events.map(eventLink), ' · ')}</p>`}
      <h2 id="storage">Storage it can write</h2>
      ${
        reach.writes.length === 0
          ? html`<p>None seen in replays.</p>`
          : html`<p class="cloud">
                ${joined(
                  reach.writes.map((name) => html`<code>${name}</code>`),
                  ' · ',
                )}
              </p>
              <p><small>As seen in replays of the traces.</small></p>`
      }
      ${
        reach.stages.length === 0
          ? ''
          : html`<h2 id="stages">Stages behind it</h2>
              ${someOf(
                reach.stages.map(([machine, event]) => html`${stageLink(view, machine, event)} <small>${machine}: ${words(event)}</small>`),
                8,
              )}`
      }
      ${tracesPart(data, 'calls', call.fullName)}`,
  }
}

const contentsOf = ({ traps, stages }: Reach): readonly ContentsGroup[] => [
  {
    title: 'On this page',
    items: [
      ...([
        ['Arguments', '#arguments'],
        ['What happens', '#happens'],
        ['Errors', '#errors'],
      ] as const),
      ...(traps.length === 0 ? [] : ([['Traps', '#traps']] as const)),
      ...([
        ['Events', '#events'],
        ['Storage', '#storage'],
      ] as const),
      ...(stages.length === 0 ? [] : ([['Stages', '#stages']] as const)),
      ['Traces', '#traces'],
    ],
  },
]

function errorTable(view: SpecView, { errors }: Reach): Content {
  return errors.size === 0
    ? html`<p>None.</p>`
    : table(
        'Errors',
        ['Error', 'Why', 'Rule', 'Decided by'],
        [...errors].map(([error, places]) => [
          html`${errorLink(error)}`,
          html`${places.map((place, i) => html`${i === 0 ? '' : html`<br />`}${sentence(reasonOf(view, place))}`)}`,
          html`${places.map(({ branch }, i) => html`${i === 0 ? '' : html`<br />`}${ruleLink(view, branch.rule)}`)}`,
          html`${places.map(({ machine, event }, i) => html`${i === 0 ? '' : html`<br />`}${stageLink(view, machine, event)} <small>${machine}</small>`)}`,
        ]),
      )
}

function cost(call: CallType, { givesFeeBack }: Reach, version: number): Content {
  const row = callsAt(version)[call.pallet]?.[call.name]
  const schedule = scheduleAt(version)
  const weight =
    row?.[1] === undefined
      ? 'its weight depends on its arguments'
      : `weight ${row[1].toLocaleString('en-US')} ps, ${(row[2] ?? 0).toLocaleString('en-US')} bytes of proof`
  const fee = `fee ${(Number(schedule.baseFee) / 1e7).toFixed(7)} TFT and ${(Number(BYTE_FEE) / 1e7).toFixed(7)} TFT a byte (the weight costs nothing from the second block on: its multiplier is zero)`
  return html`${fee};
  ${weight}${row?.[3] === undefined ? '' : `, class ${row[3]}`}.${givesFeeBack ? html` <strong>Given back after some of its branches</strong> (Pays::No).` : ''}`
}

/** All calls at an edition, pallet by pallet. */
export function callsPage(data: SiteData, view: SpecView, path: string): Page {
  const pallets = [...new Set(view.calls.map(({ pallet }) => pallet))]
  return {
    path,
    title: `Calls at ${view.edition.name}`,
    section: 'calls',
    contents: palletContents(pallets),
    edition: view.edition.name,
    editions: data.views.map(
      (other) => [other.edition.name, other === data.main ? '/calls.html' : `/${other.edition.name}/calls.html`] as const,
    ),
    body: html`<h1>Calls</h1>
      <p class="lead">What each takes, every reason why it is refused, and what it does, in the order in which the chain asks.</p>
      ${byPallet(pallets, 'Calls', ['Call', 'Who', 'Arguments', 'Errors', 'Decided by'], (pallet) =>
        view.calls
          .filter((call) => call.pallet === pallet)
          .map((call) => {
            const shape = call.argsAt(view.edition.version)
            return [
              html`<a class="call" href="${callHref(view, call.fullName)}">${call.name}</a>`,
              call.origin === 'restricted' ? 'Root or council' : call.origin,
              html`<code>${shape.kind === 'struct' ? shape.fields.map(([name]) => name).join(', ') : ''}</code>`,
              reachOf(view, call).errors.size,
              joined(
                [...new Set(view.handlersOf(call).map(({ machine }) => machine))].map((id) => machineLink(view, id)),
                ', ',
              ),
            ]
          }),
      )}`,
  }
}
