import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Appended } from './appended.js'
import { Store } from './store.js'

const element = (text: string): Uint8Array => Buffer.from(text, 'latin1')
const written = (store: Store, mark: number): unknown[] => {
  const out: unknown[] = []
  store.touched(mark, (key, before, after) => out.push([key, before, after instanceof Appended ? after.encoded() : after]))
  return out
}

describe('the undo log', () => {
  test('a revert brings every key back, in any mixture of writes, deletes, appends and transactions', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'long key '.repeat(5), 'long key '.repeat(5) + 'x')
    const action = fc.oneof(
      fc.record({ kind: fc.constant('set' as const), key, value: fc.constantFrom('\0', '\x04x', '\x08xy') }),
      fc.record({ kind: fc.constant('append' as const), key, value: fc.constantFrom('x', 'y') }),
      fc.record({ kind: fc.constantFrom('delete' as const, 'clear' as const), key, value: fc.constant('') }),
      fc.record({ kind: fc.constantFrom('begin' as const, 'commit' as const, 'rollback' as const), key, value: fc.constant('') }),
    )
    const contents = (store: Store): unknown => [[...store.entries()].map(([k]) => [k, store.get(k)]).sort(), ordered(store)]
    const ordered = (store: Store): string[] => {
      const keys: string[] = []
      for (let k = store.nextKey(''); k !== undefined; k = store.nextKey(k)) keys.push(k)
      return keys
    }
    const run = (store: Store, actions: readonly (typeof action extends fc.Arbitrary<infer A> ? A : never)[]): void => {
      for (const { kind, key: k, value } of actions) {
        if (kind === 'set') store.set(k, value)
        else if (kind === 'append') store.append(k, element(value))
        else if (kind === 'delete') store.delete(k)
        else if (kind === 'clear') store.clearPrefix(k.slice(0, 1), 1)
        else if (kind === 'begin') store.begin()
        else if (store.depth > 0) store[kind]()
      }
      while (store.depth > 0) store.rollback()
    }
    fc.assert(
      fc.property(
        fc.array(action, { maxLength: 20 }),
        fc.array(action, { maxLength: 20 }),
        fc.array(action, { maxLength: 20 }),
        (first, second, third) => {
          const store = new Store()
          run(store, first)
          const before = contents(store)
          const mark = store.mark()
          run(store, second)
          store.revert(mark)
          expect(contents(store)).toEqual(before)
          expect(ordered(store)).toEqual([...store.entries()].map(([k]) => k).sort())
          // What is appended after an undo does not show what was undone.
          run(store, third)
          const twin = new Store()
          run(twin, first)
          run(twin, third)
          expect(contents(store)).toEqual(contents(twin))
        },
      ),
      { numRuns: 300 },
    )
  })

  test('transactions nest: an inner rollback leaves what the outer one wrote', () => {
    const store = new Store()
    store.begin()
    store.set('a', '1')
    store.begin()
    store.set('a', '2')
    store.rollback()
    store.commit()
    expect(store.get('a')).toBe('1')
    expect(() => store.commit()).toThrow(/not begun/)
  })

  test('touched keys are told once, with the value before the mark, also when nothing changed in the end', () => {
    const store = new Store()
    store.set('a', '1')
    const mark = store.mark()
    store.set('a', '2')
    store.set('b', '3')
    store.set('a', '1')
    store.delete('b')
    store.delete('never there')
    expect(written(store, mark)).toEqual([
      ['a', '1', '1'],
      ['b', undefined, undefined],
    ])
  })
})

describe('append', () => {
  test('n appends give a vector of n with its compact count', () => {
    const store = new Store()
    for (let i = 0; i < 70; i++) store.append('v', element('xy'))
    expect(store.get('v')).toBe(`\x19\x01${'xy'.repeat(70)}`)
    store.set('w', '\x08ab')
    store.append('w', element('c'))
    expect(store.get('w')).toBe('\x0cabc')
  })

  test('is amortised: 40,000 appends take well under a second', () => {
    const store = new Store()
    const start = performance.now()
    for (let i = 0; i < 40_000; i++) store.append('v', element('0123456789abcdef'))
    expect(performance.now() - start).toBeLessThan(1000)
    expect(store.get('v')!.length).toBe(4 + 40_000 * 16)
  })
})

describe('keys', () => {
  test('next_key follows the order of bytes, across items, short keys and bytes above 127', () => {
    const item = 'p'.repeat(32)
    const keys = [':code', item, `${item}\x00`, `${item}\x7f`, `${item}\x80`, `${item}\xff`, `${'p'.repeat(31)}q`, '\xfe'.repeat(40)]
    const store = new Store()
    for (const key of [...keys].reverse()) store.set(key, '1')
    const seen: string[] = []
    for (let key = store.nextKey(''); key !== undefined; key = store.nextKey(key)) seen.push(key)
    expect(seen.map((key) => Buffer.from(key, 'latin1'))).toEqual(
      keys.map((key) => Buffer.from(key, 'latin1')).sort((a, b) => Buffer.compare(a, b)),
    )
    expect(store.nextKey(`${item}\x80\x00`)).toBe(`${item}\xff`)
  })

  test('clear_prefix deletes in the order of bytes, up to the limit, and says whether some are left', () => {
    const item = 'p'.repeat(32)
    const store = new Store()
    for (const end of ['c', 'a', 'b', '\xff']) store.set(item + end, end)
    store.set('other', '1')
    expect(store.clearPrefix(item, 2)).toEqual({ deleted: 2, more: true })
    expect(store.keysUnder(item)).toEqual([`${item}c`, `${item}\xff`])
    expect(store.clearPrefix(item)).toEqual({ deleted: 2, more: false })
    expect(store.clearPrefix('oth')).toEqual({ deleted: 1, more: false })
    expect(store.size).toBe(0)
  })
})
