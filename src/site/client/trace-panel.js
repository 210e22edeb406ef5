// @ts-check
/** The step that is looked at: its outcome, why it was decided so, what changed. A classic script: see bill-steps.js. */
// eslint-disable-next-line @typescript-eslint/no-unused-vars
const tfspecPanel = (function () {
  'use strict'
  const { inline, isAmount, tft, span, element, link, slug, short } = tfspecText
  const { leaves } = tfspecDiff

  const titleOf = (/** @type {Step} */ { call, advance }) =>
    call === undefined ? `${blocks(advance?.blocks ?? 0)}, ${span(advance?.seconds ?? 0)}` : short(call)
  const blocks = (/** @type {number} */ n) => `advance ${n} ${n === 1 ? 'block' : 'blocks'}`

  /** @param {Meta} m @param {Step} step @param {HTMLElement[]} entities where entities are, with the picture of one */
  function panelOf(m, step, entities) {
    const { names } = m
    const head = element('h2', '', [
      `${step.n + 1}. `,
      step.call === undefined ? titleOf(step) : link(`${m.edition}/call/${slug(step.call)}.html`, short(step.call), 'call'),
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
    parts.push(element('h3', '', 'Where entities are'), ...entities)
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
    return parts
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
      const label = path === '' ? '' : element('code', '', path)
      if (was === undefined) return element('li', 'came', [label, ` ${inline(is, names)} is new`])
      if (is === undefined) return element('li', 'went', [label, ` ${inline(was, names)} is gone`])
      const line = element('li', '', [label, ` ${inline(was, names)} → ${inline(is, names)}`])
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

  return { panelOf, titleOf }
})()
