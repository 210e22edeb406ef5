import { mixSeed } from '../../../model/draw.js'
import { Guide } from '../../../model/guide.js'
import { makers } from '../../../model/makers.js'
import { advanceStep, callStep } from '../../../model/proposal.js'
import type { CallStep, Step } from '../../../model/step.js'
import type { Machine } from '../../../spec/kernel/machine.js'
import type { AccountId } from '../../../spec/kernel/shape.js'
import type { Edition } from '../../../spec/kernel/version.js'
import { plainStep } from '../../../src/fixtures/fixture.js'
import type { PlainStep } from '../../../src/fixtures/format.js'
import { decidingRule, signatureOf, type Difference } from '../../compare/difference.js'
import { oneCase } from '../../run/case.js'
import { canTravel, move } from './clock.js'
import type { LiveConnection } from './connection.js'
import { Follower, type Followed, type LiveDifference } from './follower.js'
import { Pilot, type Pending, type PilotOptions } from './pilot.js'
import type { Signers } from './signers.js'

export interface LivePlan extends PilotOptions {
  readonly edition: Edition
  /** Machines with a planted fault, which has to be found. */
  readonly spec?: readonly Machine[]
  readonly calls: number
  readonly seed: number
  readonly maxFailures: number
  readonly onProgress?: (calls: number, differences: number) => void
  readonly signal?: AbortSignal
}

export interface LiveFinding {
  readonly signature: string
  readonly difference: Difference
  readonly block: number
  readonly case: number
  /** The steps of the case so far; a live chain does not go back, so they are as they were made. */
  readonly steps: readonly PlainStep[]
}

export interface LiveResult {
  readonly calls: number
  readonly accepted: number
  readonly refused: number
  readonly cases: number
  readonly blocks: number
  /** Extrinsics of others that were carried out beside ours, and those that were not as expected. */
  readonly others: { readonly followed: number; readonly differing: number }
  readonly leftOut: Readonly<Record<string, number>>
  readonly perCall: Readonly<Record<string, { accepted: number; readonly refused: Record<string, number> }>>
  readonly rules: readonly string[]
  readonly differences: readonly LiveFinding[]
  readonly readings: number
  readonly reorganisations: number
  readonly unreadable: readonly string[]
  readonly interrupted: boolean
}

/** Blocks that come later than this after a submission make it worth to submit many at once. */
const slowMs = 1500
const crowd = 20
/** Steps in a row that cannot be made: then the case is over. */
const patience = 100

/** Submits generated calls to a chain and compares all that comes of them. */
export async function runLive(connection: LiveConnection, signers: Signers, plan: LivePlan): Promise<LiveResult> {
  const run = new LiveRun(connection, signers, plan)
  return run.run()
}

class LiveRun {
  private readonly pilot: Pilot
  private readonly follower: Follower
  private readonly plan: LivePlan
  private readonly people: readonly AccountId[]
  private readonly leftOut: Record<string, number> = {}
  private readonly perCall: Record<string, { accepted: number; refused: Record<string, number> }> = {}
  private readonly rules = new Set<string>()
  private readonly findings: LiveFinding[] = []
  private readonly others = { followed: 0, differing: 0 }
  private steps: Step[] = []
  private calls = 0
  private blocks = 0
  private index = 0
  private ours = new Map<string, CallStep>()

  constructor(connection: LiveConnection, signers: Signers, plan: LivePlan) {
    this.follower = new Follower(connection, plan.edition, plan.spec)
    this.pilot = new Pilot(this.follower, signers, plan)
    this.plan = plan
    this.people = [...signers.keys()]
  }

  private get isOver(): boolean {
    return this.plan.signal?.aborted === true || this.findings.length >= this.plan.maxFailures || this.calls >= this.plan.calls
  }

  async run(): Promise<LiveResult> {
    await this.pilot.begin()
    for (; !this.isOver; this.index++) await this.case()
    const count = (of: (one: { accepted: number; refused: Record<string, number> }) => number): number =>
      Object.values(this.perCall).reduce((sum, one) => sum + of(one), 0)
    return {
      calls: this.calls,
      accepted: count(({ accepted }) => accepted),
      refused: count(({ refused }) => Object.values(refused).reduce((sum, n) => sum + n, 0)),
      cases: this.index,
      blocks: this.blocks,
      others: this.others,
      leftOut: this.leftOut,
      perCall: this.perCall,
      rules: [...this.rules].sort(),
      differences: this.findings,
      readings: this.follower.readings,
      reorganisations: this.pilot.reorganisations,
      unreadable: this.follower.unreadable,
      interrupted: this.plan.signal?.aborted === true,
    }
  }

  /** One case of the generator, on the chain as it has become. */
  private async case(): Promise<void> {
    const { seed } = this.plan
    const guide = new Guide(mixSeed(seed, this.index), this.follower.reference.w, this.people, makers)
    const until = Math.min(this.plan.calls, this.calls + oneCase(seed, this.index).calls)
    const differences = this.findings.length
    this.steps = []
    let pending: Pending[] = []
    let atOnce = 1
    for (let unlucky = 0; this.calls < until && this.findings.length === differences && !this.isOver && unlucky < patience;) {
      const proposal = guide.next()
      const id = this.steps.length
      if (proposal.type === 'advance') {
        await this.settle(pending, 0)
        pending = []
        const blocks = await move(this.follower, proposal)
        if (blocks === undefined) this.leave(canTravel(this.follower.connection) ? 'a time that the node does not go to' : 'jumps of time')
        else {
          this.steps.push(advanceStep(proposal, id))
          await this.settle([], blocks)
        }
        unlucky++
        continue
      }
      const step: CallStep = callStep(proposal, id)
      let submitted = await this.pilot.submit(step, pending)
      if (submitted.type === 'too-early') {
        await this.settle(pending, 0)
        pending = []
        submitted = await this.pilot.submit(step, pending)
      }
      if (submitted.type === 'left-out') {
        this.leave(submitted.why)
        unlucky++
        continue
      }
      unlucky = 0
      this.calls++
      this.steps.push(step)
      this.plan.onProgress?.(this.calls, this.findings.length)
      if (submitted.type === 'pending') {
        pending.push(submitted.pending)
        this.ours.set(submitted.pending.hash, step)
        if (pending.length < atOnce) continue
        const started = performance.now()
        await this.settle(pending, 0)
        atOnce = performance.now() - started > slowMs ? crowd : 1
        pending = []
      } else if (submitted.type === 'refused') this.count(step, `invalid: ${submitted.reason}`)
      else if (submitted.type === 'differs')
        this.found(
          {
            kind: 'outcome',
            field: 'submission',
            extrinsic: undefined,
            rule: 'EXT',
            rules: [],
            expected: { ...submitted.expected },
            actual: submitted.actual,
          },
          undefined,
        )
    }
    await this.settle(pending, 0)
    // What nobody predicted to change shows here, and here only: a node does not tell what a block wrote.
    const found = this.findings.length === differences ? await this.follower.compareAll() : undefined
    if (found === undefined) return
    this.found(found, undefined)
    await this.pilot.begin()
  }

  private async settle(pending: readonly Pending[], blocks: number): Promise<void> {
    const dropped = await this.pilot.settle(pending, blocks, (followed) => this.take(followed))
    for (const { step } of dropped) this.leave(`dropped by the pool: ${this.pilot.reasonNow(step)}`)
  }

  /** Counts a block, and keeps what differs in ours. */
  private take({ block, difference, followed, rules, unknown }: Followed): void {
    this.blocks++
    for (const i of followed) {
      const step = this.ours.get(block.extrinsics[i]!.hash)
      if (step === undefined) {
        this.others.followed++
        continue
      }
      const failed = block.events.extrinsic[i]!.find(({ event }) => event === 'System.ExtrinsicFailed')
      this.count(step, failed === undefined ? undefined : errorOf(this.follower.connection, failed.value))
      this.rules.add(decidingRule(rules[i]!))
    }
    if (unknown !== undefined) {
      // What stands behind it in the block began in a state that nobody knows.
      const lost = block.extrinsics.filter(({ hash }, i) => this.ours.has(hash) && !followed.includes(i)).length
      if (lost > 0) this.leave(`in a block behind ${unknown}, which the spec does not know`, lost)
    }
    if (difference === undefined) return
    const at = difference.extrinsic
    if (at !== undefined && !this.ours.has(block.extrinsics[at]!.hash)) this.others.differing++
    else this.found(difference, block.number)
  }

  private found(difference: LiveDifference, block: number | undefined): void {
    const { extrinsic: _, ...rest } = difference
    const whole: Difference = { step: this.steps.length - 1, ...rest }
    const signature = signatureOf(whole)
    if (this.findings.some((one) => one.signature === signature)) return
    this.findings.push({
      signature,
      difference: whole,
      block: block ?? this.follower.number,
      case: this.index,
      steps: this.steps.map((step) => plainStep(step)),
    })
  }

  private count({ call }: CallStep, refusal: string | undefined): void {
    const entry = (this.perCall[call.fullName] ??= { accepted: 0, refused: {} })
    if (refusal === undefined) entry.accepted++
    else entry.refused[refusal] = (entry.refused[refusal] ?? 0) + 1
  }

  private leave(why: string, times = 1): void {
    this.leftOut[why] = (this.leftOut[why] ?? 0) + times
  }
}

/** The error of `System.ExtrinsicFailed` by name. */
function errorOf({ metadata }: LiveConnection, failed: unknown): string {
  const { dispatchError } = failed as { readonly dispatchError: { readonly type: string; readonly value?: unknown } }
  const { type, value } = dispatchError
  if (type === 'Module') {
    const { index, error } = value as { readonly index: number; readonly error: string }
    return metadata.errorName(index, Number.parseInt(error.slice(2, 4), 16))
  }
  return typeof value === 'object' && value !== null && 'type' in value ? `${type}.${String(value.type)}` : type
}
