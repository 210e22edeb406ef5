import { describe, expect, test } from 'vitest'
import { requirements } from '../../spec/requirements.js'
import { editionNamed, intended } from '../../spec/versions/editions.js'
import { diffEditions } from './diff.js'
import { Examples } from './examples.js'
import { explain } from './explain.js'
import { fileURLToPath } from 'node:url'

const fixtures = fileURLToPath(new URL('../../fixtures', import.meta.url))
const none = new Examples(undefined)

describe('explain', () => {
  test.each([
    ['SC-CANCEL-3', 'rule', 'TwinNotAuthorizedToCancelContract'],
    ['INV-SC-6', 'invariant', 'Q-FREQUENCY-STRANDS'],
    ['SmartContractModule.TwinNotExists', 'error', 'SC-CREATE-1'],
    ['TwinNotExists', 'error', 'callerHasNo'],
    ['SmartContractModule.cancelContract', 'call', 'SC-CANCEL-1'],
    ['cancelContract', 'call', 'signed'],
    ['Q-MINT-VOTES-TWICE', 'quirk', 'loss of money'],
    [requirements[0]!.id, 'requirement', 'source'],
  ])('%s is a %s, and says %s', (name, kind, word) => {
    const found = explain(name, none)
    expect(found?.kind).toBe(kind)
    expect(JSON.stringify(found)).toContain(word)
  })

  test('what nobody knows is not explained', () => {
    expect(explain('SC-NOTHING-1', none)).toBeUndefined()
  })

  test('a recorded example shows it', () => {
    const examples = new Examples(fixtures)
    const { example } = explain('SC-CANCEL-3', examples)!
    expect(example?.steps.some(({ outcome }) => outcome === 'SmartContractModule.TwinNotAuthorizedToCancelContract')).toBe(true)
  })
})

describe('diff', () => {
  test('144 and intended differ in quirks, and in what stands instead of them', () => {
    const { lists, quirks } = diffEditions(editionNamed('144'), intended)
    expect(quirks[0]).toContain('Q-MINT-VOTES-TWICE')
    expect(quirks[1]).toEqual([])
    expect(JSON.stringify(lists)).toContain('BR-MINT-VOTE-1')
  })

  test('an edition does not differ from itself, and a difference is the same seen from the other side', () => {
    expect(diffEditions(intended, intended).lists).toEqual([])
    const [there, back] = [diffEditions(editionNamed('123'), editionNamed('144')), diffEditions(editionNamed('144'), editionNamed('123'))]
    expect(there.lists.length).toBeGreaterThan(0)
    expect(back.lists.map(({ only }) => [...only].reverse())).toEqual(there.lists.map(({ only }) => only))
  })
})
