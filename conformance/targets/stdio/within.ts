import type { Step } from '../../../model/step.js'
import type { Plain } from '../../../src/codec/plain.js'
import type { Expectation } from '../../../src/fixtures/format.js'
import type { Declaration } from './protocol.js'

/**
 * What of the chain an implementation claims to know. A case is followed up to the first step beyond it; what is expected of
 * a step is cut to what was declared. What is answered is not: an answer beyond the declaration is a difference.
 */
export class Within {
  readonly declaration: Declaration
  private readonly calls: ReadonlySet<string>
  private readonly events: ReadonlySet<string>
  private readonly items: ReadonlySet<string>

  constructor(declaration: Declaration) {
    this.declaration = declaration
    this.calls = new Set(declaration.calls)
    this.events = new Set(declaration.events)
    this.items = new Set(declaration.items)
  }

  get comparesFees(): boolean {
    return this.declaration.fees === 'compared'
  }

  hasGenesis(name: Declaration['genesis'][number]): boolean {
    return this.declaration.genesis.includes(name)
  }

  hasCall(name: string): boolean {
    return this.calls.has(name)
  }

  /** Why a step cannot be asked, undefined when it can. */
  beyond(step: Step, expected: Expectation | undefined): string | undefined {
    if (step.type === 'advance') return undefined
    const name = `${step.call.pallet}.${step.call.name}`
    if (!this.calls.has(name)) return `calls ${name}`
    // Who does not keep purses cannot know that one is empty.
    if (!this.comparesFees && expected?.outcome.type === 'invalid' && expected.outcome.reason === 'Payment')
      return 'somebody cannot pay the fee'
    return undefined
  }

  /** The expectation, as far as it was declared. */
  expected({ outcome, fee, events, storage }: Expectation): Expectation {
    return ordered({
      outcome,
      ...(fee === undefined || !this.comparesFees ? {} : { fee }),
      events: events.filter(({ event }) => this.events.has(event)),
      storage: storage.filter(({ item }) => this.items.has(item)),
    })
  }
}

/** The same answer with the fields of its values by name: the order of fields in JSON says nothing. */
export const ordered = ({ events, storage, ...rest }: Expectation): Expectation => ({
  ...rest,
  events: events.map(({ event, value }) => ({ event, value: byName(value) })),
  storage: storage.map(({ item, key, value }) => ({ item, key: key.map(byName), value: byName(value) })),
})

function byName(value: Plain): Plain {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return (value as readonly Plain[]).map(byName)
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, part]) => [name, byName(part)]),
  )
}
