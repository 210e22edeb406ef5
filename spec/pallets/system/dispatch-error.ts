/**
 * Errors of dispatched calls. In rules and receipts an error is a name: `Pallet.Error`, `Token.FundsUnavailable`,
 * `Arithmetic.Overflow`, `BadOrigin`; in events it is a `DispatchError`.
 * @source sp-runtime/src/lib.rs `DispatchError`, `TokenError`, sp-arithmetic `ArithmeticError` @polkadot-v0.9.42
 */
import { Defect } from '../../kernel/defect.js'
import { enumeration, fixed, struct, u8, unit, type ValueOf } from '../../kernel/shape.js'
import { PALLETS } from './pallets.js'

/** The pallet's index, and the error's index in the first of four bytes. */
export const ModuleError = struct({ index: u8, error: fixed(4) })
export const TokenError = enumeration({
  FundsUnavailable: unit,
  OnlyProvider: unit,
  BelowMinimum: unit,
  CannotCreate: unit,
  UnknownAsset: unit,
  Frozen: unit,
  Unsupported: unit,
  CannotCreateHold: unit,
  NotExpendable: unit,
})
export const ArithmeticError = enumeration({ Underflow: unit, Overflow: unit, DivisionByZero: unit })
export const TransactionalError = enumeration({ LimitReached: unit, NoLayer: unit })
export const DispatchError = enumeration({
  Other: unit,
  CannotLookup: unit,
  BadOrigin: unit,
  Module: ModuleError,
  ConsumerRemaining: unit,
  NoProviders: unit,
  TooManyConsumers: unit,
  Token: TokenError,
  Arithmetic: ArithmeticError,
  Transactional: TransactionalError,
  Exhausted: unit,
  Corruption: unit,
  Unavailable: unit,
})
export type DispatchError = ValueOf<typeof DispatchError>
/** `Result<(), DispatchError>`, as events carry it. */
export const DispatchResult = enumeration({ Ok: unit, Err: DispatchError })
export type DispatchResult = ValueOf<typeof DispatchResult>

const errorsOf = new Map<string, readonly string[]>()

/** Makes a pallet's errors known, in the metadata's order. Names that several pallets share do no harm. */
export const registerErrors = (pallet: string, errors: readonly string[]): void => void errorsOf.set(pallet, errors)

/** A pallet's errors, in the metadata's order. */
export const registeredErrors = (pallet: string): readonly string[] => errorsOf.get(pallet) ?? []

const values = new Map<string, DispatchError>()

/**
 * The `DispatchError` of a name.
 * @throws Defect SPEC-UNKNOWN-NAME when no pallet registered it
 */
export function dispatchError(name: string): DispatchError {
  let value = values.get(name)
  if (value === undefined) values.set(name, (value = resolve(name)))
  return value
}

function resolve(name: string): DispatchError {
  const dot = name.indexOf('.')
  if (dot < 0) return { type: name } as DispatchError
  const [group, error] = [name.slice(0, dot), name.slice(dot + 1)]
  if (group === 'Token' || group === 'Arithmetic' || group === 'Transactional')
    return { type: group, value: { type: error } } as DispatchError
  const index = PALLETS[group]
  const at = errorsOf.get(group)?.indexOf(error) ?? -1
  if (index === undefined || at < 0)
    throw new Defect('SPEC-UNKNOWN-NAME', `no registered error is named ${name}; is the pallet's errors.ts registered?`)
  return { type: 'Module', value: { index, error: String.fromCharCode(at, 0, 0, 0) } }
}

/** @param error the error's name, null for success */
export const dispatchResult = (error: string | null): DispatchResult =>
  error === null ? { type: 'Ok' } : { type: 'Err', value: dispatchError(error) }

/** The name of a `DispatchError`: the inverse of `dispatchError`. */
export function errorName(error: DispatchError): string {
  if (error.type === 'Module') {
    const { index, error: bytes } = error.value
    const pallet = Object.keys(PALLETS).find((name) => PALLETS[name] === index) ?? `pallet ${index}`
    return `${pallet}.${errorsOf.get(pallet)?.[bytes.charCodeAt(0)] ?? `error ${bytes.charCodeAt(0)}`}`
  }
  return typeof error.value === 'object' && 'type' in error.value ? `${error.type}.${error.value.type}` : error.type
}
