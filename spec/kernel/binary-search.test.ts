import fc from 'fast-check'
import { expect, test } from 'vitest'
import { binarySearch } from './binary-search.js'

test('on a sorted list it meets what is there, and tells where what is not belongs', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer()), fc.integer(), (list, value) => {
      const sorted = list.sort((a, b) => a - b)
      const found = binarySearch(sorted, value)
      if (found >= 0) expect(sorted[found]).toBe(value)
      else expect(sorted.toSpliced(~found, 0, value)).toEqual([...sorted, value].sort((a, b) => a - b))
      expect(found >= 0).toBe(sorted.includes(value))
    }),
  )
})

test('on an unsorted list it may miss what is there', () => {
  expect(binarySearch([5, 6, 1], 1)).toBeLessThan(0)
  expect(binarySearch([5, 6, 1], 6)).toBe(1)
  expect(binarySearch([5, 1], 1)).toBe(1)
  expect(binarySearch([5, 1], 5)).toBeLessThan(0)
})
