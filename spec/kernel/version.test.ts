import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inSpan, pick } from './version.js'

test('a span holds from its first version to before its last, and for ever where it names none', () => {
  fc.assert(
    fc.property(
      fc.nat(200),
      fc.option(fc.nat(200), { nil: undefined }),
      fc.option(fc.nat(200), { nil: undefined }),
      (version, from, until) => {
        const span = { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) }
        expect(inSpan(version, span)).toBe((from === undefined || from <= version) && (until === undefined || version < until))
      },
    ),
  )
})

test('the definition at a version is the last one that began by then', () => {
  const starts = fc.uniqueArray(fc.nat(200), { minLength: 1 }).map((all) => all.sort((a, b) => a - b))
  fc.assert(
    fc.property(starts, fc.nat(250), (from, version) => {
      const history = from.map((start) => [start, `since ${start}`] as const)
      const begun = from.filter((start) => start <= version)
      if (begun.length === 0) expect(() => pick(version, history)).toThrow('SPEC-VERSION')
      else expect(pick(version, history)).toBe(`since ${begun.at(-1)}`)
    }),
  )
})
