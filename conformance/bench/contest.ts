import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Row } from './report.js'

/** What a process is to measure; plain data. */
export interface Contest {
  /** In `makes`. */
  readonly id: string
  readonly seed: number
  readonly rounds: number
  readonly millis: number
  /** A runtime's file, when one is registered. */
  readonly runtime?: string
}

/** This file runs as TypeScript under tsx and as JavaScript when built; so does its neighbour. */
const child = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './contest-child.ts' : './contest-child.js', import.meta.url))

/**
 * Measures a contender in turns with the reducer, in a process of its own, as a run is: what others do before teaches V8 shapes
 * that this one never sees.
 * @returns the reducer's row, then the contender's; the reducer's alone when there is no runtime to measure
 */
export async function contest(asked: Contest): Promise<readonly Row[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, child, JSON.stringify(asked)], { encoding: 'utf8' })
  return JSON.parse(stdout) as readonly Row[]
}
