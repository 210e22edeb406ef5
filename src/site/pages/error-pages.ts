import { eventTypes, type EventType } from '../../../spec/kernel/event.js'
import { callTypes } from '../../../spec/kernel/call.js'
import { registeredErrors } from '../../../spec/pallets/system/dispatch-error.js'
import { palletsAt } from '../../../spec/pallets/system/pallets.js'
import { unreachable } from '../../../spec/unreachable.js'
import { tracesWith, type SiteData } from '../data.js'
import { short } from '../graph.js'
import { html, joined, type Content } from '../html.js'
import { callLink, errorHref, errorLink, eventHref, eventLink, machineLink, ruleLink, stageLink, traceLink } from '../links.js'
import { someOf, table, type Page } from '../page.js'
import { typeText } from '../plain-text.js'
import { reachOf, reasonOf } from '../reach.js'
import type { RulePlace, SpecView } from '../view.js'
import { plural, words } from '../words.js'
import { unitOf } from '../units.js'

const pallets = [...new Set([...callTypes.values()].map(({ pallet }) => pallet)), 'System', 'Scheduler']
const why = new Map(unreachable.map(({ name, why: reason }) => [name, reason]))

/** Every error that anything names: the metadata's, and FRAME's own that rules give. */
export function errorNames({ views }: SiteData): readonly string[] {
  const names = new Set<string>()
  for (const { edition, rules } of views) {
    for (const pallet of pallets) for (const error of registeredErrors(pallet, edition.version)) names.add(`${pallet}.${error}`)
    for (const { branch, machine } of rules.values()) {
      if (branch.outcome === 'refuse') names.add(branch.error!)
      for (const step of branch.steps)
        if (step.kind === 'send' && step.error !== null)
          names.add(step.error.includes('.') ? step.error : `${views[0]!.machine(machine).machine.pallet}.${step.error}`)
    }
  }
  return [...names].sort()
}

/** `index:error`, as wallets show it that have no metadata; undefined for errors that are no pallet's. */
export function moduleIndex(error: string, version: number): string | undefined {
  const pallet = error.slice(0, error.indexOf('.'))
  const index = palletsAt(version)[pallet]
  const at = registeredErrors(pallet, version).indexOf(short(error))
  return index === undefined || at < 0 ? undefined : `${index}:${at}`
}

const placesOf = (view: SpecView, error: string): readonly RulePlace[] =>
  [...view.rules.values()].filter(
    ({ branch, machine }) =>
      (branch.outcome === 'refuse' && branch.error === error) ||
      branch.steps.some(
        (step) =>
          step.kind === 'send' &&
          step.error !== null &&
          (step.error === error || `${view.machine(machine).machine.pallet}.${step.error}` === error),
      ),
  )
const callsWith = (view: SpecView, error: string): readonly string[] =>
  view.calls.filter((call) => reachOf(view, call).errors.has(error)).map(({ fullName }) => fullName)

export function errorPage(data: SiteData, error: string): Page {
  const { main, views } = data
  const found = tracesWith(data, 'errors', error)
  const at = moduleIndex(error, main.edition.version)
  return {
    path: errorHref(error).slice(1),
    title: error,
    section: 'errors',
    body: html`<h1><small>${error.slice(0, Math.max(0, error.lastIndexOf('.') + 1))}</small><wbr />${short(error)}</h1>
      ${at === undefined ? '' : html`<p class="lead">In raw form: pallet ${at.split(':')[0]}, error ${at.split(':')[1]} (at ${main.edition.name}).</p>`}
      ${why.has(error) ? html`<p class="note">No sequence of extrinsics and blocks brings it about: ${why.get(error)}.</p>` : ''}
      ${[main, ...views.filter((view) => view !== main)].map((view) => {
        const places = placesOf(view, error)
        const known = registeredErrors(error.slice(0, error.indexOf('.')), view.edition.version).includes(short(error))
        const part = html`${
          places.length === 0
            ? html`<p>
                ${known ? 'No rule gives it.' : error.includes('.') && at !== undefined ? 'The version does not have it, or no rule gives it.' : 'No rule gives it.'}
              </p>`
            : html`${table(
                  `Why, at ${view.edition.name}`,
                  ['Why', 'When asked for', 'Rule', 'Decided by'],
                  places.map(({ machine, event, states, branch }) => [
                    reasonOf(view, { machine, event, states, branch }),
                    html`${event.startsWith('@') ? stageLink(view, machine, event) : callLink(view, fullCall(view, machine, event))}${states.length < view.machine(machine).states.length ? html` <small>while ${states.join(', ')}</small>` : ''}`,
                    ruleLink(view, branch.rule),
                    machineLink(view, machine),
                  ]),
                )}
                <h3>Calls that can give it</h3>
                <p class="cloud">
                  ${joined(
                    callsWith(view, error).map((name) => callLink(view, name)),
                    ' · ',
                  )}
                </p>`
        }`
        return view === main
          ? html`<h2>At ${view.edition.name}</h2>
              ${part}`
          : html`<details>
              <summary>At ${view.edition.name}: ${places.length === 0 ? 'no rule gives it' : plural(places.length, 'rule')}</summary>
              ${part}
            </details>`
      })}
      <h2>Traces with it</h2>
      ${
        found.length === 0
          ? html`<p>None.</p>`
          : someOf(
              found.map((trace) => html`${traceLink(trace)} <small>${trace.what}</small>`),
              6,
            )
      }`,
  }
}

const fullCall = (view: SpecView, machine: string, event: string): string =>
  view.machine(machine).handlers.find((h) => h.event === event)?.call?.fullName ?? event

const palletOf = (name: string): string => (name.includes('.') ? name.slice(0, name.indexOf('.')) : 'FRAME')

export function errorsPage(data: SiteData): Page {
  const { main } = data
  const names = errorNames(data)
  const groups = [...new Set(names.map(palletOf))]
  return {
    path: 'errors.html',
    title: 'Errors',
    section: 'errors',
    body: html`<h1>Errors</h1>
      <p class="lead">Paste an error into the search above, or a raw one as <code>26:3</code>. Figures are of ${main.edition.name}.</p>
      ${groups.map(
        (pallet) =>
          html`<h2 id="${pallet}">${pallet}</h2>
            ${table(
              `Errors of ${pallet}`,
              ['Error', 'Raw', 'Rules', 'Calls', ''],
              names
                .filter((name) => palletOf(name) === pallet)
                .map((name) => [
                  errorLink(name),
                  moduleIndex(name, main.edition.version) ?? '',
                  placesOf(main, name).length,
                  callsWith(main, name).length,
                  why.get(name) ?? '',
                ]),
              'wide-last',
            )}`,
      )}`,
  }
}

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
  const found = tracesWith(data, 'events', event.fullName)
  return {
    path: eventHref(event.fullName).slice(1),
    title: event.fullName,
    section: 'events',
    body: html`<h1><small>${event.pallet}.</small><wbr />${event.name}</h1>
      ${why.has(event.fullName) ? html`<p class="note">Nothing deposits it: ${why.get(event.fullName)}.</p>` : ''}
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
      <h2>Traces with it</h2>
      ${
        found.length === 0
          ? html`<p>None.</p>`
          : someOf(
              found.map((trace) => html`${traceLink(trace)} <small>${trace.what}</small>`),
              6,
            )
      }`,
  }
}

export function eventsPage(): Page {
  const all = [...eventTypes.values()].sort((a, b) => (a.fullName < b.fullName ? -1 : 1))
  const row = (event: EventType): readonly Content[] => [
    eventLink(event.fullName),
    html`<code class="type"
      >${event.shape.kind === 'struct' ? event.shape.fields.map(([name]) => name).join(', ') : typeText(event.shape, 2)}</code
    >`,
    why.get(event.fullName) ?? '',
  ]
  return {
    path: 'events.html',
    title: 'Events',
    section: 'events',
    body: html`<h1>Events</h1>
      <p class="lead">What the chain tells, and what makes it tell.</p>
      ${[...new Set(all.map(({ pallet }) => pallet))].map(
        (pallet) =>
          html`<h2 id="${pallet}">${pallet}</h2>
            ${table(`Events of ${pallet}`, ['Event', 'Fields', ''], all.filter((e) => e.pallet === pallet).map(row), 'wide-last')}`,
      )}`,
  }
}
