import type { Edition } from '../../../spec/kernel/version.js'
import { Creations } from '../../../model/entity.js'
import type { Step } from '../../../model/step.js'
import { resolve } from '../../run/replay.js'
import { move } from './clock.js'
import type { LiveConnection } from './connection.js'
import { Follower, type LiveDifference } from './follower.js'
import { Pilot, type PilotOptions } from './pilot.js'
import type { Signers } from './signers.js'

export interface LiveReplay {
  /** Calls that were carried out and compared. */
  readonly compared: number
  readonly leftOut: readonly { readonly step: number; readonly why: string }[]
  readonly difference: (LiveDifference & { readonly step: number }) | undefined
}

/**
 * Carries out a kept case on a chain that is not at the case's genesis: handles become the ids that this chain gives out, and
 * what is expected is what the spec says of this chain's state, not what was recorded of another's.
 */
export async function replayLive(
  connection: LiveConnection,
  signers: Signers,
  steps: readonly Step[],
  options: PilotOptions & { readonly edition: Edition },
): Promise<LiveReplay> {
  const follower = new Follower(connection, options.edition)
  const pilot = new Pilot(follower, signers, options)
  const { w } = follower.reference
  const creations = new Creations()
  const leftOut: { step: number; why: string }[] = []
  let difference: LiveReplay['difference']
  let compared = 0
  const result = (): LiveReplay => ({ compared, leftOut, difference })
  await pilot.begin()
  for (const [i, step] of steps.entries()) {
    const onBlock = ({ difference: found }: { readonly difference: LiveDifference | undefined }): void => {
      if (found !== undefined) difference ??= { ...found, step: i }
    }
    if (step.type === 'advance') {
      const blocks = await move(follower, step)
      if (blocks === undefined) leftOut.push({ step: i, why: 'a jump of time' })
      else await pilot.settle([], blocks, onBlock)
    } else {
      const submitted = await pilot.submit(resolve(step, creations), [])
      if (submitted.type === 'left-out') leftOut.push({ step: i, why: submitted.why })
      else if (submitted.type === 'differs')
        difference = {
          ...{ kind: 'outcome', field: 'submission', extrinsic: undefined, rule: 'EXT', rules: [] },
          ...{ expected: { ...submitted.expected }, actual: submitted.actual, step: i },
        }
      else {
        const from = w.journalItems.length
        const dropped = submitted.type === 'pending' ? await pilot.settle([submitted.pending], 0, onBlock) : []
        if (dropped.length > 0) leftOut.push({ step: i, why: `dropped by the pool: ${pilot.reasonNow(step)}` })
        else compared++
        creations.note(w, from, step.id)
      }
    }
    if (difference !== undefined) return result()
  }
  const last = await follower.compareAll()
  if (last !== undefined) difference = { ...last, step: steps.length - 1 }
  return result()
}
