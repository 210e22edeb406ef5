import type { CallType } from '../spec/kernel/call.js'
import type { AccountId, ShapeDef } from '../spec/kernel/shape.js'
import type { EntityKind } from './entity.js'

/** One step of a sequence: a call with its origin, or an advance of blocks and time. */
export type Step = CallStep | AdvanceStep

/** A signed call. `args` hold concrete ids; `refs` say which of them name what another step created. */
export interface CallStep {
  readonly type: 'call'
  /** Names the step for as long as the sequence lives: shrinking drops steps, never renames them. */
  readonly id: number
  readonly who: AccountId
  readonly call: CallType
  readonly args: unknown
  readonly refs: readonly Ref[]
}

/** Ends the block and opens a later one: `blocks` ≥ 1 higher, `seconds` ≥ 3 later. Events of hooks belong to it. */
export interface AdvanceStep {
  readonly type: 'advance'
  readonly id: number
  readonly blocks: number
  readonly seconds: number
}

/** A symbolic handle: the argument at `path` is the `kind` that step `by` created. */
export interface Ref {
  readonly path: readonly (string | number)[]
  readonly kind: EntityKind
  readonly by: number
}

/** The kind of entity that a field names: the chain calls the same thing by the same name everywhere. */
const kindOfField: Readonly<Record<string, EntityKind>> = {
  twinId: 'twin',
  farmId: 'farm',
  nodeId: 'node',
  entityId: 'entity',
  contractId: 'contract',
  solutionProviderId: 'solution-provider',
  serviceContractId: 'service-contract',
  pricingPolicyId: 'pricing-policy',
  farmingPolicyId: 'farming-policy',
  transactionId: 'burn',
}

/** Where in the arguments ids stand, and of which kind. */
export function* idsIn(call: CallType, args: unknown): Generator<{ path: (string | number)[]; kind: EntityKind; id: number | bigint }> {
  yield* walk(call.argsLike(args), args, [])
}

function* walk(
  shape: ShapeDef,
  value: unknown,
  path: (string | number)[],
): Generator<{ path: (string | number)[]; kind: EntityKind; id: number | bigint }> {
  if (value === undefined) return
  if (shape.kind === 'ref') yield* walk(shape.get(), value, path)
  else if (shape.kind === 'struct') {
    for (const [name, of] of shape.fields) {
      const inner = (value as Readonly<Record<string, unknown>>)[name]
      const kind = kindOfField[name]
      if (kind !== undefined && (typeof inner === 'number' || typeof inner === 'bigint')) yield { path: [...path, name], kind, id: inner }
      else yield* walk(of, inner, [...path, name])
    }
  } else if (shape.kind === 'vec') {
    for (const [i, element] of (value as readonly unknown[]).entries()) yield* walk(shape.of, element, [...path, i])
  } else if (shape.kind === 'option') yield* walk(shape.of, value, path)
  else if (shape.kind === 'enum') {
    const { type, value: content } = value as { readonly type: string; readonly value?: unknown }
    const variant = shape.variants.find(([name]) => name === type)
    if (variant !== undefined) yield* walk(variant[2], content, [...path, 'value'])
  }
}

/** The arguments with the value at a path replaced. */
export function withAt(value: unknown, path: readonly (string | number)[], leaf: unknown): unknown {
  const [head, ...rest] = path
  if (head === undefined) return leaf
  if (Array.isArray(value)) return value.map((v: unknown, i) => (i === head ? withAt(v, rest, leaf) : v))
  return { ...(value as object), [head]: withAt((value as Readonly<Record<string, unknown>>)[head], rest, leaf) }
}
