// @ts-check
/**
 * The search of every page. Texts come into the page as text only.
 * @typedef {readonly [kind: string, name: string, hint: string, href: string, also?: string]} Entry
 */
;(() => {
  'use strict'
  const site = /** @type {{ tfspec: { up: string, found?: (list: readonly Entry[]) => void } }} */ (/** @type {unknown} */ (window)).tfspec
  const { up } = site
  /** @type {readonly Entry[] | undefined} */
  let entries
  let isAsked = false
  site.found = (list) => {
    entries = list
    show()
  }

  const input = /** @type {HTMLInputElement} */ (document.getElementById('q'))
  const list = /** @type {HTMLUListElement} */ (document.getElementById('found'))
  input.disabled = false
  let at = -1

  function load() {
    if (isAsked) return
    isAsked = true
    const element = document.createElement('script')
    element.src = `${up}search.js`
    document.head.append(element)
  }

  /** What people paste: `smartContractModule.NodeNotExists`, `Module { index: 26, error: [3, 0, 0, 0] }`, a sentence around it. */
  function wordsOf(/** @type {string} */ text) {
    const raw = /index\D{0,6}(\d+)\D+error\D{0,6}(0x[0-9a-f]{2}|\d+)/i.exec(text)
    if (raw !== null) return [`${raw[1]}:${Number(raw[2])}`]
    return text
      .toLowerCase()
      .split(/[^a-z0-9@:-]+/)
      .filter((word) => word !== '')
  }

  /** How well an entry fits: 0 not at all. */
  function score(/** @type {Entry} */ [kind, name, hint, , also], /** @type {readonly string[]} */ words) {
    const lower = name.toLowerCase()
    const last = lower.slice(lower.lastIndexOf('.') + 1)
    let sum = 0
    for (const word of words) {
      if (also === word) sum += 200
      else if (last === word) sum += 100
      else if (last.startsWith(word)) sum += 40
      else if (lower.includes(word)) sum += 20
      else if (hint.toLowerCase().includes(word)) sum += 5
      else return -1
    }
    const weight = { error: 5, call: 4, machine: 4, event: 3, rule: 2 }
    return sum + (weight[/** @type {keyof typeof weight} */ (kind)] ?? 1)
  }

  function best(/** @type {string} */ text) {
    const words = wordsOf(text)
    if (words.length === 0 || entries === undefined) return []
    const rank = (/** @type {readonly string[]} */ asked) =>
      (entries ?? [])
        .map((entry) => ({ entry, points: score(entry, asked) }))
        .filter(({ points }) => points > 0)
        .sort((a, b) => b.points - a.points || (a.entry[1] < b.entry[1] ? -1 : 1))
        .slice(0, 12)
    let ranked = rank(words)
    // A pasted sentence holds more than the name: then the word that names something counts, the best named first.
    if (ranked.length === 0) {
      ranked = words
        .flatMap((word) => (word.length < 4 ? [] : rank([word]).filter(({ points }) => points > 20)))
        .sort((a, b) => b.points - a.points)
      ranked = ranked.filter(({ entry }, i) => ranked.findIndex((other) => other.entry === entry) === i).slice(0, 12)
    }
    return ranked.map(({ entry }) => entry)
  }

  function show() {
    const text = input.value
    const found = best(text)
    at = -1
    list.replaceChildren(
      ...found.map(([kind, name, hint, href], i) => {
        const item = document.createElement('li')
        item.id = `found-${i}`
        item.setAttribute('role', 'option')
        item.setAttribute('aria-selected', 'false')
        const link = document.createElement('a')
        link.href = up + href
        link.tabIndex = -1
        const tag = document.createElement('span')
        tag.className = `kind ${kind}`
        tag.textContent = kind
        const small = document.createElement('small')
        small.textContent = hint
        link.append(tag, ' ', name, ' ', small)
        item.append(link)
        return item
      }),
    )
    if (found.length === 0 && text.trim() !== '' && entries !== undefined) {
      const item = document.createElement('li')
      item.className = 'nothing'
      item.setAttribute('role', 'option')
      item.setAttribute('aria-disabled', 'true')
      item.setAttribute('aria-selected', 'false')
      item.textContent = 'Nothing has this name.'
      list.append(item)
    }
    const isOpen = text.trim() !== '' && entries !== undefined
    list.hidden = !isOpen
    input.setAttribute('aria-expanded', String(isOpen))
    input.removeAttribute('aria-activedescendant')
  }

  function move(/** @type {number} */ by) {
    const items = [...list.querySelectorAll('li[id]')]
    if (items.length === 0) return
    items[at]?.setAttribute('aria-selected', 'false')
    at = (at + by + items.length + (at < 0 && by < 0 ? 1 : 0)) % items.length
    items[at]?.setAttribute('aria-selected', 'true')
    items[at]?.scrollIntoView({ block: 'nearest' })
    input.setAttribute('aria-activedescendant', `found-${at}`)
  }

  function close() {
    list.hidden = true
    input.setAttribute('aria-expanded', 'false')
  }

  input.addEventListener('focus', load)
  input.addEventListener('input', () => {
    load()
    show()
  })
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') move(1)
    else if (event.key === 'ArrowUp') move(-1)
    else if (event.key === 'Escape') close()
    else if (event.key === 'Enter') {
      const chosen = list.querySelector(at < 0 ? 'li[id] a' : `#found-${at} a`)
      if (chosen instanceof HTMLAnchorElement) chosen.click()
    } else return
    event.preventDefault()
  })
  document.addEventListener('click', (event) => {
    if (event.target instanceof Node && !list.contains(event.target) && event.target !== input) close()
  })
  document.addEventListener('keydown', (event) => {
    const { target } = event
    if (
      event.key === '/' &&
      !(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    ) {
      event.preventDefault()
      input.focus()
    }
  })
})()
