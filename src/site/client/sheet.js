// @ts-check
/**
 * A click on a line of a picture, or on an arrow, shows the branches behind it in a sheet: those of the states that it
 * leaves, the line's own marked. Without script the line leads to the same branches below the picture.
 */
;(() => {
  'use strict'
  const picture = document.querySelector('.picture')
  if (picture === null) return
  const sheet = document.createElement('dialog')
  sheet.className = 'sheet'
  sheet.setAttribute('aria-label', 'Branches')
  const content = document.createElement('div')
  const close = document.createElement('button')
  close.type = 'button'
  close.textContent = 'Close'
  close.addEventListener('click', () => sheet.close())
  const title = document.createElement('strong')
  const head = document.createElement('header')
  head.append(title, close)
  sheet.append(head, content)
  document.body.append(sheet)
  sheet.addEventListener('click', ({ target }) => {
    // The backdrop is the dialog's own; a link inside the page leads behind the sheet.
    if (target === sheet || (target instanceof Element && target.closest('a[href^="#"]') !== null)) sheet.close()
  })

  /** @param {string} name what was clicked @param {SVGAElement[]} lines @param {string[]} states empty: all */
  function open(name, lines, states) {
    const parts = lines.flatMap((line) => {
      const section = document.getElementById((line.getAttribute('href') ?? '').slice(1))
      if (section === null) return []
      const rules = (line.dataset.rules ?? '').split(' ')
      const copy = /** @type {HTMLElement} */ (section.cloneNode(true))
      for (const list of copy.querySelectorAll('[data-states]')) {
        const own = (list.getAttribute('data-states') ?? '').split(' ')
        if (states.length > 0 && !states.some((state) => own.includes(state))) list.remove()
      }
      for (const branch of copy.querySelectorAll('[data-rule]'))
        branch.classList.toggle('here', rules.includes(branch.getAttribute('data-rule') ?? ''))
      copy.removeAttribute('id')
      for (const named of copy.querySelectorAll('[id]')) named.removeAttribute('id')
      return [copy]
    })
    if (parts.length === 0) return false
    content.replaceChildren(...parts)
    title.textContent = name
    sheet.showModal()
    sheet.scrollTop = 0
    return true
  }

  picture.addEventListener('click', (event) => {
    if (!(event instanceof MouseEvent) || event.ctrlKey || event.metaKey || event.shiftKey || !(event.target instanceof Element)) return
    const { target } = event
    const line = target.closest('a[data-rules]')
    const edge = target.closest('.edge')
    const svg = target.closest('svg')
    if (svg === null || (line === null && edge === null)) return
    const number = (line ?? edge)?.getAttribute('data-edge') ?? null
    const lines = line !== null ? [line] : [...svg.querySelectorAll(`a[data-edge="${number}"]`)]
    const arrow = number === null ? null : svg.querySelector(`.edge[data-edge="${number}"]`)
    const from = (arrow === null ? target.closest('.state')?.getAttribute('data-state') : arrow.getAttribute('data-from')) ?? ''
    const states = from.split(' ').filter((state) => state !== '')
    const name = [states.join(', '), arrow?.getAttribute('data-to') ?? ''].filter((part) => part !== '').join(' → ')
    if (open(name === '' ? 'in each state' : name, /** @type {SVGAElement[]} */ (lines), states)) event.preventDefault()
  })
})()
