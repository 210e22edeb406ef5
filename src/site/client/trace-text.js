// @ts-check
/**
 * Plain values as text, and the small pieces of a page that hold them. A classic script: see bill-steps.js.
 * @typedef {null | boolean | number | string | readonly unknown[] | { readonly [field: string]: unknown }} Plain
 */
// eslint-disable-next-line @typescript-eslint/no-unused-vars
const tfspecText = (function () {
  'use strict'
  /** Bytes that are text are shown as text. */
  function readable(/** @type {string} */ text, /** @type {Readonly<Record<string, string>>} */ names) {
    if (names[text] !== undefined) return names[text]
    if (!/^0x([0-9a-f]{2})+$/.test(text)) return text
    const decoded = text.slice(2).replace(/../g, (byte) => String.fromCharCode(parseInt(byte, 16)))
    return /^[ -~]+$/.test(decoded) ? `“${decoded}”` : text.length > 26 ? `${text.slice(0, 22)}…` : text
  }

  /** A value in a line. */
  function inline(/** @type {unknown} */ value, /** @type {Readonly<Record<string, string>>} */ names, depth = 0) {
    if (value === undefined || value === null) return depth === 0 ? 'nothing' : '–'
    if (typeof value === 'string') return readable(value, names)
    if (typeof value !== 'object') return String(value)
    if (depth > 6) return '…'
    /** @type {string} */
    let text
    if (Array.isArray(value)) text = value.length === 0 ? '[]' : `[${value.map((part) => inline(part, names, depth + 1)).join(', ')}]`
    else {
      const record = /** @type {Record<string, unknown>} */ (value)
      if (typeof record.$created === 'string') return `the ${record.$created} of step ${Number(record.by) + 1}`
      const keys = Object.keys(record)
      const isVariant = typeof record.type === 'string' && keys.every((key) => key === 'type' || key === 'value')
      text = isVariant
        ? `${String(record.type)}${record.value === undefined ? '' : `(${inline(record.value, names, depth + 1)})`}`
        : `{ ${keys.map((key) => `${key}: ${inline(record[key], names, depth + 1)}`).join(', ')} }`
    }
    return depth === 0 && text.length > 1500 ? `${text.slice(0, 1500)}…` : text
  }

  const isAmount = (/** @type {string} */ text) => /^\d{1,39}$/.test(text)
  /** 1e-7 TFT as TFT. */
  function tft(/** @type {bigint} */ units) {
    const size = units < 0n ? -units : units
    const whole = (size / 10_000_000n).toString().replace(/\B(?=(\d{3})+(?!\d))/g, ' ')
    return `${units < 0n ? '−' : ''}${whole}.${(size % 10_000_000n).toString().padStart(7, '0')} TFT`
  }

  /** A time as people say it. */
  function span(/** @type {number} */ seconds) {
    const parts = /** @type {const} */ ([
      ['d', 86400],
      ['h', 3600],
      ['min', 60],
      ['s', 1],
    ])
    let rest = seconds
    const said = []
    for (const [unit, size] of parts) {
      const n = Math.floor(rest / size)
      rest -= n * size
      if (n > 0) said.push(`${n} ${unit}`)
    }
    return said.slice(0, 2).join(' ') || '0 s'
  }

  const { up } = /** @type {{ tfspec?: { up: string } }} */ (/** @type {unknown} */ (globalThis)).tfspec ?? { up: '' }
  function element(/** @type {string} */ name, cls = '', /** @type {string | Node | (string | Node)[]} */ content = []) {
    const made = document.createElement(name)
    if (cls !== '') made.className = cls
    made.append(...(Array.isArray(content) ? content : [content]))
    return made
  }
  function link(/** @type {string} */ href, /** @type {string} */ text, cls = '') {
    const a = /** @type {HTMLAnchorElement} */ (element('a', cls, text))
    a.href = up + href
    return a
  }
  const slug = (/** @type {string} */ name) => name.replace(/[^A-Za-z0-9._-]+/g, '-')
  const short = (/** @type {string} */ name) => name.slice(name.lastIndexOf('.') + 1)

  return { inline, isAmount, tft, span, element, link, slug, short }
})()
