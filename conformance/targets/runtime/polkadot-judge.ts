import type { ShapeDef } from '../../../spec/kernel/shape.js'

/** As much of a @polkadot/types codec as reading needs. */
export interface Judge {
  toU8a(bare?: boolean): Uint8Array
  toString(): string
}
interface EnumJudge extends Judge {
  readonly type: string
  readonly inner: Judge
}
interface OptionJudge extends Judge {
  readonly isSome: boolean
  unwrap(): Judge
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

/**
 * A value that @polkadot/types has decoded, in this project's memory form: an opinion of its own on what bytes mean,
 * a hundred times slower than ours. Types are told by the shape, contents by the judge.
 */
export function memoryForm(shape: ShapeDef, judge: Judge): unknown {
  switch (shape.kind) {
    case 'ref':
      return memoryForm(shape.get(), judge)
    case 'unit':
      return undefined
    case 'bool':
      return judge.toString() === 'true'
    case 'bytes':
      // `true`: without the length before it.
      return latin1(judge.toU8a(true))
    case 'fixed':
    case 'account':
      return latin1(judge.toU8a())
    case 'option': {
      const option = judge as OptionJudge
      return option.isSome ? memoryForm(shape.of, option.unwrap()) : undefined
    }
    case 'vec':
    case 'array':
      return [...elements(judge)].map((element) => memoryForm(shape.of, element))
    case 'tuple': {
      const parts = [...elements(judge)]
      return shape.of.map((of, i) => memoryForm(of, parts[i]!))
    }
    case 'struct': {
      // They put a `_` behind names that a codec's own methods have, such as `hash`.
      const fields = judge as unknown as ReadonlyMap<string, Judge>
      return Object.fromEntries(shape.fields.map(([name, of]) => [name, memoryForm(of, (fields.get(name) ?? fields.get(`${name}_`))!)]))
    }
    case 'enum': {
      if (isDispatchable(judge)) return dispatchable(shape, judge)
      const { type, inner } = judge as EnumJudge
      const variant = shape.variants.find(([name]) => name === type)
      return { type, value: variant === undefined ? undefined : memoryForm(variant[2], inner) }
    }
    case 'u64':
    case 'u128':
    case 'i64':
      return integer(judge)
    case 'compact':
      return shape.big ? integer(judge) : Number(integer(judge))
    default:
      return Number(integer(judge))
  }
}

const integer = (judge: Judge): bigint => BigInt((judge as unknown as { toBigInt(): bigint }).toBigInt())

/** Vectors, tuples, and what behaves like them. Maps yield pairs. */
function elements(judge: Judge): Iterable<Judge> {
  if (judge instanceof Map) return [...(judge as ReadonlyMap<Judge, Judge>)].map((pair) => pair as unknown as Judge)
  return judge as unknown as Iterable<Judge>
}

/** Calls and events have classes of their own, which know the pallet's index and the variant's, and their parts in order. */
interface Dispatchable extends Judge {
  /** Calls. */
  readonly callIndex?: Uint8Array
  readonly args?: readonly Judge[]
  /** Events. */
  readonly index: Uint8Array
  readonly data: readonly Judge[]
  readonly meta: { readonly fields: readonly { readonly name: { readonly isSome: boolean } }[] }
}

const isDispatchable = (judge: Judge): judge is Dispatchable => 'meta' in judge && 'method' in judge

function dispatchable(shape: Extract<ShapeDef, { kind: 'enum' }>, judge: Dispatchable): unknown {
  const [palletIndex, index] = judge.callIndex ?? judge.index
  const [type, , inner] = shape.variants.find((variant) => variant[1] === palletIndex)!
  if (inner.kind !== 'enum') throw new Error('a pallet is an enum of calls or events')
  const [name, , content] = inner.variants.find((variant) => variant[1] === index)!
  return { type, value: { type: name, value: parts(content, judge) } }
}

function parts(shape: ShapeDef, judge: Dispatchable): unknown {
  const found = judge.args ?? judge.data
  if (shape.kind === 'unit') return undefined
  const named = judge.meta.fields[0]?.name.isSome === true
  if (named && shape.kind === 'struct') return Object.fromEntries(shape.fields.map(([name, of], i) => [name, memoryForm(of, found[i]!)]))
  if (found.length === 1) return memoryForm(shape, found[0]!)
  if (shape.kind !== 'tuple') throw new Error('several fields without names are a tuple')
  return shape.of.map((of, i) => memoryForm(of, found[i]!))
}
