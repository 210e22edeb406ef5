/**
 * The messages of the stdio protocol, version 1: one JSON value a line. PROTOCOL.md tells the same in words.
 *
 * Codecs and the published schema are one: what the schema accepts is what is read.
 */
import { genesisNames } from '../../../spec/versions/genesis.js'
import { anyText, choice, decimal, integer, json, list, oneOf, record, text, type TypeOf } from '../../../src/fixtures/codec.js'
import { outcome } from '../../../src/fixtures/format.js'
import { pretty } from '../../../src/fixtures/json.js'

export const protocolVersion = 1
const maxU32 = 0xffff_ffff

/** `Pallet.name`, as in the metadata. */
const name = text('a name as Pallet.Name', '^[A-Za-z0-9]+\\.[A-Za-z0-9]+$', 'Write the pallet, a dot and the name')
const address = text('an SS58 address', '^[1-9A-HJ-NP-Za-km-z]{1,64}$', 'Write an account as its address with prefix 42')
const id = integer(1, Number.MAX_SAFE_INTEGER)
const event = record('an event', { event: name, value: json })
const entry = record('a storage entry', { item: name, key: list(json), value: json })
const number = integer(0, maxU32)

const requests = {
  hello: record('hello', { id, do: oneOf('hello'), protocol: integer(1, maxU32), tool: anyText, specVersion: integer(1, maxU32) }),
  reset: record('reset', { id, do: oneOf('reset'), genesis: oneOf(...genesisNames), number, timeMs: decimal, storage: list(entry) }),
  call: record('call', { id, do: oneOf('call'), call: name, who: address, args: json }),
  advance: record('advance', {
    id,
    do: oneOf('advance'),
    blocks: integer(1, maxU32),
    seconds: integer(1, maxU32),
    number,
    timeMs: decimal,
  }),
}
/** What tfspec asks. */
export const request = choice(
  'a request',
  Object.values(requests),
  ({ do: what }) => (typeof what === 'string' && Object.hasOwn(requests, what) ? requests[what as keyof typeof requests] : undefined),
  'Its field do is hello, reset, call or advance',
)
export type Request = TypeOf<typeof request>

/** What an implementation says of itself. It is asked and compared within that, and within nothing else. */
export const declaration = record('a declaration', {
  protocol: oneOf(protocolVersion),
  name: anyText,
  specVersion: integer(1, maxU32),
  genesis: list(oneOf(...genesisNames)),
  calls: list(name),
  events: list(name),
  items: list(name),
  fees: oneOf('compared', 'ignored'),
})
export type Declaration = TypeOf<typeof declaration>

/** What a step brought about, of what was declared. */
export const effect = record('an effect', { outcome, events: list(event), storage: list(entry) }, { fee: decimal })
export type Effect = TypeOf<typeof effect>

const nothing = record('nothing', {})
const answers = {
  declaration: record('an answer to hello', { id, answer: declaration }),
  done: record('an answer to reset', { id, answer: nothing }),
  effect: record('an answer to a step', { id, answer: effect }),
  unsupported: record('a step beyond the implementation', { id, unsupported: anyText }),
  error: record('a failure', { id, error: anyText }),
}
export type AnswerKind = 'declaration' | 'done' | 'effect'

/** What may come back after a request. */
export const answerTo = (kind: AnswerKind) =>
  choice<(typeof answers)[keyof typeof answers]>(
    'an answer',
    [answers[kind], answers.unsupported, answers.error],
    (fields) => ('unsupported' in fields ? answers.unsupported : 'error' in fields ? answers.error : answers[kind]),
    'Write { "id": …, "answer": … }',
  )

/** The JSON Schema that is published beside PROTOCOL.md. */
export const protocolSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'tfchain-spec stdio protocol, version 1',
  description: 'A line from tfspec is a request, a line from the implementation an answer; each is one JSON value.',
  $defs: { request: request.schema, ...Object.fromEntries(Object.entries(answers).map(([kind, { schema }]) => [kind, schema])) },
  oneOf: [request.schema, ...Object.values(answers).map(({ schema }) => schema)],
} as const

export const protocolSchemaText = (): string => pretty(protocolSchema)
