// @ts-check
/**
 * Steps through a trace. Its steps come in script files of a hundred, loaded when they are looked at; each begins with the
 * states of all entities, so that any step can be shown without those before it.
 * @typedef {{ machine: string, key: string, from: string, to: string }} Move
 * @typedef {{ rule: string, machine: string, key: string, event: string, depth: number, from: string, to: string, refused?: string }} Decision
 * @typedef {{ n: number, call?: string, who?: string, args?: unknown, advance?: { blocks: number, seconds: number }, block: number, time: string,
 *   outcome: { type: string, text?: string }, fee?: string, events: { event: string, value: unknown }[], changes: { item: string, key: unknown[], before: unknown, after: unknown }[],
 *   decisions: Decision[], moves: Move[], broken: { invariant: string, claim: string, witnesses: string[] }[] }} Step
 * @typedef {{ slug: string, edition: string, total: number, size: number, start: number, machines: string[], names: Record<string, string>,
 *   difference?: { step: number, kind: string, field: string, rule: string, expected: unknown, actual: unknown }, marks: [step: number, kind: string, seconds: number][] }} Meta
 * @typedef {{ states: Record<string, string>, steps: Step[] }} Chunk
 */
;(() => {
  'use strict'
  const site = /** @type {{ tfspec: { up: string, trace?: unknown, chunk?: unknown, svg?: unknown } }} */ (/** @type {unknown} */ (window))
    .tfspec
  const { span, element, short, slug } = tfspecText
  const { panelOf, titleOf } = tfspecPanel
  /** @type {Meta | undefined} */
  let meta
  /** @type {Map<number, Chunk>} */
  const chunks = new Map()
  /** @type {Set<string>} */
  const asked = new Set()
  let at = 0
  let listed = 0
  const get = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id))
  const panel = get('panel')

  function load(/** @type {string} */ file) {
    if (asked.has(file)) return
    asked.add(file)
    const script = document.createElement('script')
    script.src = site.up + file
    script.addEventListener('error', () => {
      asked.delete(file)
      panel.replaceChildren(element('p', 'note', `A part of the trace, ${file}, cannot be loaded.`))
    })
    document.head.append(script)
  }

  site.chunk = (/** @type {number} */ number, /** @type {Chunk} */ chunk) => {
    chunks.set(number, chunk)
    if (meta !== undefined && Math.floor(at / meta.size) === number) show()
  }
  site.svg = tfspecMachine.take
  tfspecMachine.whenMissing((machine) => {
    if (meta?.machines.includes(machine) === true) load(`${meta.edition}/machine/${slug(machine)}.js`)
  })

  /** @param {Meta} given */
  function begin(given) {
    meta = given
    for (const [id, to] of /** @type {[string, () => number][]} */ ([
      ['first', () => 0],
      ['back', () => at - 1],
      ['on', () => at + 1],
      ['last', () => given.total - 1],
    ]))
      get(id).addEventListener('click', () => go(to()))
    document.addEventListener('keydown', (event) => {
      const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: given.total - 1 }[event.key]
      const { target } = event
      if (
        to === undefined ||
        event.altKey ||
        event.ctrlKey ||
        event.metaKey ||
        target instanceof HTMLInputElement ||
        target instanceof HTMLSelectElement
      )
        return
      if (target instanceof Element && target.closest('.scroll') !== null) return
      event.preventDefault()
      go(to)
    })
    addEventListener('hashchange', fromHash)
    drawTimeline()
    fromHash()
  }

  function fromHash() {
    const match = /^#step-(\d+)$/.exec(location.hash)
    const wanted = match === null ? 0 : Number(match[1]) - 1
    at = clamp(wanted)
    show()
  }
  const clamp = (/** @type {number} */ n) => Math.max(0, Math.min((meta?.total ?? 1) - 1, n))
  function go(/** @type {number} */ n) {
    const to = clamp(n)
    if (to === at) return
    at = to
    history.replaceState(null, '', `#step-${at + 1}`)
    show()
  }

  function show() {
    if (meta === undefined) return
    if (meta.total === 0) {
      get('where').textContent = 'no steps'
      panel.replaceChildren(element('p', '', 'The case has no steps.'))
      return
    }
    const number = Math.floor(at / meta.size)
    const chunk = chunks.get(number)
    const where = get('where')
    where.textContent = `step ${at + 1} of ${meta.total}`
    for (const [id, off] of /** @type {[string, boolean][]} */ ([
      ['first', at === 0],
      ['back', at === 0],
      ['on', at === meta.total - 1],
      ['last', at === meta.total - 1],
    ]))
      /** @type {HTMLButtonElement} */ (get(id)).disabled = off
    if (chunk === undefined) {
      load(`trace/${meta.slug}.${number}.js`)
      return
    }
    const step = chunk.steps[at - number * meta.size]
    if (step === undefined) return
    drawList(number, chunk)
    const states = statesAt(chunk, step)
    panel.replaceChildren(...panelOf(meta, step, [tfspecMachine.chooser(step, states), tfspecMachine.boxOf()]))
    tfspecMachine.draw(step, states)
    for (const mark of get('timeline').querySelectorAll('[data-at]'))
      mark.classList.toggle('now', Number(/** @type {HTMLElement} */ (mark).dataset.at) === at)
  }

  /** The states of all entities after a step. */
  function statesAt(/** @type {Chunk} */ chunk, /** @type {Step} */ step) {
    const states = { ...chunk.states }
    for (const one of chunk.steps) {
      for (const { machine, key, to } of one.moves) states[`${machine} ${key}`] = to
      if (one.n === step.n) break
    }
    return states
  }

  function drawList(/** @type {number} */ number, /** @type {Chunk} */ chunk) {
    const list = get('steps')
    if (listed !== number || list.childElementCount !== chunk.steps.length) {
      listed = number
      list.replaceChildren(
        ...chunk.steps.map((step) => {
          const item = /** @type {HTMLLIElement} */ (element('li'))
          item.value = step.n + 1
          const a = /** @type {HTMLAnchorElement} */ (element('a'))
          a.href = `#step-${step.n + 1}`
          a.dataset.step = String(step.n)
          a.append(element('span', step.call === undefined ? 'stage' : 'call', titleOf(step)))
          if (step.outcome.type !== 'ok') a.append(' ', element('span', 'refused', short(step.outcome.text ?? step.outcome.type)))
          if (step.broken[0] !== undefined) a.append(' ', element('span', 'trap', `breaks ${step.broken[0].invariant}`))
          item.append(a)
          return item
        }),
      )
    }
    for (const a of list.querySelectorAll('a')) {
      const isNow = Number(a.dataset.step) === at
      if (isNow) a.setAttribute('aria-current', 'step')
      else a.removeAttribute('aria-current')
      const box = list.parentElement
      if (isNow && box !== null) {
        const top = a.offsetTop - box.offsetTop
        if (top < box.scrollTop || top > box.scrollTop + box.clientHeight - 40) box.scrollTop = top - box.clientHeight / 2
      }
    }
  }
  /** A mark a step, as far as they fit; jumps of time are wider, and say how long they are. */
  function drawTimeline() {
    if (meta === undefined) return
    const box = get('timeline')
    for (const [n, kind, seconds] of meta.marks) {
      const mark = element('button', `mark ${kind}`)
      mark.dataset.at = String(n)
      mark.tabIndex = -1
      mark.title = `step ${n + 1}${seconds > 0 ? `: ${span(seconds)} later` : ''}`
      if (seconds >= 60) mark.textContent = span(seconds)
      mark.addEventListener('click', () => go(n))
      box.append(mark)
    }
  }

  site.trace = begin
})()
