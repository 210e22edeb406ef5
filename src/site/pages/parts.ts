import { unreachable } from '../../../spec/unreachable.js'
import { tracesWith, type SiteData } from '../data.js'
import { html, type Content, type Html } from '../html.js'
import { traceLink } from '../links.js'
import { someOf, table, type ContentsGroup } from '../page.js'

/** Parts that several kinds of pages have. */

/** Why nothing brings an error or an event about, by its full name. */
export const whyNever: ReadonlyMap<string, string> = new Map(unreachable.map(({ name, why }) => [name, why]))

/** The traces that pass through something, the shortest first. */
export function tracesPart(data: SiteData, what: 'calls' | 'errors' | 'events', name: string): Html {
  const found = tracesWith(data, what, name)
  return html`<h2 id="traces">Traces with it</h2>
    ${
      found.length === 0
        ? html`<p>None.</p>`
        : someOf(
            found.map((trace) => html`${traceLink(trace)} <small>${trace.what}</small>`),
            6,
          )
    }`
}

export const palletContents = (pallets: readonly string[]): readonly ContentsGroup[] => [
  { title: 'Pallets', items: pallets.map((pallet) => [pallet, `#${pallet}`] as const) },
]

/** A table a pallet. */
export const byPallet = (
  pallets: readonly string[],
  what: string,
  head: readonly Content[],
  rows: (pallet: string) => readonly (readonly Content[])[],
): readonly Html[] =>
  pallets.map(
    (pallet) =>
      html`<h2 id="${pallet}">${pallet}</h2>
        ${table(`${what} of ${pallet}`, head, rows(pallet))}`,
  )
