import { Draw, mixSeed } from '../../model/draw.js'
import { Creations } from '../../model/entity.js'
import { Guide } from '../../model/guide.js'
import type { Maker } from '../../model/maker.js'
import { advanceStep, callStep } from '../../model/proposal.js'
import type { CallStep, Step } from '../../model/step.js'
import { Defect } from '../../spec/kernel/defect.js'
import type { Mark, World } from '../../spec/kernel/world.js'
import type { Act } from '../../spec/kernel/step-view.js'
import type { TableBranch } from '../../src/reference/table.js'
import type { Reference } from '../../src/reference/reference.js'
import { actorList, withRefs } from '../run/case.js'
import { resolve } from '../run/replay.js'
import { Corpus } from './corpus.js'
import { Novelty } from './novelty.js'

/** What is looked for. */
export interface Goal<T> {
  /** What a step has brought, undefined while nothing was found. @param from where the world stood before it  @param act its call */
  readonly afterStep: (w: World, from: Mark, act: Act | undefined) => T | undefined
  /** What only the end of a case shows. */
  readonly atEnd?: (w: World) => T | undefined
  /** How far away the goal is, where that can be told: smaller is nearer. Nearer beginnings are continued first. */
  readonly distance?: (w: World) => number
}

export interface Found<T> {
  /** With handles. */
  readonly steps: readonly Step[]
  readonly what: T
}

export interface ExploreOptions {
  readonly seed: number
  readonly makers: readonly Maker[]
  readonly corpus?: Corpus
  /** Branches that the search is aimed at. */
  readonly aims?: (branch: TableBranch) => boolean
  /** Told the concrete steps of every case that ended without having found anything. */
  readonly onCase?: (steps: readonly Step[]) => void
}

/**
 * Searches the reference for a goal, case by case. Cases begin at the genesis or continue an interesting beginning of an earlier
 * case; beginnings are kept that showed something new or came nearer to the goal.
 */
export class Explorer<T> {
  readonly corpus: Corpus
  calls = 0
  cases = 0
  private readonly reference: Reference
  private readonly goal: Goal<T>
  private readonly options: ExploreOptions
  private readonly novelty: Novelty
  private nearest = Infinity

  constructor(reference: Reference, goal: Goal<T>, options: ExploreOptions) {
    this.reference = reference
    this.goal = goal
    this.options = options
    this.corpus = options.corpus ?? new Corpus()
    this.novelty = new Novelty(options.aims)
  }

  /** Runs the next case, with so many new calls. */
  run(calls: number): Found<T> | undefined {
    const { reference, novelty, goal } = this
    const { w } = reference
    const seed = mixSeed(this.options.seed, this.cases++)
    const steps: Step[] = []
    const creations = new Creations()
    reference.reset()
    novelty.begin()
    reference.interpreter.listener = novelty
    try {
      reference.open(1, 6)
      const few = new Draw(seed ^ 0xc0de, w, actorList)
      const prefix = few.chance(45) ? this.corpus.pick(few) : undefined
      const cut = prefix === undefined || few.chance(70) ? (prefix?.steps.length ?? 0) : few.int(1, prefix.steps.length)
      for (const step of prefix?.steps.slice(0, cut) ?? []) {
        const what = this.carryOut(step.type === 'call' ? resolve(step, creations) : step, steps, creations)
        if (what !== undefined) return this.found(steps, creations, what)
      }
      const guide = new Guide(seed, w, actorList, this.options.makers)
      let worthKeeping = 0
      let hot = false
      for (let left = calls; left > 0;) {
        const proposal = guide.next()
        const id = steps.length
        if (proposal.type === 'call') left--
        const what = this.carryOut(proposal.type === 'call' ? callStep(proposal, id) : advanceStep(proposal, id), steps, creations)
        if (what !== undefined) return this.found(steps, creations, what)
        const distance = goal.distance?.(w) ?? Infinity
        if (distance < this.nearest) {
          this.nearest = distance
          this.corpus.cool()
        }
        const isNear = distance !== Infinity && distance <= this.nearest
        if (novelty.isAimed || isNear) hot = true
        if (novelty.isNew || novelty.isAimed || isNear) worthKeeping = steps.length
      }
      const what = goal.atEnd?.(w)
      if (what !== undefined) return this.found(steps, creations, what)
      this.options.onCase?.(steps)
      if (worthKeeping > 0) this.corpus.add({ steps: withRefs(steps, creations).slice(0, worthKeeping), hot })
    } catch (error) {
      // A defect of the spec ends the case; `conform` and `check` are there to tell it.
      if (!(error instanceof Defect)) throw error
    } finally {
      reference.interpreter.listener = null
    }
    return undefined
  }

  private carryOut(step: Step, steps: Step[], creations: Creations): T | undefined {
    const { reference, novelty } = this
    const { w } = reference
    const from = w.mark()
    steps.push(step)
    novelty.step()
    let act: Act | undefined
    if (step.type === 'advance') reference.advance(step.blocks, step.seconds)
    else {
      this.calls++
      const { call, args, who }: CallStep = step
      act = { call, args, who, outcome: reference.call(call, args, who).outcome }
    }
    creations.note(w, from.journal, step.id)
    return this.goal.afterStep(w, from, act)
  }

  private found(steps: readonly Step[], creations: Creations, what: T): Found<T> {
    return { steps: withRefs(steps, creations), what }
  }
}
