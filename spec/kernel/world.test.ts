import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { event } from './event.js'
import { items, map, single, type Item, type Key } from './item.js'
import { u32, vec } from './shape.js'
import { World, type Mark } from './world.js'

const Count = single('WorldTest', 'Count', u32, { orElse: 7 })
const Maybe = single('WorldTest', 'Maybe', u32)
const Lists = map('WorldTest', 'Lists', u32, vec(u32), { orElse: [] })
const Happened = event('WorldTest', 'Happened', u32)

/** All that a world holds: entries in the order of their keys, and the events. */
const picture = (w: World): unknown => [
  [Count, Maybe, Lists].map((item) => [...w.entries(item as unknown as Item)].sort(([a], [b]) => Number(a ?? -1) - Number(b ?? -1))),
  w.events.map(({ type, value }) => [type.name, value]),
]

describe('reading', () => {
  test('an absent key gives the default, or nothing', () => {
    const w = new World(144)
    expect([w.get(Count), w.get(Maybe), w.get(Lists, 1)]).toEqual([7, undefined, []])
    expect([w.has(Count, undefined), w.has(Lists, 1), w.stored(Count as unknown as Item, undefined)]).toEqual([false, false, undefined])
  })

  test('a key that holds an empty vector is present, unlike an absent one', () => {
    const w = new World(144)
    w.put(Lists, 1, [])
    expect([w.has(Lists, 1), w.has(Lists, 2), w.count(Lists)]).toEqual([true, false, 1])
    w.remove(Lists, 1)
    expect([w.has(Lists, 1), w.count(Lists)]).toEqual([false, 0])
  })

  test('a key that holds the default is present too', () => {
    const w = new World(144)
    w.set(Count, 7)
    expect([w.has(Count, undefined), w.get(Count)]).toEqual([true, 7])
  })

  test('an item that was declared after the world was made is empty', () => {
    const w = new World(144)
    const late = single('WorldTest', `Late${items.length}`, u32, { orElse: 1 })
    expect(w.get(late)).toBe(1)
    w.set(late, 2)
    expect(w.get(late)).toBe(2)
  })
})

describe('the journal', () => {
  test('notes every write with the value before it, same values and removals of nothing too', () => {
    const w = new World(144)
    w.set(Count, 1)
    w.set(Count, 1)
    w.remove(Lists, 9)
    expect(w.journalItems).toEqual([Count, Count, Lists])
    expect(w.journalKeys).toEqual([undefined, undefined, 9])
    expect(w.journalBefore).toEqual([undefined, 1, undefined])
  })
})

/** One thing that can happen to a world; `mark` opens a layer, `close` keeps or undoes it. */
type Happening =
  | { readonly do: 'write'; readonly item: number; readonly key: number; readonly value: number | null }
  | { readonly do: 'emit' | 'mark' | 'keep' | 'undo' }
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('write' as const), item: fc.nat(2), key: fc.nat(3), value: fc.option(fc.nat(9)) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('emit' as const, 'mark' as const, 'keep' as const, 'undo' as const) }) },
)

test('a layer that is undone leaves no trace, however layers nest; one that is kept leaves all of it', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
      const w = new World(144)
      const layers: { readonly mark: Mark; readonly before: unknown }[] = []
      for (const h of happenings) {
        if (h.do === 'write') {
          const item = [Count, Maybe, Lists][h.item] as unknown as Item
          const key: Key = h.item === 2 ? h.key : undefined
          w.write(item, key, h.value === null ? undefined : h.item === 2 ? Array(h.value % 3).fill(h.value) : h.value)
        } else if (h.do === 'emit') w.emit(Happened, w.events.length)
        else if (h.do === 'mark') layers.push({ mark: w.mark(), before: picture(w) })
        else {
          const layer = layers.pop()
          if (layer === undefined || h.do === 'keep') continue
          w.rollback(layer.mark)
          expect(picture(w)).toEqual(layer.before)
          expect(w.mark()).toEqual(layer.mark)
        }
      }
      w.rollback({ journal: 0, events: 0 })
      expect(picture(w)).toEqual(picture(new World(144)))
    }),
  )
})
