import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { single } from './item.js'
import { changed, formAt, formLike, newestForm, struct, u32, u64 } from './shape.js'
import { World } from './world.js'

const before = struct({ id: u32, ip: u64 })
const after = struct({ id: u32, relay: u64 })
const shape = changed(before, 124, after)

describe('a shape that changed', () => {
  test('has its old form up to the version before the change, and its new one from there on', () => {
    fc.assert(fc.property(fc.nat(300), (version) => formAt(shape, version) === (version < 124 ? before : after)))
    expect(newestForm(shape)).toBe(after)
  })

  test('tells the form of a value by its fields, and takes the newest for a value of no form', () => {
    expect(formLike(shape, { id: 1, ip: 2n })).toBe(before)
    expect(formLike(shape, { relay: undefined, id: 1 })).toBe(after)
    expect(formLike(shape, { id: 1 })).toBe(after)
  })

  test('that never changed is itself at any version', () => {
    expect([formAt(u32, 1), newestForm(u32), formLike(u32, {})]).toEqual([u32, u32, u32])
  })
})

test('an absent key reads as its version has it', () => {
  const item = single('Shapes', 'Test', shape, {
    orElse: { id: 0, relay: 0n },
    orElseHistory: [
      [0, { id: 0, ip: 0n }],
      [124, { id: 0, relay: 0n }],
    ],
  })
  expect(new World(123).get(item)).toEqual({ id: 0, ip: 0n })
  expect(new World(124).get(item)).toEqual({ id: 0, relay: 0n })
})
