import { describe, expect, test } from 'vitest'
import type { Step } from '../../model/step.js'
import { editionNamed, flip, intended } from '../../spec/versions/editions.js'
import { runtimeForTests } from '../../src/registry/for-tests.js'
import { Judge } from '../compare/judge.js'
import { genesis } from '../../spec/versions/genesis.js'
import { Reference } from '../../src/reference/reference.js'
import { RuntimeChain } from '../targets/runtime/driver.js'
import { isRepaired, rootCause } from './cause.js'
import { confirm, elsewhere } from './confirm.js'
import type { Finding } from './finding.js'
import { hunt } from './hunt.js'
import { compareKnown, keyOf, readKnown } from './known.js'
import { findingsReport } from './report.js'
import { findingsMarkdown, findingsText } from './text.js'
import { Trials, withQuirks } from './trials.js'

const released = editionNamed('144')
/** Two quirks that cheap cases show, searched without the rest, so that the test is quick. */
const two = withQuirks(released, ['Q-FARM-IP-TWICE', 'Q-PROVIDER-COUNT'])
const result = await hunt(two, { seed: 1, calls: 45_000 })
const trials = new Trials()
const finding = (quirk: string): Finding => result.findings.find(({ cause }) => cause.join() === quirk)!

describe('a search tells which quirk breaks which promise', () => {
  test('each quirk is found as a cause of its own', () => {
    expect(new Set(result.findings.map(({ cause }) => cause.join()))).toEqual(new Set(two.quirks))
  })

  test('the same seed and number of calls find the same', async () => {
    const again = await hunt(two, { seed: 1, calls: 9_000 })
    const once = await hunt(two, { seed: 1, calls: 9_000 })
    expect(again.findings).toEqual(once.findings)
    expect(again.calls).toBe(once.calls)
  })

  test('no step can be dropped from what was shrunk', () => {
    for (const { steps, invariant, cause } of result.findings)
      for (let i = 0; i < steps.length; i++) expect(isRepaired(trials, two, steps.toSpliced(i, 1), invariant, cause)).toBe(false)
  })

  test('switching the cause off repairs it, in the released version as well, and switching another one off does not', () => {
    const { steps, invariant } = finding('Q-FARM-IP-TWICE')
    expect(rootCause(trials, released, steps, invariant)).toEqual(['Q-FARM-IP-TWICE'])
    expect(isRepaired(trials, released, steps, invariant, ['Q-FARM-IP-TWICE'])).toBe(true)
    expect(trials.broken(flip(released, ['Q-PROVIDER-COUNT']), steps, invariant)).toBeDefined()
    expect(trials.broken(intended, steps, invariant)).toBeUndefined()
    expect(elsewhere(trials, 144, finding('Q-FARM-IP-TWICE'))).toBe('broken')
  })
})

describe('a baseline', () => {
  const known = (entries: unknown) => readKnown(JSON.stringify({ findings: entries }))
  const all = result.findings.map(({ cause, invariant }) => ({ cause, invariant }))

  test('known findings are neither new nor stale', () => {
    expect(compareKnown(trials, two, result.findings, known(all))).toEqual({ fresh: [], stale: [] })
  })

  test('what it does not have is new, what was not found is stale', () => {
    const gone = { cause: ['Q-GONE'], invariant: 'INV-TG-5' }
    const { fresh, stale } = compareKnown(trials, two, result.findings, known([...all.slice(1), gone]))
    expect(fresh.map(keyOf)).toEqual([keyOf(result.findings[0]!)])
    expect(stale.map(keyOf)).toEqual(['Q-GONE breaks INV-TG-5'])
  })

  test('an entry with steps needs no search: they show it again', () => {
    const report = reportOf(false)
    expect(compareKnown(trials, two, [], readKnown(JSON.stringify(report))).stale).toEqual([])
  })

  test.each([
    ['nonsense', 'is not JSON'],
    ['{}', 'has no list'],
    ['null', 'has no list'],
    ['{"findings":[{"cause":"Q","invariant":"I"}]}', 'findings[0].cause'],
    ['{"findings":[null]}', 'findings[0].cause'],
    ['{"findings":[{"cause":[],"invariant":1}]}', 'findings[0].invariant'],
  ])('%s is told with its place', (text, message) => {
    expect(() => readKnown(text)).toThrow(message)
  })
})

function reportOf(redacted: boolean) {
  const told = result.findings.map((one) => ({
    finding: one,
    confirmation: { type: 'not tried' as const },
    versions: { 144: 'broken' as const },
    isNew: true,
  }))
  return findingsReport(result, told, { tool: 'test', at: '144', seed: 1, corpus: null, redacted, stale: [] })
}

describe('a report', () => {
  const [step] = finding('Q-FARM-IP-TWICE').steps as [Step]
  const name = step.type === 'call' ? step.call.name : ''

  test('has promise, what happens instead, and steps', () => {
    for (const text of [findingsMarkdown(reportOf(false)), findingsText(reportOf(false))]) {
      expect(text).toContain('INV-TG-5')
      expect(text).toContain(name)
    }
  })

  test('a redacted one tells no step and no witness', () => {
    const report = reportOf(true)
    expect(report.findings.every(({ steps, witnesses }) => steps === undefined && witnesses.length === 0)).toBe(true)
    expect(JSON.stringify(report) + findingsMarkdown(report) + findingsText(report)).not.toContain(name)
  })
})

const code = await runtimeForTests('144')
describe.skipIf(code === undefined)('on the real runtime', () => {
  test('a finding is confirmed by the runtime, and becomes a fixture', () => {
    const judge = new Judge(new RuntimeChain(code!), new Reference(released, genesis(released.version)))
    const told = confirm(judge, finding('Q-FARM-IP-TWICE'), {
      codeHash: `0x${'00'.repeat(32)}`,
      tool: 'test',
      seed: 1,
      case: 0,
      what: 'a finding',
    })
    expect(told.type).toBe('confirmed')
  })
})
