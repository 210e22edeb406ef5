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
  const { leaves, inline, isAmount, tft, span } = tfspecText
  /** @type {Meta | undefined} */
  let meta
  /** @type {Map<number, Chunk>} */
  const chunks = new Map()
  /** @type {Map<string, string>} */
  const pictures = new Map()
  /** @type {Set<string>} */
  const asked = new Set()
  let at = 0
  let listed = 0
  let entity = ''
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
  site.svg = (/** @type {string} */ id, /** @type {string} */ text) => {
    pictures.set(id, text)
    drawMachine()
  }

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

  function element(/** @type {string} */ name, cls = '', /** @type {string | Node | (string | Node)[]} */ content = []) {
    const made = document.createElement(name)
    if (cls !== '') made.className = cls
    made.append(...(Array.isArray(content) ? content : [content]))
    return made
  }
  function link(/** @type {string} */ href, /** @type {string} */ text, cls = '') {
    const a = /** @type {HTMLAnchorElement} */ (element('a', cls, text))
    a.href = site.up + href
    return a
  }
  const slug = (/** @type {string} */ name) => name.replace(/[^A-Za-z0-9._-]+/g, '-')
  const short = (/** @type {string} */ name) => name.slice(name.lastIndexOf('.') + 1)

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
    drawStep(meta, step, statesAt(chunk, step))
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
          a.append(element('span', step.call === undefined ? 'stage' : 'call', title(step)))
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
  const title = (/** @type {Step} */ { call, advance }) =>
    call === undefined ? `advance ${advance?.blocks ?? 0} blocks, ${span(advance?.seconds ?? 0)}` : short(call)

  function drawStep(/** @type {Meta} */ m, /** @type {Step} */ step, /** @type {Record<string, string>} */ states) {
    const { names } = m
    const head = element('h2', '', [
      `${step.n + 1}. `,
      step.call === undefined ? title(step) : link(`${m.edition}/call/${slug(step.call)}.html`, short(step.call), 'call'),
    ])
    const { type, text } = step.outcome
    const outcome =
      type === 'ok'
        ? element('span', 'chip ok', 'ok')
        : type === 'error'
          ? element('span', 'chip refused', ['refused: ', link(`error/${slug(text ?? '')}.html`, text ?? '')])
          : element('span', 'chip refused', `${type}: ${text ?? ''}`)
    const facts = element('p', '', [
      outcome,
      ` block ${step.block}, ${span(Number(step.time) - m.start)} after the beginning${step.who === undefined ? '' : `, by ${names[step.who] ?? step.who}`}${step.fee === undefined ? '' : `, fee ${tft(BigInt(step.fee))}`}`,
    ])
    const parts = [head, facts]
    if (m.difference !== undefined && m.difference.step === step.n) parts.push(difference(m.difference, names))
    for (const { invariant, claim, witnesses } of step.broken)
      parts.push(
        element('div', 'note', [
          element('strong', '', ['Breaks ', link(`promises.html#${invariant}`, invariant)]),
          `: ${claim}.`,
          element(
            'ul',
            '',
            witnesses.slice(0, 5).map((w) => element('li', '', w)),
          ),
        ]),
      )
    if (step.args !== undefined && step.args !== null && typeof step.args === 'object') {
      const rows = Object.entries(step.args).map(([name, value]) => [element('dt', '', name), element('dd', '', inline(value, names))])
      if (rows.length > 0) parts.push(element('h3', '', 'Arguments'), element('dl', 'facts', rows.flat()))
    }
    parts.push(element('h3', '', 'Why'), why(m, step))
    parts.push(element('h3', '', 'What changed'), ...changed(step, names))
    const box = element('div', 'machine-now scroll')
    box.id = 'machine-now'
    box.tabIndex = 0
    box.setAttribute('role', 'region')
    box.setAttribute('aria-label', 'The machine, its state lit')
    parts.push(element('h3', '', 'Where entities are'), chooser(step, states), box)
    parts.push(
      element('h3', '', `Events (${step.events.length})`),
      element(
        'ul',
        'events',
        step.events.map(({ event, value }) =>
          element('li', '', [link(`event/${slug(event)}.html`, event, 'event'), ' ', element('small', '', inline(value, names))]),
        ),
      ),
    )
    panel.replaceChildren(...parts)
    drawMachine(step, states)
  }

  function difference(/** @type {NonNullable<Meta['difference']>} */ d, /** @type {Record<string, string>} */ names) {
    const side = (/** @type {string} */ name, /** @type {unknown} */ value) =>
      element('div', '', [element('h4', '', name), element('pre', '', JSON.stringify(value, null, 1) ?? 'nothing')])
    const parts = leaves(d.expected, d.actual)
    return element('div', 'differs', [
      element('h3', '', `Here they part: ${d.kind}, ${d.field}`),
      element(
        'ul',
        '',
        parts
          .slice(0, 30)
          .map(({ path, before, after }) =>
            element('li', '', [
              element('code', '', path === '' ? d.field : path),
              `: the spec says ${inline(before, names)}, the target ${inline(after, names)}`,
            ]),
          ),
      ),
      element('div', 'sides', [side('Expected by the spec', d.expected), side('Actual on the target', d.actual)]),
    ])
  }

  const isEnvelope = (/** @type {string} */ rule) => /^(EXT|BAL|ORIGIN|BLK|SES|SCHED)-/.test(rule)
  function why(/** @type {Meta} */ m, /** @type {Step} */ step) {
    const item = (/** @type {Decision} */ d) => {
      const made = element('li', d.refused === undefined ? '' : 'refuse', [
        link(`${m.edition}/machine/${slug(d.machine)}.html#${d.rule}`, d.rule, 'rule'),
        ` ${d.machine}${d.key === '' ? '' : ` ${m.names[d.key] ?? d.key}`}, ${d.event.startsWith('@') ? 'stage ' : ''}${d.event}`,
        d.from === d.to ? '' : `: ${d.from} → ${d.to}`,
        ...(d.refused === undefined ? [] : [': refused with ', element('strong', '', d.refused)]),
      ])
      made.classList.add(`d${Math.min(6, d.depth)}`)
      return made
    }
    const own = step.decisions.filter(({ rule }) => !isEnvelope(rule))
    const rest = step.decisions.filter(({ rule }) => isEnvelope(rule))
    const list = (/** @type {Decision[]} */ some) => element('ol', 'why', some.map(item))
    const box = element('div', '', own.length === 0 ? [] : [list(own)])
    if (rest.length > 0) {
      const fold = /** @type {HTMLDetailsElement} */ (
        element('details', '', [element('summary', '', `${rest.length} rules of the envelope and of balances`), list(rest)])
      )
      fold.open = own.length === 0 && step.call !== undefined
      box.append(fold)
    }
    return box
  }

  /** Changes by what people ask for: money, locks, IPs; everything else after them. */
  const groups = /** @type {const} */ ([
    ['Balances', ['System.Account', 'Balances.Account', 'Balances.TotalIssuance']],
    ['Locks', ['Balances.Locks', 'SmartContractModule.ContractLock']],
    ['Farms and their IPs', ['TfgridModule.Farms']],
    ['Contracts', ['SmartContractModule.Contracts', 'SmartContractModule.ServiceContracts']],
  ])
  function changed(/** @type {Step} */ step, /** @type {Record<string, string>} */ names) {
    if (step.changes.length === 0) return [element('p', '', 'Nothing.')]
    const left = new Set(step.changes)
    const parts = []
    for (const [name, items] of [
      ...groups.map(([n, list]) => /** @type {[string, readonly string[]]} */ ([n, list])),
      /** @type {[string, null]} */ (['Indexes and everything else', null]),
    ]) {
      const own = [...left].filter(({ item }) => items === null || items.includes(item))
      if (own.length === 0) continue
      for (const one of own) left.delete(one)
      parts.push(
        element('h4', '', name),
        element(
          'ul',
          'changes',
          own.map((one) => change(one, names)),
        ),
      )
    }
    return parts
  }
  function change(/** @type {Step['changes'][number]} */ { item, key, before, after }, /** @type {Record<string, string>} */ names) {
    const name = element('code', '', `${short(item)}${key.length === 0 ? '' : `(${key.map((k) => inline(k, names, 1)).join(', ')})`}`)
    name.title = item
    if (before === null) return element('li', 'came', [name, ' is new: ', inline(after, names)])
    if (after === null) return element('li', 'went', [name, ' is gone; it was ', inline(before, names)])
    const isMoney = groups.slice(0, 2).some(([, items]) => /** @type {readonly string[]} */ (items).includes(item))
    const parts = leaves(before, after).map(({ path, before: was, after: is }) => {
      const line = element('li', '', [path === '' ? '' : element('code', '', path), ` ${inline(was, names)} → ${inline(is, names)}`])
      if (
        isMoney &&
        typeof was === 'string' &&
        typeof is === 'string' &&
        isAmount(was) &&
        isAmount(is) &&
        !/lockUpdated|flags/.test(path)
      ) {
        const by = BigInt(is) - BigInt(was)
        line.append(' ', element('strong', by < 0n ? 'less' : 'more', `${by < 0n ? '' : '+'}${tft(by)}`))
      }
      return line
    })
    return element('li', '', [name, element('ul', '', parts)])
  }

  function chooser(/** @type {Step} */ step, /** @type {Record<string, string>} */ states) {
    const all = Object.keys(states)
    if (all.length === 0) return element('p', '', 'None yet.')
    const moved = step.moves.filter(({ from, to }) => from !== to).map(({ machine, key }) => `${machine} ${key}`)
    const touched = step.moves.map(({ machine, key }) => `${machine} ${key}`)
    const preferred = ['contract ', 'service-contract ', 'burn ', 'mint ', 'refund ', 'node ', 'farm ', 'twin ']
    const pick = (/** @type {string[]} */ some) => preferred.flatMap((kind) => some.filter((name) => name.startsWith(kind)))[0] ?? some[0]
    if (moved.length > 0 || !all.includes(entity)) entity = pick(moved) ?? pick(touched) ?? pick(all) ?? ''
    const list = element('ul', 'entities')
    for (const name of all.slice(0, 60)) {
      const button = /** @type {HTMLButtonElement} */ (
        element('button', moved.includes(name) ? 'moved' : '', [`${name}: `, element('strong', '', states[name] ?? '')])
      )
      button.type = 'button'
      button.setAttribute('aria-pressed', String(name === entity))
      button.addEventListener('click', () => {
        entity = name
        for (const other of list.querySelectorAll('button')) other.setAttribute('aria-pressed', String(other === button))
        drawMachine(step, states)
      })
      list.append(element('li', '', button))
    }
    return list
  }

  /** @type {[Step, Record<string, string>] | undefined} */
  let drawn
  function drawMachine(
    /** @type {Step | undefined} */ step = undefined,
    /** @type {Record<string, string> | undefined} */ states = undefined,
  ) {
    if (step !== undefined && states !== undefined) drawn = [step, states]
    const box = document.getElementById('machine-now')
    if (drawn === undefined || box === null || meta === undefined || entity === '') return
    const machine = entity.slice(0, entity.indexOf(' '))
    if (!meta.machines.includes(machine)) return
    const text = pictures.get(machine)
    if (text === undefined) {
      load(`${meta.edition}/machine/${slug(machine)}.js`)
      return
    }
    // The site's own picture: nothing of a trace is in it.
    box.innerHTML = text
    const svg = box.querySelector('svg')
    const now = drawn[1][entity]
    const move = drawn[0].moves.find(({ machine: m, key }) => `${m} ${key}` === entity)
    svg?.setAttribute('aria-label', `${entity} is ${now ?? 'unknown'}`)
    for (const state of box.querySelectorAll('.state')) state.classList.toggle('lit', state.getAttribute('data-state') === now)
    const lit = box.querySelector('.state.lit .box')
    if (lit !== null) {
      box.scrollLeft = Number(lit.getAttribute('x')) + Number(lit.getAttribute('width')) / 2 - box.clientWidth / 2
      box.scrollTop = Number(lit.getAttribute('y')) + Number(lit.getAttribute('height')) / 2 - box.clientHeight / 2
    }
    for (const edge of box.querySelectorAll('.edge'))
      edge.classList.toggle(
        'lit',
        move !== undefined &&
          move.from !== move.to &&
          edge.getAttribute('data-from') === move.from &&
          edge.getAttribute('data-to') === move.to,
      )
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
      if (seconds >= 3600) mark.textContent = span(seconds)
      mark.addEventListener('click', () => go(n))
      box.append(mark)
    }
  }

  site.trace = begin
})()
