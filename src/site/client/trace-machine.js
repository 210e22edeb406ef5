// @ts-check
/** Where entities are: a button each, and the machine of the chosen one with its state lit. A classic script: see bill-steps.js. */
// eslint-disable-next-line @typescript-eslint/no-unused-vars
const tfspecMachine = (function () {
  'use strict'
  const { element } = tfspecText
  /** @type {Map<string, string>} the site's own pictures, by machine */
  const pictures = new Map()
  /** The chosen entity, as `contract 1`; it stays chosen from step to step. */
  let entity = ''
  /** @type {(machine: string) => void} loads a picture; `show` is called again with it */
  let ask = () => undefined

  function boxOf() {
    const box = element('div', 'machine-now scroll')
    box.id = 'machine-now'
    box.tabIndex = 0
    box.setAttribute('role', 'region')
    box.setAttribute('aria-label', 'The machine, its state lit')
    return box
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
        draw(step, states)
      })
      list.append(element('li', '', button))
    }
    return list
  }

  /** @type {[Step, Record<string, string>] | undefined} */
  let drawn
  /** Draws what was drawn last again, once its picture has come. */
  function redraw() {
    if (drawn !== undefined) draw(...drawn)
  }

  function draw(/** @type {Step} */ step, /** @type {Record<string, string>} */ states) {
    drawn = [step, states]
    const box = document.getElementById('machine-now')
    if (box === null || entity === '') return
    const machine = entity.slice(0, entity.indexOf(' '))
    const text = pictures.get(machine)
    if (text === undefined) {
      ask(machine)
      return
    }
    // The site's own picture: nothing of a trace is in it.
    box.innerHTML = text
    const svg = box.querySelector('svg')
    const now = states[entity]
    const move = step.moves.find(({ machine: m, key }) => `${m} ${key}` === entity)
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
          (edge.getAttribute('data-from') ?? '').split(' ').includes(move.from) &&
          edge.getAttribute('data-to') === move.to,
      )
  }

  return {
    chooser,
    boxOf,
    draw,
    /** @param {(machine: string) => void} load */
    whenMissing: (load) => {
      ask = load
    },
    /** @param {string} machine @param {string} text */
    take: (machine, text) => {
      pictures.set(machine, text)
      redraw()
    },
  }
})()
