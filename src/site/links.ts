import { html, slug, type Html } from './html.js'
import { short } from './graph.js'
import type { TraceInfo } from './data.js'
import type { SpecView } from './view.js'

/** Addresses of pages, and links to them. */

export const machineHref = (view: SpecView, id: string): string => `/${view.edition.name}/machine/${slug(id)}.html`
export const callHref = (view: SpecView, fullName: string): string => `/${view.edition.name}/call/${slug(fullName)}.html`
export const errorHref = (error: string): string => `/error/${slug(error)}.html`
export const eventHref = (event: string): string => `/event/${slug(event)}.html`
export const traceHref = (trace: Pick<TraceInfo, 'slug'>, step?: number): string =>
  `/trace/${trace.slug}.html${step === undefined ? '' : `#step-${step}`}`

export const ruleLink = (view: SpecView, rule: string): Html => {
  const place = view.rules.get(rule)
  return place === undefined
    ? html`<code>${rule}</code>`
    : html`<a class="rule" href="${machineHref(view, place.machine)}#${rule}">${rule}</a>`
}
export const errorLink = (error: string): Html => html`<a class="error" href="${errorHref(error)}">${short(error)}</a>`
export const eventLink = (event: string): Html => html`<a class="event" href="${eventHref(event)}">${short(event)}</a>`
export const callLink = (view: SpecView, fullName: string): Html =>
  view.calls.some((call) => call.fullName === fullName)
    ? html`<a class="call" href="${callHref(view, fullName)}">${short(fullName)}</a>`
    : html`<code>${fullName}</code>`
export const machineLink = (view: SpecView, id: string): Html => html`<a href="${machineHref(view, id)}">${id}</a>`
/** Events of a machine have a section each on its page; a stage may be named like a call. */
export const handlerAnchor = (event: string): string => (event.startsWith('@') ? `s-${event.slice(1)}` : `e-${event}`)
export const stageLink = (view: SpecView, machine: string, event: string): Html =>
  html`<a class="stage" href="${machineHref(view, machine)}#${handlerAnchor(event)}">${event}</a>`
export const traceLink = (trace: TraceInfo): Html =>
  html`<a href="${traceHref(trace)}">${trace.name}</a> <small>${trace.steps} ${trace.steps === 1 ? 'step' : 'steps'}</small>`
