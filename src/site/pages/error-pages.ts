import { callTypes } from '../../../spec/kernel/call.js'
import { registeredErrors } from '../../../spec/pallets/system/dispatch-error.js'
import { palletsAt } from '../../../spec/pallets/system/pallets.js'
import type { SiteData } from '../data.js'
import { short } from '../graph.js'
import { html, joined } from '../html.js'
import { callLink, errorHref, errorLink, machineLink, ruleLink, stageLink } from '../links.js'
import { table, type Page } from '../page.js'
import { reachOf, reasonOf } from '../reach.js'
import type { RulePlace, SpecView } from '../view.js'
import { plural } from '../words.js'
import { byPallet, palletContents, tracesPart, whyNever } from './parts.js'

const pallets = [...new Set([...callTypes.values()].map(({ pallet }) => pallet)), 'System', 'Scheduler']

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
  const at = moduleIndex(error, main.edition.version)
  return {
    path: errorHref(error).slice(1),
    title: error,
    section: 'errors',
    body: html`<h1><small>${error.slice(0, Math.max(0, error.lastIndexOf('.') + 1))}</small><wbr />${short(error)}</h1>
      ${at === undefined ? '' : html`<p class="lead">In raw form: pallet ${at.split(':')[0]}, error ${at.split(':')[1]} (at ${main.edition.name}).</p>`}
      ${whyNever.has(error) ? html`<p class="note">No sequence of extrinsics and blocks brings it about: ${whyNever.get(error)}.</p>` : ''}
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
          ? html`<h2>Why it is given, at ${view.edition.name}</h2>
              ${part}`
          : html`<details>
              <summary>At ${view.edition.name}: ${places.length === 0 ? 'no rule gives it' : plural(places.length, 'rule')}</summary>
              ${part}
            </details>`
      })}
      ${tracesPart(data, 'errors', error)}`,
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
    contents: palletContents(groups),
    body: html`<h1>Errors</h1>
      <p class="lead">
        Paste an error into the search above, or a raw one as <code>26:3</code>: pallet and error, as a wallet shows them that has no
        metadata. Rules give it, calls can end with it, at ${main.edition.name}.
      </p>
      ${byPallet(groups, 'Errors', ['Error', 'Raw', 'Rules', 'Calls', ''], (pallet) =>
        names
          .filter((name) => palletOf(name) === pallet)
          .map((name) => [
            errorLink(name),
            moduleIndex(name, main.edition.version) ?? '',
            placesOf(main, name).length,
            callsWith(main, name).length,
            whyNever.get(name) ?? '',
          ]),
      )}`,
  }
}
