import type { ShapeDef } from '../spec/kernel/shape.js'
import { withAt, type AdvanceStep, type CallStep, type Ref, type Step } from './step.js'

/** True when the sequence still fails, in the same way. */
export type StillFails = (steps: readonly Step[]) => boolean

/**
 * The shortest and simplest sequence found that still fails. It is 1-minimal: no single step can be dropped.
 * @param budget the most sequences that may be tried; when it is used up, what was found so far is returned
 */
export function shrink(steps: readonly Step[], stillFails: StillFails, budget = 6000): readonly Step[] {
  let best = steps
  let left = budget
  const accepts = (candidate: readonly Step[]): boolean => {
    if (left-- <= 0 || !stillFails(candidate)) return false
    best = candidate
    return true
  }
  for (let before: readonly Step[] | undefined; before !== best && left > 0;) {
    before = best
    dropChunks(() => best, accepts)
    mergeAdvances(() => best, accepts)
    mergeActors(() => best, accepts)
    for (let i = 0; i < best.length; i++) simplifyStep(() => best, i, accepts)
  }
  return best
}

/** Drops chunks of steps, from halves down to single ones, until no single step can be dropped. */
function dropChunks(best: () => readonly Step[], accepts: StillFails): void {
  for (let size = Math.ceil(best().length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let dropped = true; dropped;) {
      dropped = false
      for (let end = best().length; end > 0; end -= size) {
        const from = Math.max(0, end - size)
        if (accepts([...best().slice(0, from), ...best().slice(end)])) dropped = true
      }
      if (size > 1) break
    }
  }
}

/** Two advances in a row become one that goes as far. */
function mergeAdvances(best: () => readonly Step[], accepts: StillFails): void {
  for (let i = best().length - 2; i >= 0; i--) {
    const [a, b] = [best()[i], best()[i + 1]]
    if (a?.type !== 'advance' || b?.type !== 'advance') continue
    accepts(best().toSpliced(i, 2, { ...b, blocks: a.blocks + b.blocks, seconds: a.seconds + b.seconds }))
  }
}

/** Two people become one: what they both had to do first then needs to be done once. */
function mergeActors(best: () => readonly Step[], accepts: StillFails): void {
  const actors = [...new Set(best().flatMap((step) => (step.type === 'call' ? [step.who] : [])))]
  for (const gone of actors.toReversed()) {
    for (const stays of actors) {
      if (stays === gone) break
      if (
        accepts(
          best().map((step) =>
            step.type === 'call' ? { ...step, who: step.who === gone ? stays : step.who, args: renamed(step.args, gone, stays) } : step,
          ),
        )
      )
        break
    }
  }
}

/** A value with one account replaced by another. Accounts are byte strings of 32, which nothing else in a call resembles. */
function renamed(value: unknown, gone: string, stays: string): unknown {
  if (value === gone) return stays
  if (Array.isArray(value)) return value.map((v) => renamed(v, gone, stays))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, renamed(v, gone, stays)]))
}

/** Goes over a step's arguments as long as one of them can be made simpler. */
function simplifyStep(best: () => readonly Step[], i: number, accepts: StillFails): void {
  for (let rounds = 0, again = true; again && rounds < 8; rounds++) {
    again = false
    const step = best()[i]
    if (step === undefined) return
    const done = new Set<string>()
    for (const { path, simpler } of step.type === 'advance' ? simplerAdvances(step) : simplerCalls(step)) {
      // What lies inside something that was replaced is gone.
      if ([...done].some((gone) => path === gone || path.startsWith(`${gone}.`))) continue
      const now = best()[i]!
      const candidate = now.type === 'call' ? simpler(now) : simpler(step)
      if (!accepts(best().map((s, j) => (j === i ? candidate : s)))) continue
      done.add(path)
      again = true
    }
  }
}

/** One way to make a step simpler, by the argument it changes. */
interface Simplification {
  readonly path: string
  readonly simpler: (step: Step) => Step
}

function* simplerAdvances(step: AdvanceStep): Generator<Simplification> {
  const to = (blocks: number, seconds: number): Simplification => ({ path: '', simpler: () => ({ ...step, blocks, seconds }) })
  if (step.blocks > 1 || step.seconds > 6) yield to(1, 6)
  if (step.blocks > 1) yield to(1, step.seconds)
  if (step.seconds > 6) yield to(step.blocks, 6)
  if (step.blocks > 2) yield to(Math.floor(step.blocks / 2), step.seconds)
  if (step.seconds > 12) yield to(step.blocks, Math.floor(step.seconds / 2))
}

function* simplerCalls(step: CallStep): Generator<Simplification> {
  const isUnder = (ref: Ref, text: string): boolean => ref.path.join('.') === text || ref.path.join('.').startsWith(`${text}.`)
  for (const { path, value } of simplerAt(step.call.args, step.args, [])) {
    const text = path.join('.')
    // A handle stays a handle, but an optional one can be left out.
    if (value !== undefined && step.refs.some((ref) => isUnder(ref, text))) continue
    const simpler = (now: CallStep): CallStep => ({
      ...now,
      args: withAt(now.args, path, value),
      refs: now.refs.filter((ref) => !isUnder(ref, text)),
    })
    yield { path: text, simpler: (now) => (now.type === 'call' ? simpler(now) : now) }
  }
}

interface Simpler {
  readonly path: readonly (string | number)[]
  readonly value: unknown
}

function* simplerAt(shape: ShapeDef, value: unknown, path: readonly (string | number)[]): Generator<Simpler> {
  switch (shape.kind) {
    case 'u8':
    case 'u16':
    case 'u32':
      for (const n of [0, 1, Math.floor((value as number) / 2), ...((value as number) < 16 ? [(value as number) - 1] : [])])
        if (n < (value as number) && n >= 0) yield { path, value: n }
      return
    case 'u64':
    case 'u128':
    case 'compact':
      if (typeof value === 'bigint')
        for (const n of [0n, 1n, value >> 32n, value / 2n, ...(value < 16n ? [value - 1n] : [])])
          if (n < value && n >= 0n) yield { path, value: n }
      return
    case 'bool':
      if (value === true) yield { path, value: false }
      return
    case 'bytes': {
      const text = value as string
      if (text.length > 0) for (const s of ['', text.slice(0, text.length >> 1), text.slice(1)]) yield { path, value: s }
      return
    }
    case 'option':
      if (value === undefined) return
      yield { path, value: undefined }
      yield* simplerAt(shape.of, value, path)
      return
    case 'vec': {
      const list = value as readonly unknown[]
      for (let i = 0; i < list.length; i++) yield { path, value: list.toSpliced(i, 1) }
      for (const [i, element] of list.entries()) yield* simplerAt(shape.of, element, [...path, i])
      return
    }
    case 'struct':
      for (const [name, of] of shape.fields) yield* simplerAt(of, (value as Readonly<Record<string, unknown>>)[name], [...path, name])
      return
    default:
  }
}
