import { accept, refuse } from '../../kernel/machine.js'
import { U64 } from '../../kernel/arithmetic/integers.js'
import { seconds } from '../system/clock.js'
import { NodeGpuStatusChanged, NodeUptimeReported } from './events.js'
import { NodeGpuStatus } from './items.js'
import type { OnNode } from './node.state.js'

/**
 * What a node tells about itself while it runs: its uptime (only an event) and whether it has a GPU. Both are free.
 * The caller names no node: it is the node of the caller's twin.
 * @source pallet-tfgrid/src/node.rs `_report_uptime`, `_set_node_gpu_status`; lib.rs `report_uptime` @439e6919
 */
export interface ReportUptime {
  /** Seconds since the node booted. Not checked. */
  readonly uptime: bigint
}
export interface ReportUptimeV2 extends ReportUptime {
  /** When the node sent the report, in seconds since the epoch by its clock. */
  readonly timestampHint: bigint
}

/** The node's clock and the chain's may differ by so many seconds. @source runtime/src/lib.rs `TimestampHintDrift` */
const TIMESTAMP_HINT_DRIFT = 60n

const reported = accept('TG-NODE-UPTIME-5', { to: 'registered', pays: 'no', do: ['announceUptime'] })

export const reportUptimeV2 = [refuse('TG-NODE-UPTIME-4', 'clocksDiffer', 'InvalidTimestampHint'), reported]
/** The first form of the call has no hint: the block's own time is taken, which differs from nothing. */
export const reportUptime = [reported]
export const reportUptimeAbsent = [
  refuse('TG-NODE-UPTIME-1', 'callerHasNoTwin', 'TwinNotExists'),
  refuse('TG-NODE-UPTIME-2', 'twinHasNoNode', 'NodeNotExists'),
  refuse('TG-NODE-UPTIME-3', null, 'NodeNotExists', { says: 'a twin keeps the id of a node that deleted itself' }),
]

export const setNodeGpuStatus = [accept('TG-NODE-GPU-4', { to: 'registered', pays: 'no', do: ['setGpuStatus'] })]
export const setGpuStatusAbsent = [
  refuse('TG-NODE-GPU-1', 'callerHasNoTwin', 'TwinNotExists'),
  refuse('TG-NODE-GPU-2', 'twinHasNoNode', 'NodeNotExists'),
  refuse('TG-NODE-GPU-3', null, 'NodeNotExists', { says: 'a twin keeps the id of a node that deleted itself' }),
]

export const reportGuards = {
  clocksDiffer: (s: OnNode<ReportUptimeV2>) => {
    const now = seconds(s.w)
    return s.args.timestampHint < U64.saturatingSub(now, TIMESTAMP_HINT_DRIFT) || s.args.timestampHint > now + TIMESTAMP_HINT_DRIFT
  },
}

export const reportEffects = {
  announceUptime: (s: OnNode<ReportUptime>) => s.emit(NodeUptimeReported, [s.key, seconds(s.w), s.args.uptime]),
  setGpuStatus: (s: OnNode<{ readonly gpuStatus: boolean }>) => {
    s.w.put(NodeGpuStatus, s.key, s.args.gpuStatus)
    s.emit(NodeGpuStatusChanged, { nodeId: s.key, gpuStatus: s.args.gpuStatus })
  },
}
