import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Milliseconds of one boot. */
export interface Boot {
  /** From the file on disk to a chain with its genesis. */
  readonly boot: number
  /** Loading the code of the runtime target before that. */
  readonly load: number
}

/** This file runs as TypeScript under tsx and as JavaScript when built; so does its neighbour. */
const child = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './boot-child.ts' : './boot-child.js', import.meta.url))

/** Boots the runtime target in a process of its own: V8 would recognise wasm that this one has compiled before. @param file plain wasm */
export function bootOnce(file: string): Boot {
  return JSON.parse(execFileSync(process.execPath, [...process.execArgv, child, file], { encoding: 'utf8' })) as Boot
}
