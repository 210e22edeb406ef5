import { judgeFor } from '../../conformance/run/chunk.js'
import { replay } from '../../conformance/run/replay.js'
import type { RegisteredRuntime } from '../registry/registry.js'
import { BOUND } from './finding.js'
import type { DeployedBridge } from './deployed.js'
import type { Step } from './step.js'

/** Booting a runtime takes longer than most traces. */
const judges = new WeakMap<RegisteredRuntime, ReturnType<typeof judgeFor>>()
function judgeOf(runtime: RegisteredRuntime): ReturnType<typeof judgeFor> {
  const known = judges.get(runtime)
  if (known !== undefined) return known
  const judge = judgeFor({ runtime: runtime.file, at: String(runtime.specVersion), flipped: [] })
  judges.set(runtime, judge)
  return judge
}

/** What the real runtime says to the TFChain part of a trace. */
export interface Confirmed {
  readonly type: 'same' | 'differs' | 'not tried'
  readonly says: string
}

/**
 * Replays everything that the chain was told in a trace, the waiting at the end included, on the real runtime, every outcome,
 * event and storage key compared. Needs the three validators of the default genesis.
 */
export function confirmOnRuntime(bridge: DeployedBridge, steps: readonly Step[], runtime: RegisteredRuntime | undefined): Confirmed {
  if (runtime === undefined) return { type: 'not tried', says: 'not tried' }
  bridge.chain.records = true
  try {
    bridge.reset()
    for (const step of steps) bridge.step(step)
    bridge.settle(BOUND)
    const done = [...bridge.chain.done]
    const { difference } = replay(judgeOf(runtime), done)
    const calls = done.filter(({ type }) => type === 'call').length
    return difference === undefined
      ? { type: 'same', says: `confirmed (${calls} calls)` }
      : { type: 'differs', says: `DIFFERS at step ${difference.step}: ${difference.field}` }
  } finally {
    bridge.chain.records = false
  }
}
