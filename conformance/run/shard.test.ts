import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { annotations } from '../report/annotations.js'
import { blobText, mergeBlobs, readBlob, type Blob, type RunQuestion } from './blob.js'
import type { CampaignResult } from './campaign.js'
import { planCases } from './case.js'
import { casesOf, parseShard } from './shard.js'
import { Tally } from './tally.js'

const seeds = fc.integer({ min: -0x7fffffff, max: 0x7fffffff })

test('the shards of a run are exactly the whole, each case once, for any number of them', () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 500 }), (seed, calls, of) => {
      const plan = planCases(seed, calls)
      const parts = Array.from({ length: of }, (_, i) => casesOf(plan, { index: i + 1, of }))
      expect(parts.flat().sort((a, b) => a.index - b.index)).toEqual(plan)
    }),
  )
})

describe('a shard is written', () => {
  test.each([
    ['1/1', { index: 1, of: 1 }],
    ['2/4', { index: 2, of: 4 }],
    ['job/8', { index: 8, of: 8 }],
  ])('%s', (text, shard) => expect(parseShard(text, { JOB_COMPLETION_INDEX: '7' })).toEqual(shard))
  test.each(['0/4', '5/4', '1/0', 'x', '1', '-1/4', '1/4/2', '1.5/4', 'job/7'])('%s is refused', (text) =>
    expect(parseShard(text, { JOB_COMPLETION_INDEX: '7' })).toEqual(expect.any(String)),
  )
  test.each([{}, { JOB_COMPLETION_INDEX: '' }, { JOB_COMPLETION_INDEX: '-1' }])('job/4 needs the index: %j', (environment) =>
    expect(parseShard('job/4', environment)).toContain('JOB_COMPLETION_INDEX'),
  )
})

const question: RunQuestion = {
  ...{ tool: 'test', target: 'runtime:144', codeHash: '00', specVersion: 144, at: '144', seed: 1, calls: 100 },
  ...{ maxFailures: 2, flip: [], extreme: false },
}
const resultOf = (cases: readonly number[]): CampaignResult => {
  const tally = new Tally()
  tally.cases = cases.length
  for (const n of cases) tally.events[`E${n % 5}`] = (tally.events[`E${n % 5}`] ?? 0) + 1
  // Every case with a number divisible by 3 differs, in one of four ways.
  const failing = cases.filter((n) => n % 3 === 0)
  const failures = new Map(
    failing.toReversed().map((n) => [`S${n % 4}`, { case: n, signature: `S${n % 4}` } as CampaignResult['failures'][number]]),
  )
  const counts: Record<string, number> = {}
  for (const n of failing) counts[`S${n % 4}`] = (counts[`S${n % 4}`] ?? 0) + 1
  const first = [...failures.values()].sort((a, b) => a.case - b.case).slice(0, question.maxFailures)
  return { tally, failures: first, counts, planned: cases.length, seconds: 1, interrupted: false }
}
const blobOf = (index: number, of: number, cases: readonly number[], more: Partial<RunQuestion> = {}): Blob =>
  readBlob(blobText({ ...question, ...more }, { index, of }, resultOf(cases)), `${index}`)

test('merged results are those of the whole, in whatever order the files come', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 60 }), fc.gen(), (of, n, gen) => {
      const cases = Array.from({ length: n }, (_, i) => i)
      const blobs = Array.from(
        { length: of },
        (_, i) =>
          [
            `${i}`,
            blobOf(
              i + 1,
              of,
              cases.filter((c) => c % of === i),
            ),
          ] as const,
      )
      const { result } = mergeBlobs(gen(fc.shuffledSubarray, blobs, { minLength: of }))
      expect(JSON.parse(JSON.stringify(result))).toEqual(JSON.parse(JSON.stringify(resultOf(cases))))
    }),
  )
})

describe('what are not the shards of one run is refused', () => {
  const one = ['1.json', blobOf(1, 2, [0])] as const
  test('one is missing', () => expect(() => mergeBlobs([one])).toThrow('shards 2 are missing'))
  test('one comes twice', () => expect(() => mergeBlobs([one, one])).toThrow('Give each shard once'))
  test('another seed', () =>
    expect(() => mergeBlobs([one, ['2.json', blobOf(2, 2, [1], { seed: 2 })]])).toThrow('2.json: question.seed: 2, where 1.json has 1'))
  test('a planted fault in one alone', () =>
    expect(() => mergeBlobs([one, ['2.json', blobOf(2, 2, [1], { fault: 'X' })]])).toThrow('question.fault'))
  test('another number of shards', () =>
    expect(() => mergeBlobs([one, ['2.json', blobOf(2, 3, [1])]])).toThrow('one of 3, where 1.json is one of 2'))
  test('nothing', () => expect(() => mergeBlobs([])).toThrow('nothing to merge'))
})

describe('a file that no shard wrote is refused', () => {
  const text = blobText(question, { index: 1, of: 1 }, resultOf([0, 1, 2]))
  test.each([
    ['cut off', text.slice(0, -9), 'no JSON'],
    ['edited', text.replace('"planned":3', '"planned":4'), 'not what the shard wrote'],
    ['of another format', text.replace('"blob":2', '"blob":1'), 'format 1 instead of 2'],
    ['something else', '[1]', 'no report of a shard'],
    ['null', 'null', 'no report of a shard'],
  ])('%s', (_, changed, message) => expect(() => readBlob(changed, 'f.json')).toThrow(message))
})

test('annotations are one line each, and name the rule', () => {
  const text = annotations([
    { difference: { kind: 'events', field: 'event 1: 100%', rule: 'SC-A-1', expected: 'a\nb', actual: null }, replay: 'tfspec replay x' },
  ])
  expect(text).toBe(
    '::error title=tfspec SC-A-1::SC-A-1: events differs: event 1: 100%25%0Aexpected "a\\nb"%0Aactual null%0Atfspec replay x\n',
  )
})
