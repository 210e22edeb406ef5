import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { editionNamed } from '../../../spec/versions/editions.js'
import { signatureOf } from '../../compare/difference.js'
import { runStdio, type StdioResult } from './campaign.js'
import { wordsOf } from './command-line.js'
import { LineProcess, StdioError } from './process.js'
import { answerTo, protocolSchemaText, request } from './protocol.js'
import { StdioTarget } from './target.js'
import { Within } from './within.js'

const example = (name: string): string => fileURLToPath(new URL(`example/${name}`, import.meta.url))
const fixtures = fileURLToPath(new URL('../../../fixtures', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'tfspec-stdio-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const hasPython = ((): boolean => {
  try {
    execFileSync('python3', ['--version'])
    return true
  } catch {
    process.stderr.write('SKIPPED, implementations in Python: there is no python3\n')
    return false
  }
})()

async function play(words: readonly string[], calls: number, maxFailures = 1, answerMs = 5000, shrinkMs = 500): Promise<StdioResult> {
  const target = new StdioTarget(words, 'test', 144, { helloMs: 10_000, answerMs })
  try {
    const within = new Within(await target.hello())
    return await runStdio(target, within, { edition: editionNamed('144'), fixtures, calls, seed: 1, maxFailures, shrinkMs })
  } finally {
    await target.close()
  }
}

describe.skipIf(!hasPython)('the example in Python', () => {
  test('does what it declares, on the fixtures and on generated sequences', async () => {
    const { fixtures: recorded, sequences, differences, rules, beyond } = await play(['python3', example('tfgrid.py')], 1000)
    expect(differences).toEqual([])
    expect(recorded.whole).toBeGreaterThan(5)
    expect(recorded.steps).toBeGreaterThan(200)
    expect(sequences.calls).toBeGreaterThan(700)
    expect(rules.length).toBeGreaterThan(40)
    // What it does not know it says, and nobody guesses.
    expect(Object.keys(beyond)).toContain('calls TfgridModule.createNode')
    expect(Object.keys(beyond)).toContain('unsupported: the last bill of a contract that has run for a while')
  })

  test.each([
    ['KeepsOldName', /^storage storage TfgridModule.FarmIdByName.* @ TG-FARM-RENAME-8$/],
    ['EmptiesList', /^storage storage SmartContractModule.ContractsToBillAt.* @ SC-/],
    ['WrongEvent', /^events events\[#\] TfgridModule.FarmUpdated @ TG-FARM-/],
    ['LongRelay', /TG-TWIN-UPDATE-/],
    ['Crashes', /^outcome answer @ TG-FARM-CREATE-/],
    ['Hangs', /^outcome answer @ TG-TERMS-/],
    ['Chats', /^outcome answer @ /],
    ['Overdoes', /^storage storage System.Account/],
    ['Mistypes', /^(storage|events) .*TfgridModule.Twin/],
  ])('with the fault %s it is caught', async (fault, signature) => {
    const { differences } = await play(['python3', example('faulty.py'), fault], 6000, 1, 400)
    expect(differences.map(({ difference }) => signatureOf(difference))).toEqual([expect.stringMatching(signature)])
  })
})

test.skipIf(!hasPython)('what differs is made as small as it gets', async () => {
  const { differences } = await play(['python3', example('faulty.py'), 'KeepsOldName'], 6000, 1, 5000, 30_000)
  expect(differences[0]!.steps.map((step) => ('call' in step ? step.call : 'advance'))).toEqual([
    'TfgridModule.userAcceptTc',
    'TfgridModule.createTwin',
    'TfgridModule.createFarm',
    'TfgridModule.updateFarm',
  ])
})

describe('an implementation that does not keep to the protocol is told what is wrong', () => {
  const answering = (answer: string): readonly string[] => {
    const file = join(folder, `${Math.random()}.js`)
    writeFileSync(file, `process.stdin.on('data', () => process.stdout.write(${JSON.stringify(answer)}))`)
    return [process.execPath, file]
  }
  test.each([
    ['no JSON', 'hello!\n', 'no JSON: hello!; logs belong on standard error'],
    [
      'another id',
      '{"id":7,"answer":{"protocol":1,"name":"x","specVersion":144,"genesis":[],"calls":[],"events":[],"items":[],"fees":"ignored"}}\n',
      'came where 1 was asked',
    ],
    ['a field is missing', '{"id":1,"answer":{"protocol":1}}\n', 'answer.name: the field is missing'],
    ['a field too many', '{"id":1,"answer":{"surprise":1}}\n', 'answer.surprise: unknown field'],
    ['another protocol', '{"id":1,"answer":{"protocol":9}}\n', 'answer.protocol: expected 1, found 9'],
    ['null', 'null\n', 'expected an answer, found null'],
    ['a failure', '{"id":1,"error":"no room"}\n', 'the implementation failed: no room'],
    ['no end of line', 'x', 'no answer within 0.5 s'],
  ])('%s', async (_, answer, message) => {
    const patience = answer === 'x' ? 500 : 20_000
    const target = new StdioTarget(answering(answer), 'test', 144, { helloMs: patience, answerMs: patience })
    await expect(target.hello()).rejects.toThrow(message)
    await target.close()
  })

  test('no such program; a program that ends at once tells its last words', async () => {
    const missing = new LineProcess(['/nowhere/no-such-program'])
    await expect(missing.ask('{}', 2000)).rejects.toThrow('cannot be run (ENOENT)')
    await missing.close()
    const dead = new LineProcess([process.execPath, '-e', 'console.error("out of luck"); process.exit(3)'])
    const failed = dead.ask('{}', 5000)
    await expect(failed).rejects.toThrow(StdioError)
    await expect(failed).rejects.toThrow(/exit code 3.*out of luck/s)
    await dead.close()
  })
})

test('the published schema is the codecs’', () => {
  expect(readFileSync(new URL('protocol.schema.json', import.meta.url), 'utf8')).toBe(protocolSchemaText())
})

test('the examples in PROTOCOL.md are what is read and written', () => {
  const text = readFileSync(new URL('PROTOCOL.md', import.meta.url), 'utf8')
  const lines = [...text.matchAll(/^([→←]) (\{.*\})$/gm)].map(([, way, line]) => ({ way, message: JSON.parse(line!) as unknown }))
  expect(lines.length).toBeGreaterThan(8)
  let asked = ''
  for (const { way, message } of lines) {
    if (way === '→') {
      expect(request.decode(message)._tag, JSON.stringify(message)).toBe('Right')
      asked = (message as { do: string }).do
    } else {
      const kind = asked === 'hello' ? 'declaration' : asked === 'reset' ? 'done' : 'effect'
      expect(answerTo(kind).decode(message)._tag, JSON.stringify(message)).toBe('Right')
    }
  }
})

test.each([
  ['python3 a.py', ['python3', 'a.py']],
  [`python3 'a b.py' "c \\" d" e\\ f`, ['python3', 'a b.py', 'c " d', 'e f']],
  ['  x   ""  ', ['x', '']],
  ['x "unclosed', undefined],
  ['', []],
])('the words of %j', (command, words) => expect(wordsOf(command)).toEqual(words))
