import type { Answer, Request } from '../../spec/bridge/deployed/daemon.js'
import type { Step } from './step.js'

/** Sees everything that happens, to draw it. */
export interface Watcher {
  step(step: Step, round: number): void
  effect(daemon: number, request: Request, answer: Answer, round: number): void
  died(daemon: number, round: number): void
}
