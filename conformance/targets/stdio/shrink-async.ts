import { shrink } from '../../../model/shrink.js'
import type { Step } from '../../../model/step.js'

/** Thrown out of the shrinker at the first question that nobody has answered yet. */
class Question extends Error {
  readonly steps: readonly Step[]
  constructor(steps: readonly Step[]) {
    super('not answered yet')
    this.steps = steps
  }
}

/**
 * `shrink` for a target that answers later. The shrinker asks the same questions in the same order when it gets the same
 * answers: so it is begun anew with one answer more each time, which costs nothing beside asking another process.
 */
export async function shrinkAsync(
  steps: readonly Step[],
  stillFails: (steps: readonly Step[]) => Promise<boolean>,
  budget: number,
): Promise<readonly Step[]> {
  const answers: boolean[] = []
  for (;;) {
    let asked = 0
    try {
      return shrink(
        steps,
        (candidate) => {
          const answer = answers[asked++]
          if (answer === undefined) throw new Question(candidate)
          return answer
        },
        budget,
      )
    } catch (question) {
      if (!(question instanceof Question)) throw question
      answers.push(await stillFails(question.steps))
    }
  }
}
