import type { Breach, BreachKind } from './audit.js'
import type { DeployedBridge } from './deployed.js'
import { Dice } from './dice.js'
import type { DepositStep, Step } from './step.js'
import { anyCase } from './traffic.js'

/** Rounds after the last fault within which every transfer has to end: five expiries. */
export const BOUND = 110

/** What made a bridge fail, with the fewest steps found. */
export interface BridgeFinding {
  readonly kind: BreachKind
  readonly about: 'deposit' | 'withdrawal' | 'both ledgers'
  /** Faults and odd inputs of the trace; each is needed. */
  readonly triggers: readonly string[]
  readonly steps: readonly Step[]
  readonly breach: Breach
  /** Habits of the daemon that decided something in the trace, and whose repair alone changes the outcome. */
  readonly causes: readonly string[]
  readonly cases: number
}

/** The first breach of a case, everything healed and waited for at its end. */
export function breachOf(bridge: DeployedBridge, steps: readonly Step[]): Breach | undefined {
  bridge.reset()
  for (const step of steps) {
    bridge.step(step)
    const found = bridge.audit.breaches[0]
    if (found !== undefined) return found
  }
  bridge.settle(BOUND)
  return bridge.audit.breaches[0]
}

export const aboutOf = ({ transfer }: Breach): BridgeFinding['about'] =>
  transfer.startsWith('deposit') ? 'deposit' : transfer.startsWith('burn') ? 'withdrawal' : 'both ledgers'

/** What is out of the ordinary in a trace. */
export function triggersOf(steps: readonly Step[]): readonly string[] {
  const found = new Set<string>()
  for (const step of steps) {
    if (step.type === 'fault') found.add(step.fault)
    else if (step.type === 'deposit') for (const oddity of odditiesOf(step)) found.add(oddity)
  }
  if (steps.filter(({ type }) => type === 'withdraw').length > 1) found.add('several withdrawals')
  return [...found].sort()
}

function odditiesOf({ operations, memo, otherOperations }: DepositStep): readonly string[] {
  const odd: string[] = []
  const total = operations.reduce((sum, o) => sum + o.amount, 0n)
  if (new Set(operations.map((o) => o.from)).size > 1) odd.push('several senders')
  else if (operations.length > 1 && operations.every((o) => o.asset === 'TFT')) odd.push('two payments in one transaction')
  if (operations.some((o) => o.path)) odd.push('path payment')
  if (operations.some((o) => o.asset === 'XLM')) odd.push('another asset beside')
  if (otherOperations !== undefined) odd.push('many operations')
  if (memo.type === 'return') odd.push('return memo')
  else if (memo.type === 'text' && memo.value === 'twin_4294967297') odd.push('id beyond 32 bits')
  else if (memo.type !== 'text' || !/^twin_[123]$/.test(memo.value) || total <= 10_000_000n) odd.push('a deposit to refund')
  else if (total <= 10_000_500n) odd.push('deposit just above the fee')
  return odd
}

/** Fewest steps first, then smallest numbers. A candidate counts when it breaks in the same way and needs no other trigger. */
export function shrinkBridge(bridge: DeployedBridge, steps: readonly Step[], fails: (steps: readonly Step[]) => boolean): readonly Step[] {
  let best = steps
  const accept = (candidate: readonly Step[]): boolean => {
    if (!fails(candidate)) return false
    best = candidate
    return true
  }
  for (let before: readonly Step[] | undefined; before !== best;) {
    before = best
    for (let size = Math.ceil(best.length / 2); size >= 1; size >>= 1)
      for (let at = best.length - size; at >= 0; at--) accept([...best.slice(0, at), ...best.slice(at + size)])
    for (let at = 0; at < best.length; at++) for (const simpler of simplerThan(best[at]!)) accept(best.with(at, simpler))
  }
  return best
}

function* simplerThan(step: Step): Generator<Step> {
  if (step.type === 'rounds') for (const rounds of [1, 2, 3, 22]) if (rounds < step.rounds) yield { ...step, rounds }
  if (step.type === 'fault') {
    for (const rounds of [0, 1, 2, 3, 5]) if (rounds < step.rounds) yield { ...step, rounds }
    if (step.who > 0) yield { ...step, who: 0 }
  }
  if (step.type === 'withdraw') {
    if (step.by > 0) yield { ...step, by: 0 }
    if (step.amount !== 100n * 10_000_000n) yield { ...step, amount: 100n * 10_000_000n }
  }
  if (step.type === 'deposit') {
    const { operations, memo } = step
    if (step.otherOperations !== undefined) {
      const { otherOperations: _, ...plain } = step
      yield plain
    }
    for (let i = 0; i < operations.length && operations.length > 1; i++) yield { ...step, operations: operations.toSpliced(i, 1) }
    const round = operations.map((o) => ({ ...o, amount: 500_000_000n }))
    if (operations.some((o) => o.amount !== 500_000_000n)) yield { ...step, operations: round }
    if (operations.some((o) => o.path)) yield { ...step, operations: operations.map(({ path: _, ...o }) => o) }
    if (memo.type !== 'text' || memo.value !== 'twin_1') yield { ...step, memo: { type: 'text', value: 'twin_1' } }
  }
}

/** Searches for breaches that no known finding explains. */
export class BridgeHunt {
  readonly findings: BridgeFinding[] = []
  cases = 0
  readonly bridge: DeployedBridge
  private readonly dice: Dice
  private readonly repaired: (quirk: string) => DeployedBridge

  constructor(bridge: DeployedBridge, seed: number, repaired: (quirk: string) => DeployedBridge) {
    this.bridge = bridge
    this.dice = new Dice(seed)
    this.repaired = repaired
  }

  /** Tries one more case. */
  next(): BridgeFinding | undefined {
    this.cases++
    return this.explain(anyCase(this.dice, this.bridge.validators))
  }

  /** Without those that a repair of another one ends, too; simplest first. */
  distinct(): readonly BridgeFinding[] {
    const isCovered = (f: BridgeFinding): boolean =>
      this.findings.some((g) => {
        if (g === f || g.kind !== f.kind || g.about !== f.about) return false
        if (g.causes.length > 0 && g.causes.length < f.causes.length)
          return g.causes.every((c) => f.causes.includes(c)) && g.triggers.every((t) => f.triggers.includes(t))
        return f.causes.length === 0 && g.triggers.length < f.triggers.length && g.triggers.every((t) => f.triggers.includes(t))
      })
    return this.findings.filter((f) => !isCovered(f)).sort((a, b) => a.steps.length - b.steps.length)
  }

  explain(steps: readonly Step[]): BridgeFinding | undefined {
    const breach = breachOf(this.bridge, steps)
    if (breach === undefined || this.isKnown(breach, steps)) return undefined
    const same = (candidate: readonly Step[]): boolean => {
      const found = breachOf(this.bridge, candidate)
      return found !== undefined && found.kind === breach.kind && aboutOf(found) === aboutOf(breach)
    }
    const fewest = shrinkBridge(this.bridge, steps, same)
    if (this.isKnown(breach, fewest)) return undefined
    const last = breachOf(this.bridge, fewest)!
    const finding: BridgeFinding = {
      kind: last.kind,
      about: aboutOf(last),
      triggers: triggersOf(fewest),
      steps: fewest,
      breach: last,
      causes: this.causesOf(fewest, last),
      cases: this.cases,
    }
    // Distinct means: one repair ends the one and not the other. Of two with the same causes the shorter stays.
    const twin = this.findings.findIndex((f) => keyOf(f) === keyOf(finding))
    if (twin >= 0) {
      if (this.findings[twin]!.steps.length <= fewest.length) return undefined
      this.findings.splice(twin, 1)
    }
    this.findings.push(finding)
    return finding
  }

  /** Habits whose repair alone keeps the promise on the same steps. */
  private causesOf(steps: readonly Step[], breach: Breach): readonly string[] {
    return [...this.bridge.quirks].filter((quirk) => {
      const found = breachOf(this.repaired(quirk), steps)
      return found === undefined || found.kind !== breach.kind
    })
  }

  private isKnown(breach: Breach, steps: readonly Step[]): boolean {
    const triggers = triggersOf(steps)
    const about = aboutOf(breach)
    return this.findings.some((f) => f.kind === breach.kind && f.about === about && f.triggers.every((t) => triggers.includes(t)))
  }
}

const keyOf = ({ kind, about, causes, triggers }: BridgeFinding): string =>
  `${kind} ${about} ${(causes.length > 0 ? causes : triggers).join()}`

/** A title made of what happens and why. */
export const titleOf = ({ kind, about, triggers }: Pick<BridgeFinding, 'kind' | 'about' | 'triggers'>): string =>
  `${about} ${kind}: ${triggers.length === 0 ? 'nothing needs to go wrong' : triggers.join(' + ')}`
