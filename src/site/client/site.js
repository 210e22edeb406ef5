// @ts-check
/** What every page has: the choice of light or dark, and links that open folds. The page is complete without it. */
;(() => {
  'use strict'
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript)
  const global = /** @type {{ tfspec?: Record<string, unknown> }} */ (/** @type {unknown} */ (window))
  global.tfspec = { ...global.tfspec, up: script?.dataset.up ?? '' }

  const button = /** @type {HTMLButtonElement} */ (document.getElementById('theme'))
  const root = document.documentElement
  const isDark = () => (root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark'
  const label = () => {
    button.textContent = isDark() ? 'Light' : 'Dark'
  }
  button.hidden = false
  label()
  button.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark'
    label()
    try {
      localStorage.setItem('tfspec-theme', root.dataset.theme)
    } catch {
      // Then the choice is for this page.
    }
  })

  /** On a narrow screen the bar shows where the reader is. */
  const bar = document.querySelector('.top nav ul')
  const here = bar?.querySelector('[aria-current]')
  if (bar != null && here instanceof HTMLElement) bar.scrollLeft = here.offsetLeft - bar.clientWidth / 2 + here.offsetWidth / 2

  /** A picture that is wider than the screen begins where its machine does. */
  for (const box of document.querySelectorAll('.picture .scroll')) {
    const first = box.querySelector('.nothing') ?? box.querySelector('.box')
    const svg = box.querySelector('svg')
    if (first === null || svg === null || svg.clientWidth <= box.clientWidth) continue
    const scale = svg.clientWidth / svg.viewBox.baseVal.width
    box.scrollLeft = (Number(first.getAttribute('x')) + Number(first.getAttribute('width')) / 2) * scale - box.clientWidth / 2
  }

  /** A link to something inside a fold opens it. */
  const unfold = () => {
    const id = decodeURIComponent(location.hash.slice(1))
    for (let e = id === '' ? null : (document.getElementById(id)?.parentElement ?? null); e !== null; e = e.parentElement)
      if (e instanceof HTMLDetailsElement) e.open = true
  }
  addEventListener('hashchange', unfold)
  unfold()
})()
