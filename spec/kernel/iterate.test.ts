import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { iterate } from './iterate.js'
import { map, pairKey, doubleMap } from './item.js'
import { bytes, u32, u64, u8 } from './shape.js'
import { World } from './world.js'

const byId = map('IterateTest', 'ById', u64, u8)
const byName = map('IterateTest', 'ByName', bytes, u8)
const byTwo = doubleMap('IterateTest', 'ByTwo', u32, u64, u8)

describe('iteration over a storage map', () => {
  test('follows the hashed keys: ids 1 to 6 come in the order that the runtime at 144 shows', () => {
    const w = new World(144)
    for (let id = 1n; id <= 6n; id++) w.put(byId, id, 0)
    expect(iterate(byId, w).map(([id]) => Number(id))).toEqual([6, 5, 3, 1, 4, 2])
  })

  test('the order does not depend on the order of the writes', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: 'binary-ascii', maxLength: 100 }), { maxLength: 20 }), (names) => {
        const [w, back] = [new World(144), new World(144)]
        for (const name of names) w.put(byName, name, name.length)
        for (const name of names.toReversed()) back.put(byName, name, name.length)
        expect(iterate(byName, w)).toEqual(iterate(byName, back))
        expect(new Map(iterate(byName, w))).toEqual(new Map(names.map((name) => [name, name.length])))
      }),
    )
  })

  test('a loop that writes the keys it stands on visits each key once', () => {
    const w = new World(144)
    for (let id = 0n; id < 30n; id++) w.put(byId, id, 0)
    for (const [id] of iterate(byId, w)) w.put(byId, id, w.get(byId, id)! + 1)
    expect([...w.entries(byId)].every(([, visits]) => visits === 1)).toBe(true)
  })

  test('a double map is walked by the hash of its first argument, then of its second', () => {
    const w = new World(144)
    for (const first of [1, 2, 3]) for (const second of [1n, 2n, 3n]) w.put(byTwo, pairKey(first, second), 0)
    const firsts = iterate(byTwo, w).map(([key]) => key.split('/')[0])
    expect(firsts.filter((first, i) => first !== firsts[i - 1])).toHaveLength(3)
  })
})
