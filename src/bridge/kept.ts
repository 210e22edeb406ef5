import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FixtureError } from '../fixtures/error.js'
import { canonical, hashOf, pretty } from '../fixtures/json.js'
import type { Plain } from '../codec/plain.js'
import type { BreachKind } from './audit.js'
import { titleOf, type BridgeFinding } from './finding.js'
import { plainSteps, stepsOf } from './plain-step.js'
import type { Step } from './step.js'

/** How a kept failure's file is named; `fixtures` of pallets lie beside them and are something else. */
export const KEPT = '.bridge.json'
const FORMAT = 1

/** A failure of the deployed bridge that is on record: shrunk, its TFChain part confirmed on the real runtime. */
export interface Kept extends Pick<BridgeFinding, 'about' | 'triggers' | 'causes'> {
  readonly info: { readonly specVersion: number; readonly validators: number; readonly seed: number; readonly tool: string }
  readonly kind: BreachKind
  readonly steps: readonly Step[]
  /** What the auditor says, and in which round. */
  readonly breach: { readonly transfer: string; readonly says: string; readonly round: number }
}

export const nameOf = ({ kind, about, triggers, causes }: Pick<Kept, 'kind' | 'about' | 'triggers' | 'causes'>): string => {
  const words = `${about} ${kind} ${triggers.length === 0 ? 'load alone' : triggers.join(' ')}`.replace(/[^a-z0-9]+/g, '-')
  // Two of one name differ in what repairs them.
  return `${words}-${hashOf([...causes]).slice(2, 6)}${KEPT}`
}

function plainOf({ info, kind, about, triggers, causes, steps, breach }: Kept): Readonly<Record<string, Plain>> {
  const { transfer, says, round } = breach
  return {
    _info: { format: FORMAT, ...info },
    title: titleOf({ kind, about, triggers }),
    ...{ kind, about, triggers: [...triggers], causes: [...causes], steps: plainSteps(steps), breach: { transfer, says, round } },
  }
}

export function keptText(kept: Kept): string {
  const plain = plainOf(kept)
  return pretty({ ...plain, contentHash: hashOf(plain) })
}

/** @throws FixtureError */
export function keptOf(text: string, file: string): Kept {
  let content: Record<string, unknown>
  try {
    content = JSON.parse(text) as Record<string, unknown>
  } catch (cause) {
    throw new FixtureError('FIXTURE-NOT-JSON', file, '', `no JSON (${(cause as Error).message})`, FIX, { cause })
  }
  const { contentHash, ...plain } = Object(content) as Record<string, unknown> & { readonly contentHash?: unknown }
  if (contentHash !== hashOf(plain))
    throw new FixtureError('FIXTURE-HASH', file, 'contentHash', `the content does not fit its hash (${hashOf(plain)})`, FIX)
  const { _info, kind, about, triggers, causes, steps, breach } = plain as unknown as Kept & { readonly _info: Kept['info'] }
  const { specVersion, validators, seed, tool } = Object(_info) as Kept['info']
  const kept: Kept = {
    ...{ info: { specVersion, validators, seed, tool }, kind, about, triggers, causes, breach },
    steps: stepsOf(steps, (field, problem) => new FixtureError('FIXTURE-FORMAT', file, field, problem, FIX)),
  }
  // What is not read back is unknown here.
  if (canonical(plainOf(kept)) !== canonical(plain)) throw new FixtureError('FIXTURE-FORMAT', file, '', 'has fields that nobody knows', FIX)
  return kept
}
const FIX = 'Give a failure that `tfspec bridge findings --out` kept'

/** @throws FixtureError */
export function readKept(file: string): Kept {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? (cause as Error).message
    throw new FixtureError('FIXTURE-UNREADABLE', file, '', `cannot be read (${code})`, FIX, { cause })
  }
  return keptOf(text, basename(file))
}

/** Every kept failure below a folder, shortest first. */
export function keptIn(folder: string): readonly Kept[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(KEPT))
  return files
    .sort()
    .map((name) => readKept(join(folder, name)))
    .sort((a, b) => a.steps.length - b.steps.length)
}

/** The failures that are kept in the package: two folders up from the sources, three from what is built. */
export function packagedKept(version: number): readonly Kept[] {
  const folder = ['../../', '../../../']
    .map((up) => fileURLToPath(new URL(`${up}fixtures/${version}/bridge`, import.meta.url)))
    .find((path) => existsSync(path))
  return folder === undefined ? [] : keptIn(folder)
}
