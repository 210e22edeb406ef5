/** A piece of HTML: what is in it is markup. Everything else that goes into a page is text, and is escaped. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export type Content = string | number | bigint | Html | readonly Content[] | null | undefined | false

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
/** Control characters have no meaning in a page, and some browsers stumble over them. */
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g

/** Text as it may stand in markup and in a quoted attribute. */
export const escapeText = (text: string): string => text.replace(unprintable, '\ufffd').replace(/[&<>"']/g, (mark) => marks[mark]!)

const write = (content: Content): string => {
  if (content === null || content === undefined || content === false) return ''
  if (content instanceof Html) return content.text
  if (typeof content === 'object') return content.map(write).join('')
  return escapeText(String(content))
}

/** A template whose values are escaped, unless they are `Html` themselves. */
export const html = (strings: TemplateStringsArray, ...values: readonly Content[]): Html =>
  new Html(strings.map((part, i) => part + write(values[i])).join(''))

export const nothing = new Html('')

/** Pieces with something between them. */
export const joined = (parts: readonly Content[], between: Content): readonly Content[] =>
  parts.flatMap((part, i) => (i === 0 ? [part] : [between, part]))

/** A value as a script's literal: it can neither end the script nor begin a comment of the page. */
export const scriptValue = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? part.toString() : part)).replace(
    /[<>&\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** A name as a part of a file's name and of an address: no slash, no dot at its beginning, no surprise on any system. */
export const slug = (name: string): string => {
  const plain = name.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '')
  return plain === '' ? 'unnamed' : plain.slice(0, 100)
}
