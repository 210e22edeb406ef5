import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { Executor } from '../../conformance/targets/runtime/executor.js'
import { readVersion } from '../../conformance/targets/runtime/version.js'
import { plainWasm, RuntimeFileError } from '../../conformance/targets/runtime/wasm-file.js'
import { blake2_256 } from '../../spec/kernel/hashes.js'
import { codeOfChainSpec } from './chain-spec.js'

/** A runtime that `--target runtime:…` can name. */
export interface RegisteredRuntime {
  readonly specVersion: number
  /** First 16 hex digits of BLAKE2b-256 over the plain wasm. */
  readonly hash: string
  /** `144@0123456789abcdef`. */
  readonly name: string
  readonly file: string
}

const howToRegister =
  'Register one with `tfspec runtime add FILE` (a runtime .wasm or a chain spec .json) or `tfspec runtime pull ws://127.0.0.1:9944`'
const fileName = /^(\d+)-([0-9a-f]{16})\.wasm$/

/** Where registered runtimes are kept: `tfchain-spec/runtimes` in the user's cache. */
export function runtimesDirectory(): string {
  const cache = process.env['XDG_CACHE_HOME']
  return join(cache === undefined || cache === '' ? join(homedir(), '.cache') : cache, 'tfchain-spec', 'runtimes')
}

const registered = (specVersion: number, hash: string): RegisteredRuntime => ({
  specVersion,
  hash,
  name: `${specVersion}@${hash}`,
  file: join(runtimesDirectory(), `${specVersion}-${hash}.wasm`),
})

const problemOf = (cause: unknown): string => (cause as NodeJS.ErrnoException).code ?? (cause as Error).message

/**
 * Registers the runtime in a file: plain or compressed wasm, or a chain spec. The version is what the runtime itself says.
 * Registering the same one again changes nothing.
 * @throws RuntimeFileError when the file cannot be read or holds no runtime
 */
export async function addRuntime(file: string): Promise<RegisteredRuntime> {
  let content: Buffer
  try {
    content = await readFile(file)
  } catch (cause) {
    throw new RuntimeFileError('RUNTIME-UNREADABLE', file, `cannot be read (${problemOf(cause)})`, 'Give the path of a readable file', {
      cause,
    })
  }
  const looksLikeText = /^\s*[{[]/.test(content.subarray(0, 64).toString('latin1'))
  return keepRuntime(looksLikeText ? codeOfChainSpec(content.toString(), file) : content, file)
}

/**
 * Registers a runtime's code.
 * @param code plain or compressed wasm  @param place where it comes from, for messages
 */
export async function keepRuntime(code: Uint8Array, place: string): Promise<RegisteredRuntime> {
  const wasm = plainWasm(code, place)
  const specVersion = versionOf(wasm, place)
  const hash = Buffer.from(blake2_256(wasm), 'latin1').toString('hex').slice(0, 16)
  const runtime = registered(specVersion, hash)
  const part = `${runtime.file}.${randomBytes(6).toString('hex')}.part`
  await mkdir(runtimesDirectory(), { recursive: true })
  try {
    await writeFile(part, wasm)
    await rename(part, runtime.file)
  } catch (error) {
    // A full disk: the command line knows its exit code.
    await rm(part, { force: true })
    throw error
  }
  return runtime
}

function versionOf(wasm: Uint8Array, place: string): number {
  const executor = new Executor(wasm, { place })
  try {
    const { specVersion, specName } = readVersion(executor.call('Core_version'))
    if (specName !== '') return specVersion
  } catch (cause) {
    throw new RuntimeFileError(
      'RUNTIME-NOT-SUBSTRATE',
      place,
      `wasm with a runtime's entry points, but it does not tell its version (${(cause as Error).message})`,
      'Give the runtime of a Substrate chain',
      { cause },
    )
  }
  throw new RuntimeFileError('RUNTIME-NOT-SUBSTRATE', place, 'its version is empty', 'Give the runtime of a Substrate chain')
}

/** All registered runtimes, oldest version first. */
export async function listRuntimes(): Promise<readonly RegisteredRuntime[]> {
  let names: string[]
  try {
    names = await readdir(runtimesDirectory())
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw new RuntimeFileError(
      'RUNTIME-UNREADABLE',
      runtimesDirectory(),
      `cannot be read (${problemOf(cause)})`,
      'Make the folder readable or set XDG_CACHE_HOME',
      { cause },
    )
  }
  const found = names.flatMap((name) => {
    const match = fileName.exec(name)
    return match === null ? [] : [registered(Number(match[1]), match[2]!)]
  })
  return found.sort((a, b) => a.specVersion - b.specVersion || (a.hash < b.hash ? -1 : 1))
}

/**
 * The registered runtime of this name.
 * @param name `144`, or `144@HASH` with the beginning of the hash where several have the version
 * @throws RuntimeFileError RUNTIME-NONE, RUNTIME-UNKNOWN, RUNTIME-AMBIGUOUS
 */
export async function findRuntime(name: string): Promise<RegisteredRuntime> {
  const all = await listRuntimes()
  const place = `runtime:${name}`
  const match = /^(\d+)(?:@([0-9a-f]+))?$/.exec(name)
  if (match === null)
    throw new RuntimeFileError(
      'RUNTIME-UNKNOWN',
      place,
      'not the name of a runtime',
      'Write a version, as runtime:144, or a version and the beginning of a hash, as runtime:144@0123abcd',
    )
  if (all.length === 0)
    throw new RuntimeFileError('RUNTIME-NONE', place, `no runtime is registered in ${runtimesDirectory()}`, howToRegister)
  const [first, ...others] = all.filter(({ specVersion, hash }) => specVersion === Number(match[1]) && hash.startsWith(match[2] ?? ''))
  const names = (runtimes: readonly RegisteredRuntime[]): string => runtimes.map((runtime) => runtime.name).join(', ')
  if (first === undefined) throw new RuntimeFileError('RUNTIME-UNKNOWN', place, `not registered; there are ${names(all)}`, howToRegister)
  if (others.length > 0)
    throw new RuntimeFileError(
      'RUNTIME-AMBIGUOUS',
      place,
      `several runtimes are meant: ${names([first, ...others])}`,
      'Write one of these names',
    )
  return first
}

/** The plain wasm of a registered runtime. */
export async function readRuntime(runtime: RegisteredRuntime): Promise<Uint8Array> {
  try {
    return await readFile(runtime.file)
  } catch (cause) {
    throw new RuntimeFileError('RUNTIME-UNREADABLE', runtime.file, `cannot be read (${problemOf(cause)})`, howToRegister, { cause })
  }
}
