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
  const editions = page.editions ?? []
  const whole = html`<!doctype html>
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
        ${(page.scripts ?? []).map((name) => html`<script src="/${name}" defer></script> `)}
      </head>
      <body>
        <a class="skip" href="#main">To the content</a>
        <header class="top">
          <a class="brand" href="/index.html" ${page.section === 'home' ? html` aria-current="page"` : ''}>tfspec</a>
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
        <main id="main" tabindex="-1">
          ${
            editions.length === 0
              ? ''
              : html`<nav class="editions" aria-label="Versions">
                  <span>At</span>${editions.map(([name, href]) =>
                    href === null
                      ? html`<span class="off" title="not at this version">${name}</span>`
                      : html`<a href="${href}" ${name === page.edition ? html` aria-current="page"` : ''}>${name}</a>`,
                  )}
                </nav>`
          }
          ${page.body}
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
  return whole.text.replace(/ (href|src)="\//g, ` $1="${up}`)
}

/** A table in a box of its own, which scrolls sideways where it must and can be reached by keyboard. */
export const table = (label: string, head: readonly Content[], rows: readonly (readonly Content[])[], cls = ''): Html =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="${label}">
    <table class="${cls}">
      <thead>
        <tr>
          ${head.map((cell) => html`<th scope="col">${cell}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell, i) => (i === 0 ? html`<th scope="row">${cell}</th>` : html`<td>${cell}</td>`))}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`

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
