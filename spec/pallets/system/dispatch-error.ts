/**
 * Errors of dispatched calls. In rules and receipts an error is a name: `Pallet.Error`, `Token.FundsUnavailable`,
 * `Arithmetic.Overflow`, `BadOrigin`; in events it is a `DispatchError`.
 * @source sp-runtime/src/lib.rs `DispatchError`, `TokenError`, sp-arithmetic `ArithmeticError` @polkadot-v0.9.42
 */
import { Defect } from '../../kernel/defect.js'
import { enumeration, fixed, struct, u8, unit, type Shape, type ValueOf } from '../../kernel/shape.js'
import { pick, type SpecVersion } from '../../kernel/version.js'
import { palletsAt } from './pallets.js'

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
const dispatchErrorWith = <T>(token: Shape<T>) =>
  enumeration({
    Other: unit,
    CannotLookup: unit,
    BadOrigin: unit,
    Module: ModuleError,
    ConsumerRemaining: unit,
    NoProviders: unit,
    TooManyConsumers: unit,
    Token: token,
    Arithmetic: ArithmeticError,
    Transactional: TransactionalError,
    Exhausted: unit,
    Corruption: unit,
    Unavailable: unit,
  })
export const DispatchError = dispatchErrorWith(TokenError)
export type DispatchError = ValueOf<typeof DispatchError>
/** Until polkadot-v0.9.42. @source sp-runtime/src/lib.rs `TokenError` @polkadot-v0.9.36 */
const TokenErrorBefore = enumeration({
  NoFunds: unit,
  WouldDie: unit,
  BelowMinimum: unit,
  CannotCreate: unit,
  UnknownAsset: unit,
  Frozen: unit,
  Unsupported: unit,
})
export const DispatchErrorBefore = dispatchErrorWith(TokenErrorBefore)
/** `Result<(), DispatchError>`, as events carry it. */
export const DispatchResult = enumeration({ Ok: unit, Err: DispatchError })
export type DispatchResult = ValueOf<typeof DispatchResult>

type ErrorHistory = readonly (readonly [from: SpecVersion, errors: readonly string[]])[]
const errorsOf = new Map<string, ErrorHistory>()

/** Makes a pallet's errors known, in the metadata's order, from a version on. */
export function registerErrors(pallet: string, errors: readonly string[], from: SpecVersion = 0): void {
  const others = (errorsOf.get(pallet) ?? []).filter(([since]) => since !== from)
  errorsOf.set(
    pallet,
    [...others, [from, errors] as const].sort(([a], [b]) => a - b),
  )
  values.clear()
}

/** A pallet's errors, in the metadata's order; at the newest version when none is given. */
export function registeredErrors(pallet: string, version: SpecVersion = Infinity): readonly string[] {
  const history = errorsOf.get(pallet)
  return history === undefined ? [] : pick(version, history)
}

/** Version → error's name → its value. */
const values = new Map<SpecVersion, Map<string, DispatchError>>()

/**
 * The `DispatchError` of a name, at the newest version when none is given.
 * @throws Defect SPEC-UNKNOWN-NAME when no pallet registered it
 */
export function dispatchError(name: string, version: SpecVersion = Infinity): DispatchError {
  let known = values.get(version)
  if (known === undefined) values.set(version, (known = new Map<string, DispatchError>()))
  let value = known.get(name)
  if (value === undefined) known.set(name, (value = resolve(name, version)))
  return value
}

function resolve(name: string, version: SpecVersion): DispatchError {
  const dot = name.indexOf('.')
  if (dot < 0) return { type: name } as DispatchError
  const [group, error] = [name.slice(0, dot), name.slice(dot + 1)]
  if (group === 'Token' || group === 'Arithmetic' || group === 'Transactional')
    return { type: group, value: { type: error } } as DispatchError
  const index = palletsAt(version)[group]
  const at = registeredErrors(group, version).indexOf(error)
  if (index === undefined || at < 0)
    throw new Defect('SPEC-UNKNOWN-NAME', `no registered error is named ${name}; is the pallet's errors.ts registered?`)
  return { type: 'Module', value: { index, error: String.fromCharCode(at, 0, 0, 0) } }
}

/** @param error the error's name, null for success */
export const dispatchResult = (error: string | null): DispatchResult =>
  error === null ? { type: 'Ok' } : { type: 'Err', value: dispatchError(error) }

/** The name of an error: the inverse of `dispatchError`. */
export function errorName(error: DispatchError, version: SpecVersion = Infinity): string {
  if (error.type === 'Module') {
    const { index, error: bytes } = error.value
    const pallets = palletsAt(version)
    const pallet = Object.keys(pallets).find((name) => pallets[name] === index) ?? `pallet ${index}`
    return `${pallet}.${registeredErrors(pallet, version)[bytes.charCodeAt(0)] ?? `error ${bytes.charCodeAt(0)}`}`
  }
  return typeof error.value === 'object' && 'type' in error.value ? `${error.type}.${error.value.type}` : error.type
}
