import { Defect } from '../../../spec/kernel/defect.js'
import type { GenesisName } from '../../../spec/versions/genesis.js'
import { Creations } from '../../../model/entity.js'
import type { Step } from '../../../model/step.js'
import type { Expectation } from '../../../src/fixtures/format.js'
import type { Reference } from '../../../src/reference/reference.js'
import { decidingRule, type Difference } from '../../compare/difference.js'
import { firstDifference } from '../../fixtures/first-difference.js'
import { ReferenceObserver } from '../../fixtures/observe-reference.js'
import { resolve } from '../../run/replay.js'
import { StdioError } from './process.js'
import type { StdioTarget } from './target.js'
import { ordered, type Within } from './within.js'

/** What became of a case. */
export interface Followed {
  /** The steps that were asked, with concrete ids. */
  readonly steps: readonly Step[]
  /** How many of them were answered as expected. */
  readonly compared: number
  /** What became of the calls among these: `ok`, or why it was refused. */
  readonly answers: readonly { readonly call: string; readonly outcome: string }[]
  /** Why the case was left before its end, undefined when it was not. */
  readonly beyond: string | undefined
  readonly difference: Difference | undefined
  /** The rules that decided the compared steps. */
  readonly rules: ReadonlySet<string>
}

/** A step, and what was recorded of it; without a record, the reference says what is expected. */
export interface Asked {
  readonly step: Step
  readonly expect?: Expectation | undefined
}

/**
 * Carries out a case on the implementation and on the reference, and compares what was declared, up to the first difference or
 * the first step beyond the declaration.
 * @param reference with the case's genesis loaded  @param asked may look at the reference's world before each step
 * @throws StdioError when the implementation cannot even begin
 */
export async function follow(
  target: StdioTarget,
  within: Within,
  reference: Reference,
  genesis: GenesisName,
  asked: Iterable<Asked>,
): Promise<Followed> {
  const observer = new ReferenceObserver(reference)
  const creations = new Creations()
  const steps: Step[] = []
  const rules = new Set<string>()
  const answers: { call: string; outcome: string }[] = []
  const result = (beyond?: string, difference?: Difference): Followed => ({
    steps,
    compared: steps.length - (difference === undefined ? 0 : 1),
    answers,
    beyond,
    difference,
    rules,
  })
  observer.reset()
  await target.reset(genesis)
  for (const { step, expect } of asked) {
    const concrete = step.type === 'call' ? resolve(step, creations) : step
    const from = reference.w.journalItems.length
    let predicted: Expectation
    try {
      predicted = observer.step(concrete)
    } catch (error) {
      if (!(error instanceof Defect)) throw error
      return result(`a defect of the spec (${error.code})`)
    }
    creations.note(reference.w, from, step.id)
    const decided = reference.interpreter.trace.map(({ meta }) => meta.rule)
    const beyond = within.beyond(concrete, predicted)
    if (beyond !== undefined) return result(beyond)
    const expected = within.expected(expect ?? predicted)
    const found = await ask(target, concrete, expected)
    if (typeof found === 'string') return result(found)
    steps.push(concrete)
    if (found !== undefined) return result(undefined, { step: steps.length - 1, rule: decidingRule(decided), rules: decided, ...found })
    rules.add(decidingRule(decided))
    if (concrete.type === 'call') answers.push({ call: concrete.call.fullName, outcome: outcomeText(expected.outcome) })
  }
  return result()
}

const outcomeText = (outcome: Expectation['outcome']): string =>
  outcome.type === 'ok'
    ? 'ok'
    : outcome.type === 'error'
      ? outcome.error
      : `${outcome.type}: ${outcome.type === 'invalid' ? outcome.reason : outcome.message}`

/** @returns a difference, or why the implementation does not know the step, or undefined when all is as expected */
async function ask(target: StdioTarget, step: Step, expected: Expectation) {
  let answer: Awaited<ReturnType<StdioTarget['step']>>
  try {
    answer = await target.step(step)
  } catch (error) {
    if (!(error instanceof StdioError)) throw error
    return { kind: 'outcome' as const, field: 'answer', expected: expected.outcome, actual: error.message }
  }
  if ('unsupported' in answer) return `unsupported: ${answer.unsupported}`
  const found = firstDifference(expected, ordered(answer))
  if (found === undefined) return undefined
  const kind = found.field.startsWith('events') ? 'events' : found.field.startsWith('storage') ? 'storage' : 'outcome'
  return { kind: kind as Difference['kind'], ...found }
}
