import { eventTypes, type EventType } from '../../../spec/kernel/event.js'
import type { SiteData } from '../data.js'
import { html, joined, type Content } from '../html.js'
import { callLink, eventHref, eventLink, ruleLink, stageLink } from '../links.js'
import { table, type Page } from '../page.js'
import { typeText } from '../plain-text.js'
import { reachOf } from '../reach.js'
import { unitOf } from '../units.js'
import { words } from '../words.js'
import { byPallet, palletContents, tracesPart, whyNever } from './parts.js'

/** What the chain tells: each event's fields, and what makes it come. */

export function eventPage(data: SiteData, event: EventType): Page {
  const { main } = data
  const shape = event.shapeAt(main.edition.version)
  const fields =
    shape.kind === 'struct'
      ? shape.fields
      : shape.kind === 'tuple'
        ? shape.of.map((of, i) => [String(i), of] as const)
        : [['0', shape] as const]
  const places = [...main.rules.values()].filter(({ branch }) =>
    branch.steps.some((step) => step.kind === 'effect' && step.emits.includes(event.fullName)),
  )
  const calls = main.calls.filter((call) => reachOf(main, call).events.includes(event.fullName))
  return {
    path: eventHref(event.fullName).slice(1),
    title: event.fullName,
    section: 'events',
    body: html`<h1><small>${event.pallet}.</small><wbr />${event.name}</h1>
      ${whyNever.has(event.fullName) ? html`<p class="note">Nothing deposits it: ${whyNever.get(event.fullName)}.</p>` : ''}
      <h2>Fields</h2>
      ${
        shape.kind === 'unit'
          ? html`<p>None.</p>`
          : table(
              'Fields',
              ['Name', 'Type', 'Unit'],
              fields.map(([name, of]) => [
                html`<code>${name}</code>`,
                html`<code class="type">${typeText(of)}</code>`,
                unitOf(`${event.fullName}.${name}`),
              ]),
            )
      }
      <h2>Rules that deposit it</h2>
      ${
        places.length === 0
          ? html`<p>None that the spec’s code names or that replays saw.</p>`
          : table(
              'Rules',
              ['Rule', 'When', 'Decided by'],
              places.map(({ machine, event: on, branch }) => [
                ruleLink(main, branch.rule),
                branch.guard === null ? 'otherwise' : words(branch.guard),
                html`${stageLink(main, machine, on)} <small>${machine}</small>`,
              ]),
            )
      }
      <h2>Calls behind which it can come</h2>
      ${
        calls.length === 0
          ? html`<p>None; blocks may.</p>`
          : html`<p class="cloud">
              ${joined(
                calls.map(({ fullName }) => callLink(main, fullName)),
                ' · ',
              )}
            </p>`
      }
      ${tracesPart(data, 'events', event.fullName)}`,
  }
}

export function eventsPage(): Page {
  const all = [...eventTypes.values()].sort((a, b) => (a.fullName < b.fullName ? -1 : 1))
  const row = (event: EventType): readonly Content[] => [
    eventLink(event.fullName),
    html`<code class="type"
      >${event.shape.kind === 'struct' ? event.shape.fields.map(([name]) => name).join(', ') : typeText(event.shape, 2)}</code
    >`,
    whyNever.get(event.fullName) ?? '',
  ]
  const pallets = [...new Set(all.map(({ pallet }) => pallet))]
  return {
    path: 'events.html',
    title: 'Events',
    section: 'events',
    contents: palletContents(pallets),
    body: html`<h1>Events</h1>
      <p class="lead">What the chain tells, and what makes it tell.</p>
      ${byPallet(pallets, 'Events', ['Event', 'Fields', ''], (pallet) => all.filter((e) => e.pallet === pallet).map(row))}`,
  }
}
