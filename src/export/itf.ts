/**
 * Cases as traces in the Informal Trace Format, which Quint, Apalache and their viewers read, and back.
 *
 * One state before the case and one after each step. Whole numbers of 64 and 128 bits are `#bigint`, smaller ones JSON numbers;
 * enums are tagged as Quint tags its sum types; what is absent has the tag `Absent`. Nothing is lost: what is imported is the
 * fixture that was exported, to the byte.
 * @see Apalache's ADR 015
 */
import type { Plain } from '../codec/plain.js'
import { FixtureError } from '../fixtures/error.js'
import { decodeFixture, encodeFixture, type Fixture } from '../fixtures/fixture.js'

const unit = { '#tup': [] } as const
/** Not `None`: enums of the chain have variants of that name. */
const absent = { tag: 'Absent', value: unit } as const
const variables = ['step', 'action', 'outcome', 'fee', 'events', 'storage']
const formatUrl = 'https://apalache-mc.org/docs/adr/015adr-trace.html'

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)
const has = (value: Fields, ...names: readonly string[]): boolean =>
  Object.keys(value).length === names.length && names.every((name) => Object.hasOwn(value, name))

/** A plain value as ITF writes it. */
function toItf(value: Plain): Plain {
  if (value === null) return absent
  if (typeof value === 'string') return /^\d+$/.test(value) ? { '#bigint': value } : value
  if (typeof value !== 'object') return value
  if (Array.isArray(value)) return (value as readonly Plain[]).map(toItf)
  const fields = value as { readonly [name: string]: Plain }
  if (typeof fields['type'] === 'string') {
    if (has(fields, 'type')) return { tag: fields['type'], value: unit }
    if (has(fields, 'type', 'value')) return { tag: fields['type'], value: toItf(fields['value']!) }
  }
  return Object.fromEntries(Object.entries(fields).map(([name, part]) => [name, toItf(part)]))
}

function fromItf(value: unknown): unknown {
  if (Array.isArray(value)) return (value as readonly unknown[]).map(fromItf)
  if (!isFields(value)) return value
  if (has(value, '#bigint')) return value['#bigint']
  if (has(value, 'tag', 'value')) {
    const isUnit = isFields(value['value']) && has(value['value'], '#tup')
    if (isUnit) return value['tag'] === 'Absent' ? null : { type: value['tag'] }
    return { type: value['tag'], value: fromItf(value['value']) }
  }
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, fromItf(part)]))
}

/** A case as a trace. */
export function itfOf(fixture: Fixture): Plain {
  const {
    _info: info,
    genesis,
    steps,
    contentHash,
  } = encodeFixture(fixture) as unknown as {
    readonly _info: Plain
    readonly genesis: Plain
    readonly steps: readonly { readonly [field: string]: Plain }[]
    readonly contentHash: string
  }
  const nothing = { action: { tag: 'Begin', value: unit }, outcome: absent, fee: absent, events: [], storage: [] }
  const states = steps.map((step, i): Plain => {
    const { expect, ...action } = step
    const { outcome, fee, events, storage } = (expect ?? {}) as { readonly [field: string]: Plain }
    const told =
      expect === undefined
        ? nothing
        : {
            outcome: { tag: 'Some', value: toItf(outcome!) },
            fee: fee === undefined ? absent : toItf(fee),
            events: toItf(events!),
            storage: toItf(storage!),
          }
    return { '#meta': { index: i + 1 }, step: i + 1, ...told, action: { tag: 'call' in action ? 'Call' : 'Advance', value: toItf(action) } }
  })
  return {
    '#meta': { format: 'ITF', 'format-description': formatUrl, source: 'tfchain-spec fixture', info, genesis, contentHash },
    params: [],
    vars: variables,
    states: [{ '#meta': { index: 0 }, step: 0, ...nothing }, ...states],
  }
}

/** @throws FixtureError when the trace is not one that `itfOf` could have made */
export function fixtureOfItf(trace: unknown, file: string): Fixture {
  const wrong = (path: string, problem: string): FixtureError =>
    new FixtureError(
      'FIXTURE-FORMAT',
      file,
      path,
      problem,
      'Give a trace that `tfspec export --as itf` wrote, or one of the same variables',
    )
  if (!isFields(trace) || !isFields(trace['#meta']) || !Array.isArray(trace['states'])) throw wrong('', 'no ITF trace of a TFChain case')
  const { info, genesis, contentHash } = trace['#meta']
  const states = (trace['states'] as readonly unknown[]).slice(1)
  const steps = states.map((state, i): unknown => {
    if (!isFields(state) || !isFields(state['action'])) throw wrong(`states[${i + 1}].action`, 'there is no action')
    const action = fromItf(state['action']['value']) as object
    const outcome = state['outcome']
    if (!isFields(outcome) || outcome['tag'] !== 'Some') return action
    const fee = fromItf(state['fee'])
    const expect = {
      outcome: fromItf(outcome['value']),
      ...(fee === null ? {} : { fee }),
      events: fromItf(state['events']),
      storage: fromItf(state['storage']),
    }
    return { ...action, expect }
  })
  return decodeFixture({ _info: info, genesis, steps, contentHash })
}
