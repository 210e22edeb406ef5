import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { runtimeForTests } from '../registry/for-tests.js'
import { run } from './program.js'

const code = await runtimeForTests('144')
let out = ''
let err = ''
let folder = ''

beforeEach(() => {
  out = err = ''
  folder = mkdtempSync(join(tmpdir(), 'tfspec-'))
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true))
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true))
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
  process.exitCode = 0
})

describe('bad input gets a clear message, the right exit code, and leaves nothing behind', () => {
  test.each([
    [['conform', '--target', 'moon'], 2, 'moon is no target'],
    [['conform', '--targett', 'reference'], 2, "unknown option '--targett'"],
    [['conform', '--calls', 'many'], 2, 'give a whole number'],
    [['conform', '--time', 'soon'], 2, 'give a time such as 60s'],
    [['conform', '--calls', '5', '--time', '5s'], 2, 'exclude each other'],
    [['conform', '--target', 'reference', '--at', '7.5'], 2, 'neither a version nor "intended"'],
    [['conform', '--target', 'runtime:144', '--flip', 'Q-NONE'], 2, 'no quirk is named Q-NONE'],
    [['conform', '--target', 'runtime:144', '--fault', 'nonsense'], 2, 'nonsense is no fault'],
    [['conform', '--target', 'runtime:144', '--fault', 'SC-REMOVE-2:drop nothing'], 2, 'nothing to drop'],
    [['unknown'], 2, "unknown command 'unknown'"],
  ])('%j', async (args, exitCode, message) => {
    expect(await run(args)).toBe(exitCode)
    expect(err).toContain(message)
    expect(out).toBe('')
  })

  test('no runtime is registered', async () => {
    vi.stubEnv('XDG_CACHE_HOME', folder)
    expect(await run(['conform', '--target', 'runtime:144'])).toBe(3)
    expect(err).toContain('tfspec runtime add FILE')
  })

  test('a file that is no wasm, a truncated one, one that is not there', async () => {
    vi.stubEnv('XDG_CACHE_HOME', folder)
    const file = join(folder, 'thing.wasm')
    for (const content of ['hello', Buffer.from('52bc537646db8e0528b52ffd', 'hex')]) {
      writeFileSync(file, content)
      expect(await run(['runtime', 'add', file])).toBe(3)
      expect(err).toContain(file)
    }
    expect(await run(['runtime', 'add', join(folder, 'missing.wasm')])).toBe(3)
    expect(err).toContain('cannot be read')
    expect(readdirSync(folder)).toEqual(['thing.wasm'])
  })

  test('a report folder that cannot be written is told before the run', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    expect(await run(['conform', '--target', 'runtime:144', '--out', join(file, 'report')])).toBe(3)
    expect(err).toContain('cannot be written')
  })

  test('another machine is not asked without leave', async () => {
    expect(await run(['runtime', 'pull', '--endpoint', 'ws://192.0.2.1:9944'])).toBe(3)
    expect(err).toContain('--allow-remote')
  })
})

describe.skipIf(code === undefined)('conform against the real runtime', () => {
  test('--json puts a whole report on standard output, and data alone', async () => {
    expect(await run(['conform', '--target', 'runtime:144', '--calls', '300', '--seed', '1', '--json'])).toBe(0)
    const report = JSON.parse(out) as Record<string, unknown>
    expect(report).toMatchObject({ specVersion: 144, seed: 1, calls: 300, differences: [], conforms: true, interrupted: false })
    for (const key of ['target', 'blocks', 'seconds', 'perCall', 'notCompared', 'observed']) expect(report).toHaveProperty(key)
    expect(report['coverage']).toMatchObject({ calls: { total: 72 }, errors: { total: 195 }, events: { total: 77 } })
  })

  test('a planted fault is found, shrunk, kept, and its case shown again by the printed command', async () => {
    const args = [
      'conform',
      '--target',
      'runtime:144',
      '--calls',
      '4000',
      '--seed',
      '3',
      '--max-failures',
      '1',
      '--fault',
      'SC-REMOVE-2:drop @freeIps',
    ]
    expect(await run([...args, '--out', folder, '--junit', join(folder, 'junit.xml')])).toBe(1)
    expect(out).toContain('SmartContractModule.IPsFreed')
    expect(readFileSync(join(folder, 'junit.xml'), 'utf8')).toContain('<failure')
    const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as { differences: { case: number; steps: unknown[] }[] }
    const [first] = report.differences
    // Terms, twin, farm with an IP, node, contract with the IP, and its end: six steps.
    expect(first?.steps.length).toBe(6)
    out = ''
    expect(
      await run([
        'conform',
        '--target',
        'runtime:144',
        '--seed',
        '3',
        '--case',
        String(first?.case),
        '--fault',
        'SC-REMOVE-2:drop @freeIps',
      ]),
    ).toBe(1)
    expect(out).toContain('SmartContractModule.IPsFreed')
  })

  test('the same seed gives the same cases, with another number of calls too', async () => {
    const callsOf = async (calls: number): Promise<unknown> => {
      out = ''
      await run(['conform', '--target', 'runtime:144', '--calls', String(calls), '--seed', '8', '--json'])
      return (JSON.parse(out) as { perCall: unknown }).perCall
    }
    expect(await callsOf(200)).toEqual(await callsOf(200))
  })
})
