import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { RuntimeChain } from '../../conformance/targets/runtime/driver.js'
import { bytesOf } from '../../conformance/targets/runtime/store.js'
import { genesisNamed, genesisNames } from '../../spec/versions/genesis.js'
import { fixtureText, listFixtures, parseFixture, readFixture } from '../fixtures/file.js'
import { nodeForTests } from '../node/for-tests.js'
import { runtimeForTests } from '../registry/for-tests.js'
import { genesisStorage } from './genesis-storage.js'
import { fixtureOfItf, itfOf } from './itf.js'
import { polkadotJsOf } from './polkadot-js.js'
import { rustOf } from './rust.js'
import { sectionOf } from './value.js'

const folder = fileURLToPath(new URL('../../fixtures/', import.meta.url))
const all = listFixtures(folder).map((file) => ({ file, text: readFileSync(file, 'utf8'), fixture: readFixture(file) }))
const run = promisify(execFile)

test('a trace in ITF holds the whole fixture: every one comes back to the byte', () => {
  for (const { file, text, fixture } of all) {
    const trace = JSON.parse(JSON.stringify(itfOf(fixture))) as unknown
    expect(fixtureText(fixtureOfItf(trace, file)), file).toBe(text)
  }
})

/** What ITF allows, after Apalache's ADR 015: no null, and `#` only in its own forms. */
function isItf(value: unknown): boolean {
  if (typeof value === 'string' || typeof value === 'boolean' || Number.isSafeInteger(value)) return true
  if (Array.isArray(value)) return value.every(isItf)
  if (typeof value !== 'object' || value === null) return false
  const entries = Object.entries(value) as [string, unknown][]
  const [name, content] = entries[0] ?? ['', undefined]
  if (entries.length === 1 && name === '#bigint') return typeof content === 'string' && /^-?\d+$/.test(content)
  if (entries.length === 1 && name === '#tup') return Array.isArray(content) && content.every(isItf)
  return entries.every(([field, part]) => !field.startsWith('#') && isItf(part))
}

test('every state of a trace has all variables, and values that ITF allows', () => {
  for (const { file, fixture } of all) {
    const { vars, states } = itfOf(fixture) as unknown as { vars: string[]; states: Record<string, unknown>[] }
    expect(states.length, file).toBe(fixture.steps.length + 1)
    for (const { '#meta': meta, ...state } of states) {
      expect(meta).toBeDefined()
      expect(Object.keys(state).sort()).toEqual([...vars].sort())
      expect(Object.values(state).every(isItf), file).toBe(true)
    }
  }
})

test.each([[null], [{}], [{ '#meta': {}, states: [{}, {}] }], [{ '#meta': {}, states: 'x' }]])('%j is no trace of a case', (trace) =>
  expect(() => fixtureOfItf(trace, 'x.itf.json')).toThrow('x.itf.json'),
)

test('sections are named as polkadot-js names them', () => {
  expect(['TfgridModule', 'TFTBridgeModule', 'TFTPriceModule', 'SmartContractModule', 'Council'].map(sectionOf)).toEqual([
    'tfgridModule',
    'tftBridgeModule',
    'tftPriceModule',
    'smartContractModule',
    'council',
  ])
})

test('every exported script is JavaScript, and every exported test names each of its steps', () => {
  for (const { file, fixture } of all) {
    const script = polkadotJsOf(fixture).replace(/^import .*$/m, '')
    // Only read, never called.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    expect(() => new Function(`return async () => {${script}}`), file).not.toThrow()
    const rust = rustOf(fixture)
    for (const { step } of fixture.steps)
      if (step.type === 'call') expect(rust).toContain(`// step ${step.id}: ${step.call.pallet}.${step.call.name}`)
    expect(rust).not.toContain('undefined')
  }
})

describe.skipIf((await runtimeForTests('144')) === undefined)('an exported case', () => {
  /** A script finds its packages from where it stands. */
  const place = mkdtempSync(join(fileURLToPath(new URL('../../node_modules/', import.meta.url)), '.tfspec-export-'))

  test('runs as a script against a node, with nothing but @polkadot/api; a wrong expectation fails', { timeout: 30_000 }, async () => {
    const served = await nodeForTests()
    try {
      const { fixture } = all.find(({ file }) => file.endsWith('SC-CREATE-2-1.json'))!
      const file = join(place, 'case.mjs')
      // The last step is expected to end otherwise than it will.
      writeFileSync(file, polkadotJsOf(fixture).replace(/"ok"(?=[^\n]*\n\nawait api.disconnect)/, '"tfgridModule.TwinExists"'))
      const ended = run(process.execPath, [file, served.endpoint])
      await expect(ended).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('1 steps not as recorded') as unknown })
      const { stdout } = (await ended.catch((error: unknown) => error)) as { readonly stdout: string }
      expect(stdout.match(/^ok {3}step/gm)?.length).toBe(fixture.steps.length - 1)
      expect(stdout).toMatch(/^FAIL step .*: ok: expected tfgridModule.TwinExists$/m)
    } finally {
      await served.close()
      rmSync(place, { recursive: true, force: true })
    }
  })
})

describe.each(['123', '144'])('the genesis of %s in an exported test', async (version) => {
  const code = await runtimeForTests(version)
  test.skipIf(code === undefined)('is what the runtime starts with, to the byte', () => {
    const chain = new RuntimeChain(code!)
    for (const name of genesisNames) {
      chain.load(genesisNamed(name, Number(version)))
      const expected = [...chain.store.entries()].map(([key, value]) => [key, bytesOf(value)] as const)
      expect(new Map(genesisStorage(name, Number(version)))).toEqual(new Map(expected))
    }
  })
})

const hasRustc = spawnSync('rustc', ['--version']).status === 0
if (!hasRustc) process.stderr.write('SKIPPED, exported tests before a compiler: there is no rustc\n')

test.skipIf(!hasRustc)('exported tests compile against what FRAME and the runtime offer', { timeout: 60_000 }, async () => {
  const stubs = readFileSync(new URL('rust-stubs.rs', import.meta.url), 'utf8')
  const place = mkdtempSync(join(tmpdir(), 'tfspec-rust-'))
  const compile = (text: string) => {
    const file = join(place, 'case.rs')
    writeFileSync(file, `${text}\n${stubs}`)
    return run('rustc', ['--edition', '2021', '--test', '--emit', 'metadata', '-A', 'dead_code', '--out-dir', place, file])
  }
  try {
    // Every tenth: together they have all forms of a step.
    const texts = all.filter((_, i) => i % 10 === 0).map(({ fixture }) => rustOf(fixture))
    const [first, ...others] = texts
    const together = [first!, ...others.map((text) => text.slice(text.indexOf('#[test]')))].join('\n')
    for (const form of ['Some(Ok(()))', 'Some(Err((', 'None, &[', 'begin_block(', 'left out']) expect(together).toContain(form)
    await compile(together)
    // What is wrong does not compile: the stubs are no mere names.
    await expect(compile(first!.replace('set { now: millis }', 'set { now: number }'))).rejects.toThrow('mismatched types')
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
})

test('a fixture that is read again is the same', () => {
  const { text, file } = all[0]!
  expect(fixtureText(parseFixture(text, file))).toBe(text)
})
