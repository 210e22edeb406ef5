import { intended } from '../../spec/versions/editions.js'
import type { Auditor, Breach } from './audit.js'
import { DeployedBridge } from './deployed.js'
import { Dice } from './dice.js'
import { deployedAt } from './editions.js'
import { IntendedBridge } from './intended.js'
import { faultKinds, type FaultKind } from './step.js'
import { anyDeposit, anyFault, anyWithdrawal } from './traffic.js'

export interface StressOptions {
  /** `intended`, or a released version: as deployed. */
  readonly at: string
  readonly validators: number
  readonly faults: readonly FaultKind[]
  readonly seed: number
  /** Ends when one of these is reached. */
  readonly transfers?: number
  readonly steps?: number
  readonly seconds?: number
  /** Transfers begun in a round. */
  readonly rate: number
  /** One in so many transfers comes with a fault. */
  readonly every: number
  readonly signal?: AbortSignal
  readonly onProgress?: (p: {
    readonly transfers: number
    readonly open: number
    readonly breaches: number
    readonly seconds: number
  }) => void
}

export interface StressReport {
  readonly at: string
  readonly validators: number
  readonly faults: readonly FaultKind[]
  readonly seed: number
  readonly transfers: number
  readonly deposits: number
  readonly withdrawals: number
  /** Everything that happened: transfers, faults, effects of daemons. */
  readonly steps: number
  readonly rounds: number
  readonly seconds: number
  readonly transfersPerSecond: number
  readonly transfersPerRound: number
  readonly ended: Auditor['ended']
  /** Rounds from the beginning of a transfer to its end. */
  readonly percentiles: Readonly<Record<'p50' | 'p90' | 'p99' | 'max', number>>
  /** Rounds in which a majority was alive and the ledgers answered. */
  readonly calmRounds: number
  /** The most rounds that one took in which a majority was alive and the ledgers answered. */
  readonly mostCalmRounds: number
  /** Calls of validators on TFChain, refused ones included. */
  readonly callsPerTransfer: number
  /** Open transfers over the rounds. */
  readonly backlog: readonly (readonly [round: number, open: number])[]
  readonly breaches: Readonly<Record<string, number>>
  readonly examples: readonly Breach[]
  /** True, false (see breaches), or inconclusive: interrupted before the last transfers had the rounds that they may take. */
  readonly everyTransferEnded: 'true' | 'false' | 'inconclusive'
  readonly peakMemoryMb: number
}

const SAMPLES = 400
/** Rounds after the last fault, beside one for each open transfer. */
const BOUND = 200

/** Sends transfers through a bridge while faults happen, and looks at both ledgers all the time. */
export async function stress(options: StressOptions): Promise<StressReport> {
  const { at, validators, faults, seed, rate, signal } = options
  const dice = new Dice(seed)
  const bridge = at === 'intended' ? new IntendedBridge(intended, validators) : deployed(Number(at), validators)
  const { audit } = bridge
  const began = performance.now()
  const seconds = (): number => (performance.now() - began) / 1000
  const backlog: [number, number][] = []
  let told = 0
  let thinned = 1
  let peak = 0
  const sample = (): void => {
    if (bridge.round % thinned !== 0) return
    backlog.push([bridge.round, audit.open.size])
    if (backlog.length < 2 * SAMPLES) return
    thinned *= 2
    backlog.splice(0, backlog.length, ...backlog.filter(([round]) => round % thinned === 0))
  }
  const transfers = (): number => audit.deposits + audit.withdrawals
  const isOver = (): boolean =>
    (options.transfers !== undefined && transfers() >= options.transfers) ||
    (options.steps !== undefined && bridge.steps >= options.steps) ||
    (options.seconds !== undefined && seconds() >= options.seconds)
  while (!isOver() && signal?.aborted !== true) {
    for (let i = 0; i < rate && !isOver(); i++) {
      if (faults.length > 0 && dice.int(1, options.every) === 1) bridge.step(anyFault(dice, faults, validators))
      bridge.step(dice.chance(60) ? anyDeposit(dice, 25) : anyWithdrawal(dice))
    }
    bridge.step({ type: 'rounds', rounds: 1 })
    sample()
    if (seconds() - told < 0.5) continue
    told = seconds()
    peak = Math.max(peak, process.memoryUsage().rss)
    options.onProgress?.({ transfers: transfers(), open: audit.open.size, breaches: audit.breaches.length, seconds: told })
    await new Promise(setImmediate)
  }
  const interrupted = signal?.aborted === true
  if (!interrupted) bridge.settle(BOUND)
  backlog.push([bridge.round, audit.open.size])
  const breaches: Record<string, number> = {}
  for (const { kind } of audit.breaches) breaches[kind] = (breaches[kind] ?? 0) + 1
  return {
    ...{ at, validators, faults, seed, transfers: transfers(), deposits: audit.deposits, withdrawals: audit.withdrawals },
    ...{ steps: bridge.steps, rounds: bridge.round, seconds: seconds(), transfersPerSecond: transfers() / seconds() },
    ...{ transfersPerRound: transfers() / Math.max(1, bridge.round), ended: audit.ended },
    percentiles: { p50: audit.percentile(0.5), p90: audit.percentile(0.9), p99: audit.percentile(0.99), max: audit.percentile(1) },
    ...{ calmRounds: audit.calm, mostCalmRounds: audit.mostCalm, callsPerTransfer: bridge.chain.calls / Math.max(1, transfers()) },
    ...{ backlog, breaches, examples: audit.breaches.slice(0, 10) },
    everyTransferEnded: audit.progress(),
    peakMemoryMb: Math.round(Math.max(peak, process.memoryUsage().rss) / 2 ** 20),
  }
}

function deployed(version: number, validators: number): DeployedBridge {
  const bridge = new DeployedBridge(deployedAt(version), validators)
  bridge.forgets = true
  return bridge
}

/**
 * The faults of a name: `all`, `none`, or kinds with commas between.
 * @returns undefined for a kind that does not exist
 */
export function faultsNamed(names: string): readonly FaultKind[] | undefined {
  if (names === 'all') return faultKinds
  if (names === 'none') return []
  const kinds = names.split(',')
  return kinds.every((kind): kind is FaultKind => (faultKinds as readonly string[]).includes(kind)) ? kinds : undefined
}
