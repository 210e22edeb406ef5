import { createRequire } from 'node:module'
import type * as Types from '@polkadot/types'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytes as opaque, type Shape, type ShapeDef } from '../../../spec/kernel/shape.js'
import { anyValue, isInhabited } from '../../../src/codec/any-value.js'
import { decode, encodeToString } from '../../../src/codec/compile.js'
import { fromPlain, toPlain } from '../../../src/codec/plain.js'
import { runtimeForTests } from '../../../src/registry/for-tests.js'
import { Executor } from './executor.js'
import { RuntimeMetadata } from './metadata.js'
import { camelCase } from './metadata-shapes.js'
import { UnsupportedMetadata } from './metadata-v14.js'
import { memoryForm, type Judge } from './polkadot-judge.js'

const { Metadata, TypeRegistry } = createRequire(import.meta.url)('@polkadot/types') as typeof Types

test.each([
  ['contract_id', 'contractId'],
  ['user_accept_tc', 'userAcceptTc'],
  ['add_stellar_payout_v2address', 'addStellarPayoutV2address'],
  ['_reserved', 'reserved'],
])('%s is written %s', (snake, camel) => expect(camelCase(snake)).toBe(camel))

const metadataBytes = (code: Uint8Array): Buffer => Buffer.from(decode(opaque, new Executor(code).call('Metadata_metadata')), 'latin1')
const seeds = { seed: 144, numRuns: 12 }

const code144 = await runtimeForTests('144')
describe.skipIf(code144 === undefined)('the metadata of 144', () => {
  const bytes = code144 === undefined ? Buffer.alloc(0) : metadataBytes(code144)
  const metadata = code144 === undefined ? (undefined as unknown as RuntimeMetadata) : new RuntimeMetadata(bytes)
  const remark: unknown = { type: 'System', value: { type: 'remark', value: { remark: 'hi' } } }
  // The second judge reads text as UTF-8, and guesses at addresses by their length (the driver's tests ask the chain itself).
  const options = { ascii: true, without: ['Index', 'Raw', 'Address32', 'Address20'], ref: () => fc.constant(remark) }

  test('has the calls, errors and events that the notes count', () => {
    const counts = ['SmartContractModule', 'TfgridModule', 'TFTBridgeModule', 'TFTPriceModule'].map((name) => {
      const { calls, errors, events } = metadata.pallet(name)
      return [calls.length, errors.length, events.length]
    })
    expect(counts).toEqual([
      [20, 52, 25],
      [38, 114, 32],
      [11, 21, 15],
      [3, 8, 5],
    ])
  })

  test('newtypes are unwrapped, accounts are accounts, hashes are fixed, options are options', () => {
    const contract = metadata.callNamed('SmartContractModule', 'createNodeContract')
    expect(contract.snake).toBe('create_node_contract')
    expect(contract.args).toEqual([
      ['nodeId', { kind: 'u32' }],
      ['deploymentHash', { kind: 'fixed', length: 32 }],
      ['deploymentData', { kind: 'bytes' }],
      ['publicIps', { kind: 'u32' }],
      ['solutionProviderId', { kind: 'option', of: { kind: 'u64' } }],
    ])
    expect(metadata.item('TFTBridgeModule', 'Validators').value).toEqual({ kind: 'vec', of: { kind: 'account' } })
    expect(metadata.item('TfgridModule', 'Farms').keys).toEqual([{ hasher: 'Blake2_128Concat', shape: { kind: 'u32' } }])
  })

  test('every default is the encoding of a value of its item', () => {
    for (const item of metadata.pallets.flatMap(({ items }) => items)) {
      if (item.optional) continue
      const value = decode<unknown>(item.value, item.orElse)
      expect(encodeToString<unknown>(item.value as Shape<unknown>, value)).toBe(item.orElse)
    }
  })

  test('any value of any shape comes back from its bytes and from its plain form', () => {
    const shapes = new Set<ShapeDef>(
      metadata.pallets.flatMap(({ items, calls, events, constants }) => [
        ...items.flatMap(({ value, keys }) => [value, ...keys.map(({ shape }) => shape)]),
        ...[...calls, ...events, ...constants].map(({ shape }) => shape),
      ]),
    )
    for (const shape of shapes) {
      if (!isInhabited(shape)) continue
      fc.assert(
        fc.property(anyValue<unknown>(shape as Shape<unknown>, options), (value) => {
          expect(decode<unknown>(shape as Shape<unknown>, encodeToString<unknown>(shape as Shape<unknown>, value))).toEqual(value)
          expect(
            fromPlain<unknown>(shape as Shape<unknown>, JSON.parse(JSON.stringify(toPlain<unknown>(shape as Shape<unknown>, value)))),
          ).toEqual(value)
        }),
        { ...seeds, numRuns: 5 },
      )
    }
  })

  describe('@polkadot/types, the slow second judge, reads the same out of the same bytes', () => {
    const registry = new TypeRegistry()
    const judge = new Metadata(registry, `0x${bytes.toString('hex')}`)
    registry.setMetadata(judge)
    const pallets = judge.asLatest.pallets

    /** Their reading of our bytes, in our memory form; their encoding of it. */
    const agree = (type: string, shape: ShapeDef): void => {
      if (!isInhabited(shape)) return
      fc.assert(
        fc.property(anyValue<unknown>(shape as Shape<unknown>, options), (value) => {
          const ours = encodeToString<unknown>(shape, value)
          const theirs = registry.createType(type, Buffer.from(ours, 'latin1')) as unknown as Judge
          expect(Buffer.from(theirs.toU8a()).toString('latin1')).toBe(ours)
          expect(memoryForm(shape, theirs)).toEqual(value)
        }),
        seeds,
      )
    }

    test('every storage value and key', () => {
      for (const pallet of pallets) {
        if (pallet.storage.isNone) continue
        for (const { name, type } of pallet.storage.unwrap().items) {
          const item = metadata.item(pallet.name.toString(), name.toString())
          const id = type.isPlain ? type.asPlain : type.asMap.value
          agree(registry.createLookupType(id), item.value)
          if (type.isMap && item.keys.length === 1) agree(registry.createLookupType(type.asMap.key), item.keys[0]!.shape)
        }
      }
    })

    test('every event record', () => agree('EventRecord', metadata.eventRecord))

    test('every call', () => {
      for (const { calls } of metadata.pallets) {
        for (const call of calls) {
          if (!isInhabited(call.shape)) continue
          fc.assert(
            fc.property(anyValue<unknown>(call.shape as Shape<unknown>, options), (value) => {
              const ours = String.fromCharCode(call.palletIndex, call.index) + encodeToString<unknown>(call.shape, value)
              const theirs = registry.createType('Call', Buffer.from(ours, 'latin1'))
              expect(Buffer.from(theirs.toU8a()).toString('latin1')).toBe(ours)
              // RuntimeCall holds pallets' calls: our reading of the same bytes names the same call.
              expect(decode<unknown>(metadata.call as Shape<unknown>, ours)).toEqual({
                type: call.pallet,
                value: { type: call.name, value },
              })
              expect(memoryForm(metadata.call, theirs as unknown as Judge)).toEqual({
                type: call.pallet,
                value: { type: call.name, value },
              })
            }),
            { ...seeds, numRuns: 4 },
          )
        }
      }
    })
  })
})

const code49 = await runtimeForTests('49')
describe.skipIf(code49 === undefined)('the metadata of 49', () => {
  test('is V12, which is refused with the way to go', () => {
    const bytes = metadataBytes(code49!)
    expect(() => new RuntimeMetadata(bytes)).toThrow(UnsupportedMetadata)
    expect(() => new RuntimeMetadata(bytes)).toThrow(/V12 is not read by the fast codec.*@polkadot\/types/)
  })
})

test('what is no metadata is refused', () =>
  expect(() => new RuntimeMetadata(Buffer.from('nothing'))).toThrow(/does not begin with "meta"/))
