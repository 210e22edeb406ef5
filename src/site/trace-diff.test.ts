import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { durationText } from './words.js'

interface Leaf {
  readonly path: string
  readonly before: unknown
  readonly after: unknown
}
const client = (name: string): string => readFileSync(new URL(`./client/${name}`, import.meta.url), 'utf8')
/** The script's own function, as the page runs it; its values come back as plain ones of this realm. */
const leaves = (before: unknown, after: unknown): readonly Leaf[] =>
  JSON.parse(
    runInNewContext(`${client('trace-diff.js')}\nJSON.stringify(tfspecDiff.leaves(JSON.parse(before), JSON.parse(after)))`, {
      before: JSON.stringify(before),
      after: JSON.stringify(after),
    }) as string,
  ) as readonly Leaf[]

const ip = (address: string, contractId: string) => ({ ip: address, gateway: 'g', contractId })

test('an element that leaves from the middle of a list changes none of the others', () => {
  expect(leaves({ publicIps: [ip('1', '0'), ip('2', '0'), ip('3', '7')] }, { publicIps: [ip('1', '0'), ip('3', '7')] })).toEqual([
    { path: 'publicIps', before: ip('2', '0') },
  ])
})

test('an element that stays is compared with itself, by its name', () => {
  expect(leaves({ publicIps: [ip('1', '0'), ip('2', '0')] }, { publicIps: [ip('0', '0'), ip('1', '0'), ip('2', '9')] })).toEqual([
    { path: 'publicIps[ip 2].contractId', before: '0', after: '9' },
    { path: 'publicIps', after: ip('0', '0') },
  ])
})

test('ids in a list come and go, and a swap is told as an order', () => {
  expect(leaves([1, 2, 3], [3, 2])).toEqual([
    { path: '', before: 1 },
    { path: 'in the order', before: ['2', '3'], after: ['3', '2'] },
  ])
  expect(leaves([1, 1], [1, 1, 1])).toEqual([{ path: '', after: 1 }])
})

test('a tuple is compared place by place', () => {
  expect(leaves({ at: [1, 'a'] }, { at: [1, 'b'] })).toEqual([{ path: 'at[1]', before: 'a', after: 'b' }])
})

test('names that are not unique name nothing', () => {
  const twice = [
    { id: 1, n: 1 },
    { id: 1, n: 2 },
  ]
  expect(leaves(twice, [...twice, { id: 1, n: 3 }])).toEqual([{ path: '', after: { id: 1, n: 3 } }])
})

test('the page without script and the one with it say a time alike', () => {
  for (const seconds of [0, 1, 59, 60, 61, 225, 3600, 3661, 86_399, 86_400, 90_061, 31_536_000])
    expect(durationText(seconds)).toBe(runInNewContext(`${client('trace-text.js')}\ntfspecText.span(${seconds})`))
})
