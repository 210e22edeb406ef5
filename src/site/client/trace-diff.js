// @ts-check
/**
 * What changed between two plain values. Elements of a list are told apart by what names them, where they have a name:
 * one that comes or goes in the middle changes none of the others. A classic script: see bill-steps.js.
 * @typedef {{ readonly path: string, readonly before: unknown, readonly after: unknown }} Leaf a part that differs; undefined where there is nothing
 */
// eslint-disable-next-line @typescript-eslint/no-unused-vars
const tfspecDiff = (function () {
  'use strict'
  const most = 200
  /** Fields that name an element, the first that all have. */
  const names = ['id', 'contractId', 'ip', 'accountId', 'account', 'who', 'key', 'name']

  const text = (/** @type {unknown} */ value) => JSON.stringify(value) ?? ''
  const isPlain = (/** @type {unknown} */ value) => typeof value === 'string' || typeof value === 'number'
  const fieldOf = (/** @type {unknown} */ value, /** @type {string} */ name) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, name)
      ? /** @type {Record<string, unknown>} */ (value)[name]
      : undefined

  /** The field by which the elements of both lists are told apart; undefined where there is none. */
  function nameOf(/** @type {unknown[][]} */ lists) {
    return names.find((name) =>
      lists.every((list) => {
        const own = list.map((element) => fieldOf(element, name))
        return own.every(isPlain) && new Set(own).size === own.length
      }),
    )
  }

  /** @param {unknown} before @param {unknown} after @returns {Leaf[]} the parts that differ */
  function leaves(before, after, path = '', /** @type {Leaf[]} */ found = []) {
    if (found.length >= most || text(before) === text(after)) return found
    if (Array.isArray(before) && Array.isArray(after)) {
      lists(before, after, path, found)
      return found
    }
    const both = [before, after].every((value) => typeof value === 'object' && value !== null && !Array.isArray(value))
    if (!both) {
      found.push({ path, before, after })
      return found
    }
    const a = /** @type {Record<string, unknown>} */ (before)
    const b = /** @type {Record<string, unknown>} */ (after)
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) leaves(a[key], b[key], path === '' ? key : `${path}.${key}`, found)
    return found
  }

  /** @param {unknown[]} before @param {unknown[]} after @param {string} path @param {Leaf[]} found */
  function lists(before, after, path, found) {
    const name = nameOf([before, after])
    if (name === undefined && before.length === after.length) {
      // A tuple, or elements without a name that nobody added or removed: their places name them.
      for (const [i, element] of before.entries()) leaves(element, after[i], `${path}[${i}]`, found)
      return
    }
    const keyOf = (/** @type {unknown} */ element) => text(name === undefined ? element : fieldOf(element, name))
    /** @type {Map<string, unknown[]>} */
    const left = new Map()
    for (const element of before) left.set(keyOf(element), [...(left.get(keyOf(element)) ?? []), element])
    /** @type {unknown[]} */
    const come = []
    const stayed = []
    for (const element of after) {
      const key = keyOf(element)
      const same = left.get(key)
      if (same === undefined || same.length === 0) come.push(element)
      else {
        stayed.push(key)
        leaves(same.shift(), element, `${path}[${name === undefined ? '' : `${name} `}${key.replace(/^"|"$/g, '')}]`, found)
      }
    }
    for (const gone of left.values()) for (const element of gone) found.push({ path, before: element, after: undefined })
    for (const element of come) found.push({ path, before: undefined, after: element })
    const kept = new Map()
    for (const key of stayed) kept.set(key, (kept.get(key) ?? 0) + 1)
    const was = before.map(keyOf).filter((key) => {
      const n = kept.get(key) ?? 0
      if (n > 0) kept.set(key, n - 1)
      return n > 0
    })
    const bare = (/** @type {string[]} */ keys) => keys.map((key) => key.replace(/^"|"$/g, ''))
    if (was.join() !== stayed.join()) found.push({ path: `${path} in the order`.trim(), before: bare(was), after: bare(stayed) })
  }

  return { leaves }
})()
