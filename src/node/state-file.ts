import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import type { Bytes } from '../../spec/kernel/shape.js'
import type { ChainRecord } from './chain.js'
import { decodeHeader, encodeHeader } from './header.js'
import { fromHex, ownHex, toHex } from './hex.js'
import type { Write } from './roots.js'
import { NodeInputError, type Storage } from './storage-file.js'

/** What a state file begins with. */
export interface StateHead {
  readonly specVersion: number
  /** First 16 hex digits of BLAKE2b-256 over the runtime's plain wasm. */
  readonly codeHash: string
  readonly base: Storage
}

/** What follows: the chain's changes, and extrinsics that were taken into the pool. */
export type StateRecord = ChainRecord | { readonly kind: 'pool'; readonly extrinsic: Bytes }

const format = 1

/**
 * A chain on disk: one line of JSON a change, appended before the change counts. A line is whole or, after a kill, the last
 * one and cut off: then its change has not happened. One node at a time.
 */
export class StateFile {
  private readonly file: string
  private descriptor: number
  private length: number

  private constructor(file: string, descriptor: number) {
    this.file = file
    this.descriptor = descriptor
    this.length = statSync(file).size
  }

  /** Reads what a file holds, if it is there. @throws NodeInputError when it is damaged or none of ours */
  static read(file: string): { readonly head: StateHead; readonly records: readonly StateRecord[] } | undefined {
    if (!existsSync(file)) return undefined
    const text = attempt(file, 'read', () => readFileSync(file, 'utf8'))
    const lines = text.split('\n')
    // What stands after the last line break was cut off.
    lines.pop()
    const parsed = lines.map((line, i) => parse(file, i, line))
    const [first, ...rest] = parsed
    const head = first === undefined ? undefined : headOf(first)
    if (head === undefined) throw damaged(file, 1, 'no state of `tfspec node`')
    const records = rest.map((line, i) => {
      try {
        return recordOf(line)
      } catch (cause) {
        throw damaged(file, i + 2, (cause as Error).message, cause)
      }
    })
    return { head, records }
  }

  /** Opens a file to go on writing. With a head it is made anew. @throws NodeInputError */
  static open(file: string, head?: StateHead): StateFile {
    lock(file)
    return attempt(file, 'written', () => {
      if (head !== undefined) {
        const part = `${file}.${randomBytes(6).toString('hex')}.part`
        try {
          writeFileSync(part, `${JSON.stringify(headLine(head))}\n`)
          renameSync(part, file)
        } catch (error) {
          rmSync(part, { force: true })
          throw error
        }
      }
      const opened = new StateFile(file, openSync(file, 'a+'))
      opened.cutTail()
      return opened
    })
  }

  private cutTail(): void {
    const end = readFileSync(this.file).lastIndexOf(0x0a) + 1
    if (end < this.length) ftruncateSync(this.descriptor, end)
    this.length = end
  }

  /** @throws NodeInputError when it cannot be written whole; then the file is as before */
  append(record: StateRecord): void {
    const line = Buffer.from(`${JSON.stringify(recordLine(record))}\n`)
    attempt(this.file, 'written', () => {
      try {
        for (let at = 0; at < line.length;) at += writeSync(this.descriptor, line, at)
      } catch (error) {
        ftruncateSync(this.descriptor, this.length)
        throw error
      }
    })
    this.length += line.length
  }

  close(): void {
    if (this.descriptor < 0) return
    try {
      fsyncSync(this.descriptor)
    } finally {
      closeSync(this.descriptor)
      this.descriptor = -1
      rmSync(lockOf(this.file), { force: true })
    }
  }
}

const lockOf = (file: string): string => `${file}.lock`

/** Takes the file for this process; the lock of a process that is gone counts for nothing. */
function lock(file: string): void {
  const name = lockOf(file)
  const holder = existsSync(name) ? Number(attempt(name, 'read', () => readFileSync(name, 'utf8'))) : 0
  if (holder > 0 && isAlive(holder))
    throw new NodeInputError('unusable', `${file}: another node (process ${holder}) is writing it. Stop that node or give another --state`)
  rmSync(name, { force: true })
  attempt(file, 'written', () => writeFileSync(name, String(process.pid), { flag: 'wx' }))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function attempt<T>(file: string, what: string, run: () => T): T {
  try {
    return run()
  } catch (cause) {
    if (cause instanceof NodeInputError) throw cause
    const problem = (cause as NodeJS.ErrnoException).code ?? (cause as Error).message
    throw new NodeInputError('unusable', `${file}: cannot be ${what} (${problem}). Give a --state that you may read and write`, { cause })
  }
}

const damaged = (file: string, line: number, problem: string, cause?: unknown): NodeInputError =>
  new NodeInputError('unusable', `${file}: line ${line} is damaged (${problem}). Move the file away to begin a new chain`, { cause })

function parse(file: string, i: number, line: string): Readonly<Record<string, unknown>> {
  try {
    const value = JSON.parse(line) as unknown
    if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>
  } catch (cause) {
    throw damaged(file, i + 1, (cause as Error).message, cause)
  }
  throw damaged(file, i + 1, 'no object')
}

const headLine = ({ specVersion, codeHash, base }: StateHead): unknown => ({
  tfspecNode: format,
  specVersion,
  codeHash,
  base: Object.fromEntries([...base].map(([key, value]) => [toHex(key), toHex(value)])),
})

function headOf(line: Readonly<Record<string, unknown>>): StateHead | undefined {
  if (line['tfspecNode'] !== format) return undefined
  const { specVersion, codeHash, base } = line as unknown as { specVersion: number; codeHash: string; base: Record<string, string> }
  return { specVersion, codeHash, base: new Map(Object.entries(base).map(([key, value]) => [ownHex(key), ownHex(value)])) }
}

type WriteLine = readonly [string, string | null]
const writeLines = (writes: readonly Write[]): readonly WriteLine[] =>
  writes.map(([key, value]) => [toHex(key), value === undefined ? null : toHex(value)])

function recordLine(record: StateRecord): unknown {
  switch (record.kind) {
    case 'block':
      return { block: toHex(encodeHeader(record.header)), extrinsics: record.extrinsics.map(toHex), writes: writeLines(record.writes) }
    case 'set':
      return { set: writeLines(record.writes) }
    case 'travel':
      return { nextNumber: record.nextNumber }
    case 'head':
      return { head: toHex(record.hash) }
    case 'pool':
      return { pool: toHex(record.extrinsic) }
  }
}

function hex(value: unknown): Bytes {
  const bytes = fromHex(value)
  if (bytes === undefined) throw new Error(`${JSON.stringify(value)?.slice(0, 40)} is no hex`)
  return bytes
}
const list = (value: unknown): readonly unknown[] => {
  if (!Array.isArray(value)) throw new Error('a list is missing')
  return value as readonly unknown[]
}
const writesOf = (lines: unknown): readonly Write[] =>
  list(lines).map((line) => {
    const [key, value] = list(line)
    return [hex(key), value === null ? undefined : hex(value)]
  })

function recordOf(line: Readonly<Record<string, unknown>>): StateRecord {
  if ('block' in line) {
    return {
      kind: 'block',
      header: decodeHeader(hex(line['block'])),
      extrinsics: list(line['extrinsics']).map(hex),
      writes: writesOf(line['writes']),
    }
  }
  if ('set' in line) return { kind: 'set', writes: writesOf(line['set']) }
  if ('nextNumber' in line) return { kind: 'travel', nextNumber: Number(line['nextNumber']) }
  if ('head' in line) return { kind: 'head', hash: hex(line['head']) }
  if ('pool' in line) return { kind: 'pool', extrinsic: hex(line['pool']) }
  throw new Error(`an unknown record: ${Object.keys(line).join(', ')}`)
}
