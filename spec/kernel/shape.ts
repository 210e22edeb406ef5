/**
 * Shapes: how values of the chain look, as data.
 *
 * One description serves the spec (types of storage, calls and events), the codec (SCALE bytes) and the plain form
 * (fixtures, reports). A test holds every shape against the runtime's own metadata.
 *
 * In memory: u8–u32 and i32 are numbers, u64 and u128 bigints, byte strings (and accounts, hashes) are latin1 strings
 * of one character a byte, so that they compare with `===` and serve as map keys. Field names are camelCase.
 */

import { pick, type SpecVersion } from './version.js'

declare const mark: unique symbol
/** A byte string of any length: one latin1 character a byte. */
export type Bytes = string
/** A 32-byte account id as a byte string. */
export type AccountId = string & { readonly [mark]: 'AccountId' }

/** The structure of a shape, free of types. Shapes are trees (or DAGs); a type that contains itself does so through a `ref`. */
export type ShapeDef =
  | { readonly kind: 'u8' | 'u16' | 'u32' | 'u64' | 'u128' | 'i32' | 'i64' | 'bool' | 'bytes' | 'account' | 'unit' }
  | { readonly kind: 'fixed'; readonly length: number }
  | { readonly kind: 'array'; readonly length: number; readonly of: ShapeDef }
  | { readonly kind: 'compact'; readonly big: boolean }
  | { readonly kind: 'vec'; readonly of: ShapeDef }
  | { readonly kind: 'option'; readonly of: ShapeDef }
  | { readonly kind: 'tuple'; readonly of: readonly ShapeDef[] }
  | { readonly kind: 'struct'; readonly fields: readonly (readonly [name: string, of: ShapeDef])[] }
  | { readonly kind: 'enum'; readonly variants: readonly (readonly [name: string, index: number, of: ShapeDef])[] }
  | { readonly kind: 'ref'; readonly get: () => ShapeDef }

/** A shape whose values have the TypeScript type `T`. */
export type Shape<T> = ShapeDef & { readonly [mark]?: T }
/** The type of a shape's values. */
export type ValueOf<S> = S extends { readonly [mark]?: infer T } ? T : never

const leaf = <T>(kind: 'u8' | 'u16' | 'u32' | 'u64' | 'u128' | 'i32' | 'i64' | 'bool' | 'bytes' | 'account' | 'unit'): Shape<T> => ({
  kind,
})

export const u8 = leaf<number>('u8')
export const u16 = leaf<number>('u16')
export const u32 = leaf<number>('u32')
export const u64 = leaf<bigint>('u64')
export const u128 = leaf<bigint>('u128')
export const i32 = leaf<number>('i32')
export const i64 = leaf<bigint>('i64')
export const bool = leaf<boolean>('bool')
/** `Vec<u8>`, `BoundedVec<u8, _>` or `String`. */
export const bytes = leaf<Bytes>('bytes')
export const account = leaf<AccountId>('account')
/** No bytes at all: a unit variant's content, a tuple of nothing. */
export const unit = leaf<undefined>('unit')
/** `[u8; length]`. */
export const fixed = (length: number): Shape<Bytes> => ({ kind: 'fixed', length })
export const array = <T>(of: Shape<T>, length: number): Shape<readonly T[]> => ({ kind: 'array', length, of })
export const vec = <T>(of: Shape<T>): Shape<readonly T[]> => ({ kind: 'vec', of })
export const option = <T>(of: Shape<T>): Shape<T | undefined> => ({ kind: 'option', of })
/** A compact integer: `big` for u64 and u128, which are bigints in memory. */
export const compact32: Shape<number> = { kind: 'compact', big: false }
export const compact128: Shape<bigint> = { kind: 'compact', big: true }

export const tuple = <T extends readonly Shape<unknown>[]>(...of: T): Shape<{ readonly [K in keyof T]: ValueOf<T[K]> }> => ({
  kind: 'tuple',
  of,
})

export const struct = <F extends Readonly<Record<string, Shape<unknown>>>>(
  fields: F,
): Shape<{ readonly [K in keyof F]: ValueOf<F[K]> }> => ({
  kind: 'struct',
  fields: Object.entries(fields),
})

type Variants<V> = {
  readonly [K in keyof V & string]: ValueOf<V[K]> extends undefined
    ? { readonly type: K; readonly value?: undefined }
    : { readonly type: K; readonly value: ValueOf<V[K]> }
}[keyof V & string]

/**
 * A Rust enum. Variants are numbered in the order given; `at` sets the index of those that stand elsewhere.
 * Values are `{ type, value }`, `value` undefined for a unit variant.
 */
export const enumeration = <V extends Readonly<Record<string, Shape<unknown>>>>(
  variants: V,
  at: { readonly [K in keyof V]?: number } = {},
): Shape<Variants<V>> => ({
  kind: 'enum',
  variants: Object.entries(variants).map(([name, of], i) => [name, at[name] ?? i, of] as const),
})

/** A shape that changed: its forms, oldest first, each with the version in which it began. */
export interface History<T> {
  readonly history: readonly (readonly [from: SpecVersion, form: Shape<T>])[]
  readonly [mark]?: T
}
/** A shape that stayed the same, or one that changed. */
export type Versioned<T> = Shape<T> | History<T>

/** A value of either form: what both have is there, what only one has may be absent. */
type Either<A, B> = { readonly [K in keyof A & keyof B]: A[K] | B[K] } & {
  readonly [K in Exclude<keyof A, keyof B>]?: A[K] | undefined
} & {
  readonly [K in Exclude<keyof B, keyof A>]?: B[K] | undefined
}

/** A struct that changed at `since`. */
export const changed = <A, B>(before: Shape<A>, since: SpecVersion, after: Shape<B>): History<Either<A, B>> => ({
  history: [
    [0, before as Shape<Either<A, B>>],
    [since, after as Shape<Either<A, B>>],
  ],
})

/** A shape's form at a version. */
export const formAt = <T>(shape: Versioned<T>, version: SpecVersion): Shape<T> =>
  'history' in shape ? pick(version, shape.history) : shape
/** A shape's last form. */
export const newestForm = <T>(shape: Versioned<T>): Shape<T> => ('history' in shape ? shape.history.at(-1)![1] : shape)
/** The last form that has exactly a value's fields. */
export const formLike = <T>(shape: Versioned<T>, value: unknown): Shape<T> =>
  'history' in shape ? (shape.history.findLast(([, form]) => hasFields(form, value)) ?? shape.history.at(-1)!)[1] : shape

const hasFields = (form: ShapeDef, value: unknown): boolean => {
  const names = Object.keys(value as object)
  return form.kind === 'struct' && form.fields.length === names.length && form.fields.every(([name]) => names.includes(name))
}
