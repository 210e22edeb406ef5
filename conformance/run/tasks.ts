import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { CasePlan } from './case.js'

/** Cuts a plan into tasks of at least so many calls: small enough to show progress, large enough not to matter. */
export function* tasksOf(plan: readonly CasePlan[], callsPerTask: number): Generator<readonly CasePlan[]> {
  let task: CasePlan[] = []
  let calls = 0
  for (const one of plan) {
    task.push(one)
    calls += one.calls
    if (calls < callsPerTask) continue
    yield task
    task = []
    calls = 0
  }
  if (task.length > 0) yield task
}

/** Built JavaScript for workers: from dist itself, or beside the sources when they are run by tsx. */
export function builtWorker(name: string): string {
  const beside = fileURLToPath(new URL(`./${name}.js`, import.meta.url))
  return existsSync(beside) ? beside : fileURLToPath(new URL(`../../dist/conformance/run/${name}.js`, import.meta.url))
}
