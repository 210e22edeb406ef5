import { expect, test } from 'vitest'
import { callTypes } from '../../spec/kernel/call.js'
import { signedBy } from '../../spec/kernel/signatures.js'
import { actors } from '../../spec/versions/genesis.js'
import { signerOf } from '../ed25519.js'
import { entitySignature, entityText, proofSignature } from './tfgrid-signatures.js'
import { tfgridMakers } from './tfgrid.js'

test('every call of the pallet has a maker', () => {
  const declared = [...callTypes.values()].filter(({ pallet }) => pallet === 'TfgridModule').map(({ name }) => name)
  expect(declared).toHaveLength(38)
  expect([...new Set(tfgridMakers.map(({ call }) => call.name))].sort()).toEqual(declared.sort())
})

test.each(Object.entries(actors))('%s signed for entities and for twins', (_, account) => {
  expect(signedBy(account, entitySignature(account)!, entityText)).toBe(true)
  expect(signedBy(account, proofSignature(account, 2, 1)!, '\0\0\0\x02\0\0\0\x01')).toBe(true)
  expect(proofSignature(account, 3, 1)).toBe(undefined)
})

test('a key of a seed signs, the same way each time', () => {
  const signer = signerOf(1)
  expect(signedBy(signer.account, signer.sign('grid'), 'grid')).toBe(true)
  expect(signerOf(1).sign('grid')).toBe(signer.sign('grid'))
})
