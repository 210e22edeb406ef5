import { relative } from 'node:path'
import { listFixtures, readFixture } from '../fixtures/file.js'
import { plainStep, type Fixture } from '../fixtures/fixture.js'
import type { Plain } from '../codec/plain.js'
import type { Example } from './explanation.js'

/** The recorded cases of a folder, by what they show. */
export class Examples {
  private readonly all: readonly { readonly name: string; readonly fixture: Fixture }[]

  /** @param folder of fixtures; none are there when it is undefined */
  constructor(folder: string | undefined) {
    this.all =
      folder === undefined ? [] : listFixtures(folder).map((file) => ({ name: relative(folder, file), fixture: readFixture(file) }))
  }

  /** The names of the cases in which one of the rules decides. */
  of(rules: ReadonlySet<string>): readonly string[] {
    return this.all.filter(({ fixture }) => fixture.info.rules.some((rule) => rules.has(rule))).map(({ name }) => name)
  }

  /** The shortest case kept for one of the rules, or else the shortest in which one decides. */
  shortest(rules: ReadonlySet<string>): Example | undefined {
    return this.pick(
      ({ info }) => info.rule !== undefined && rules.has(info.rule),
      ({ info }) => info.rules.some((rule) => rules.has(rule)),
    )
  }

  /** The shortest case with a step that ends in an error. */
  withError(error: string): Example | undefined {
    return this.pick(({ steps }) => steps.some(({ expect }) => expect?.outcome.type === 'error' && expect.outcome.error === error))
  }

  private pick(...wanted: readonly ((fixture: Fixture) => boolean)[]): Example | undefined {
    for (const fits of wanted) {
      const [best] = this.all.filter(({ fixture }) => fits(fixture)).sort((a, b) => a.fixture.steps.length - b.fixture.steps.length)
      if (best !== undefined) return exampleOf(best.name, best.fixture)
    }
    return undefined
  }
}

const exampleOf = (name: string, { info, steps }: Fixture): Example => ({
  fixture: name,
  what: info.what,
  steps: steps.map(({ step, expect }) => ({ step: plainStep(step) as Plain, outcome: outcomeText(expect?.outcome) })),
})

function outcomeText(outcome: NonNullable<Fixture['steps'][number]['expect']>['outcome'] | undefined): string {
  if (outcome === undefined) return ''
  if (outcome.type === 'error') return outcome.error
  if (outcome.type === 'invalid') return `invalid: ${outcome.reason}`
  return outcome.type === 'panic' ? `panic: ${outcome.message}` : 'ok'
}
