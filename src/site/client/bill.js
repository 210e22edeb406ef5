// @ts-check
;(() => {
  'use strict'
  const form = /** @type {HTMLFormElement} */ (document.getElementById('bill'))
  const body = /** @type {HTMLElement} */ (document.getElementById('bill-steps'))
  const result = /** @type {HTMLOutputElement} */ (document.getElementById('bill-due'))
  for (const control of form.elements)
    if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) control.disabled = false

  const text = (/** @type {string} */ name) => {
    const control = form.elements.namedItem(name)
    return control instanceof HTMLInputElement || control instanceof HTMLSelectElement ? control.value.trim() : ''
  }
  /** A number with up to `digits` decimals as a whole number of its smallest part. */
  const scaled = (/** @type {string} */ name, digits = 0) => {
    const match = /^(\d{1,18})(?:[.,](\d*))?$/.exec(text(name))
    if (match === null) throw new Error(name)
    return BigInt((match[1] ?? '0') + (match[2] ?? '').slice(0, digits).padEnd(digits, '0'))
  }
  const bytes = (/** @type {string} */ name) => (scaled(name, 3) * (1n << 30n)) / 1000n

  function show() {
    const control = (/** @type {string} */ name) => form.elements.namedItem(name)
    for (const one of form.elements) one.removeAttribute('aria-invalid')
    try {
      const kind = /** @type {'node' | 'rentedNode' | 'rent' | 'name'} */ (text('kind'))
      const bill = tfspecBill({
        kind,
        ...{ hru: bytes('hru'), sru: bytes('sru'), mru: bytes('mru'), cru: scaled('cru'), ips: scaled('ips') },
        ...{ nru: scaled('nru', 9), window: scaled('window'), elapsed: scaled('elapsed') },
        ...{ balance: scaled('balance', 7), locked: scaled('locked', 7) },
        ...{ price: scaled('price'), minPrice: scaled('minPrice'), maxPrice: scaled('maxPrice') },
        ...{ su: scaled('su'), cu: scaled('cu'), nu: scaled('nu'), ipu: scaled('ipu'), uniqueName: scaled('uniqueName') },
        ...{ dedicated: scaled('dedicated'), extraFee: scaled('extraFee'), quirky: text('at') !== 'intended' },
      })
      body.replaceChildren(
        ...bill.steps.map(({ name, how, value, unit, rounding }) => {
          const row = document.createElement('tr')
          for (const [i, cell] of [name, how, `${value} ${unit}`, rounding].entries()) {
            const element = document.createElement(i === 0 ? 'th' : 'td')
            if (i === 0) element.setAttribute('scope', 'row')
            if (i === 2) element.className = 'number'
            element.textContent = cell
            row.append(element)
          }
          return row
        }),
      )
      result.textContent = bill.trap === null ? `${tft(bill.due)} TFT` : `The runtime traps: ${bill.trap}`
    } catch (error) {
      const name = error instanceof Error ? error.message : ''
      const wrong = control(name)
      if (wrong instanceof HTMLElement) wrong.setAttribute('aria-invalid', 'true')
      result.textContent = 'Give a number of at most 18 digits there.'
    }
  }
  const tft = (/** @type {bigint} */ units) => `${units / 10_000_000n}.${String(units % 10_000_000n).padStart(7, '0')}`

  form.addEventListener('input', show)
  form.addEventListener('submit', (event) => event.preventDefault())
  show()
})()
