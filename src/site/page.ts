import { html, Html, type Content } from './html.js'

/** A page before it has its frame. In bodies, addresses begin with a slash: the site's own folder. */
export interface Page {
  /** As `144/machine/contract.html`. */
  readonly path: string
  readonly title: string
  readonly body: Content
  /** Which entry of the navigation is lit. */
  readonly section: Section
  /** Script files beside `site.js`, from the site's folder. */
  readonly scripts?: readonly string[]
  /** The same page at other editions: name and address. */
  readonly editions?: readonly (readonly [name: string, href: string | null])[]
  readonly edition?: string
  /** Parts of a long page, in groups: beside it where there is room. */
  readonly contents?: readonly ContentsGroup[]
}

export interface ContentsGroup {
  readonly title: string
  readonly items: readonly (readonly [label: string, href: string])[]
}

export type Section = 'home' | 'machines' | 'calls' | 'errors' | 'events' | 'promises' | 'traces' | 'coverage' | 'versions' | 'bill'

const sections: readonly (readonly [section: Section, label: string, href: string])[] = [
  ['machines', 'Machines', '/machines.html'],
  ['calls', 'Calls', '/calls.html'],
  ['errors', 'Errors', '/errors.html'],
  ['events', 'Events', '/events.html'],
  ['promises', 'Promises', '/promises.html'],
  ['traces', 'Traces', '/traces.html'],
  ['coverage', 'Coverage', '/coverage.html'],
  ['versions', 'Versions', '/versions.html'],
  ['bill', 'A bill', '/bill.html'],
]

/** Nothing but the site's own files may run or load, and nothing may be sent. `file:` is there because a page that was opened from a folder has no origin. */
const policy =
  "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file: data:; base-uri 'none'; form-action 'none'"

/** The whole page. */
export function pageText(page: Page): string {
  const up = '../'.repeat(page.path.split('/').length - 1)
  const text = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${new Html(policy)}" />
        <meta name="color-scheme" content="light dark" />
        <title>${page.title} · tfspec</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/site.css" />
        <script src="/theme.js"></script>
        <script src="/site.js" defer data-up="${up}"></script>
        <script src="/find.js" defer></script>
        ${(page.scripts ?? []).map((name) => html`<script src="/${name}" defer></script> `)}
      </head>
      <body>
        <a class="skip" href="#main">To the content</a>
        <header class="top">
          <a class="brand" href="/index.html" ${page.section === 'home' ? html` aria-current="page"` : ''}
            ><svg width="26" height="18" viewBox="0 0 26 18" aria-hidden="true">
              <circle cx="5" cy="9" r="3.5" />
              <path d="M9.5 9h6m-3 -3l3 3l-3 3" />
              <circle class="full" cx="20.5" cy="9" r="3.5" /></svg
            >tfspec</a
          >
          <nav aria-label="Parts of the site">
            <ul>
              ${sections.map(
                ([section, label, href]) =>
                  html`<li><a href="${href}" ${page.section === section ? html` aria-current="true"` : ''}>${label}</a></li>`,
              )}
            </ul>
          </nav>
          <div class="search" role="search">
            <label class="hidden" for="q">Search calls, errors, events, rules</label
            ><input
              id="q"
              type="search"
              placeholder="Search: an error, a call, a rule…"
              autocomplete="off"
              spellcheck="false"
              role="combobox"
              aria-expanded="false"
              aria-controls="found"
              aria-autocomplete="list"
              disabled
            />
            <ul id="found" role="listbox" aria-label="Found" hidden></ul>
          </div>
          <button id="theme" type="button" hidden>Dark</button>
        </header>
        <main id="main" tabindex="-1" ${page.contents === undefined ? '' : html` class="wide"`}>
          ${page.contents === undefined ? '' : contentsNav(page.contents)}
          ${page.contents === undefined ? whole(page) : html`<div class="body">${whole(page)}</div>`}
        </main>
        <footer>
          <p>
            Made by <code>tfspec show</code> from the executable specification of TFChain. Rules are the machines’ own; nothing here is
            written by hand twice.
          </p>
        </footer>
      </body>
    </html> `
  // Text is escaped, so that this can only meet attributes that the templates wrote.
  return text.text.replace(/ (href|src)="\//g, ` $1="${up}`)
}

const contentsNav = (groups: readonly ContentsGroup[]): Html =>
  html`<nav class="contents" aria-label="On this page">
    ${groups.map(
      ({ title, items }) =>
        html`<p>${title}</p>
          <ul>
            ${items.map(([label, href]) => html`<li><a href="${href}">${label}</a></li>`)}
          </ul>`,
    )}
  </nav>`

const whole = ({ editions = [], edition, body }: Page): Html =>
  html`${
    editions.length === 0
      ? ''
      : html`<nav class="editions" aria-label="Versions">
          <span>Version</span>${editions.map(([name, href]) =>
            href === null
              ? html`<span class="off" title="not at this version">${name}</span>`
              : html`<a href="${href}" ${name === edition ? html` aria-current="page"` : ''}>${name}</a>`,
          )}
        </nav>`
  }${body}`

const isNumber = (cell: Content): boolean => typeof cell === 'number' || (typeof cell === 'string' && /^[\d,.]+$/.test(cell))

/**
 * A table in a box of its own, which scrolls sideways where it must and can be reached by keyboard. A wide one becomes a
 * list of cards on a phone; its roles are written out, because a table that is laid out otherwise is none to every reader.
 */
export function table(label: string, head: readonly Content[], rows: readonly (readonly Content[])[], cls = ''): Html {
  const stacks = head.length > 3 && cls !== 'answers'
  const role = (name: string): Content => (stacks ? html` role="${name}"` : '')
  const numeric = head.map((_, i) => i > 0 && rows.length > 0 && rows.every((row) => row[i] === '' || isNumber(row[i])))
  const name = (i: number): Content => (stacks && typeof head[i] === 'string' ? html` data-head="${head[i]}"` : '')
  const number = (i: number): Content => (numeric[i] === true ? html` class="number"` : '')
  return scrollBox(
    label,
    html`<table class="${[cls, stacks ? 'stack' : ''].filter((one) => one !== '').join(' ')}" ${role('table')}>
      <thead ${role('rowgroup')}>
        <tr ${role('row')}>
          ${head.map((cell, i) => html`<th scope="col" ${role('columnheader')}${number(i)}>${cell}</th>`)}
        </tr>
      </thead>
      <tbody ${role('rowgroup')}>
        ${rows.map(
          (row) =>
            html`<tr ${role('row')}>
              ${row.map((cell, i) => (i === 0 ? html`<th scope="row" ${role('rowheader')}>${cell}</th>` : html`<td ${role('cell')}${name(i)}${number(i)}>${cell}</td>`))}
            </tr> `,
        )}
      </tbody>
    </table>`,
  )
}

export const scrollBox = (label: string, content: Content, cls = ''): Html =>
  html`<div class="scroll ${cls}" tabindex="0" role="region" aria-label="${label}">${content}</div>`

/** A list that ends after a while, with the rest folded. */
export function someOf(items: readonly Content[], most: number): Html {
  const list = (part: readonly Content[]): Html =>
    html`<ul>
      ${part.map((item) => html`<li>${item}</li>`)}
    </ul>`
  return items.length <= most
    ? list(items)
    : html`${list(items.slice(0, most))}
        <details>
          <summary>${items.length - most} more</summary>
          ${list(items.slice(most))}
        </details>`
}
