import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as s from '../../spec/kernel/shape.js'
import { anyValue } from './any-value.js'
import { fromPlain, toPlain } from './plain.js'
import { CodecError } from './stream.js'

const alice = Buffer.from('d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d', 'hex').toString('latin1') as s.AccountId
const contract = s.struct({
  contractId: s.u64,
  owner: s.account,
  hash: s.fixed(2),
  data: s.bytes,
  state: s.enumeration({ Created: s.unit, GracePeriod: s.u64, Deleted: s.struct({ cause: s.u8 }) }),
  provider: s.option(s.u32),
  ips: s.vec(s.tuple(s.bytes, s.compact128)),
})
const value: s.ValueOf<typeof contract> = {
  contractId: 1n << 63n,
  owner: alice,
  hash: '\xff\x00',
  data: 'x',
  state: { type: 'GracePeriod', value: 5n },
  provider: undefined,
  ips: [['a', 7n]],
}
const plain = {
  contractId: '9223372036854775808',
  owner: '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY',
  hash: '0xff00',
  data: '0x78',
  state: { type: 'GracePeriod', value: '5' },
  provider: null,
  ips: [['0x61', '7']],
}

test('a value reads as people write it', () => {
  expect(toPlain(contract, value)).toEqual(plain)
  expect(fromPlain(contract, plain)).toEqual(value)
})

test('every value survives JSON', () => {
  fc.assert(
    fc.property(anyValue(contract), (any) => {
      expect(fromPlain(contract, JSON.parse(JSON.stringify(toPlain(contract, any))))).toEqual(any)
    }),
  )
})

test.each([
  ['an unknown field', { ...plain, extra: 1 }, 'contract', /unknown field "extra"/],
  ['a missing field', (({ data: _, ...rest }) => rest)(plain), 'contract', /"data" is missing/],
  ['a number for a u64', { ...plain, contractId: 5 }, 'contract.contractId', /decimal string/],
  ['a u64 with zeros before it', { ...plain, contractId: '05' }, 'contract.contractId', /decimal string/],
  ['a u64 that is too large', { ...plain, contractId: '18446744073709551616' }, 'contract.contractId', /no u64/],
  ['odd hex', { ...plain, data: '0x1' }, 'contract.data', /hex digits/],
  ['the wrong length', { ...plain, hash: '0x00' }, 'contract.hash', /expected 2 bytes, found 1/],
  ['a mistyped address', { ...plain, owner: plain.owner.replace('Fz9', 'Fz8') }, 'contract.owner', /mistyped/],
  [
    "another chain's address",
    { ...plain, owner: '15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5' },
    'contract.owner',
    /prefix 0 instead of 42/,
  ],
  ['an unknown variant', { ...plain, state: { type: 'Gone' } }, 'contract.state', /there are Created, GracePeriod, Deleted/],
  ['an enum as Substrate writes it', { ...plain, state: { Created: null } }, 'contract.state', /unknown field "Created"/],
  [
    "a variant's content that does not fit",
    { ...plain, state: { type: 'Deleted', value: { cause: 256 } } },
    'contract.state.Deleted.cause',
    /no u8/,
  ],
  [
    'a wrong element',
    {
      ...plain,
      ips: [
        ['0x61', '7'],
        ['0x61', 7],
      ],
    },
    'contract.ips[1][1]',
    /decimal string/,
  ],
])('%s is refused with its path', (_, wrong, path, message) => {
  expect(() => fromPlain(contract, wrong, 'contract')).toThrow(CodecError)
  expect(() => fromPlain(contract, wrong, 'contract')).toThrow(message)
  expect(() => fromPlain(contract, wrong, 'contract')).toThrow(`[CODEC-PLAIN] ${path}: `)
})
