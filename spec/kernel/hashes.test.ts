import { createRequire } from 'node:module'
import type * as UtilCrypto from '@polkadot/util-crypto'
import { expect, test } from 'vitest'
import { blake2_128, blake2_256, keccak256, twox128, twox256, twox64 } from './hashes.js'

const { blake2AsHex, keccakAsHex, xxhashAsHex } = createRequire(import.meta.url)('@polkadot/util-crypto') as typeof UtilCrypto
const hex = (bytes: string): string => `0x${Buffer.from(bytes, 'latin1').toString('hex')}`

test('every hash agrees with @polkadot/util-crypto for inputs of 0 to 300 bytes, strings and arrays alike', () => {
  for (let length = 0; length <= 300; length += 1) {
    const data = Uint8Array.from({ length }, (_, i) => (i * 73 + length * 31) & 0xff)
    const text = Buffer.from(data).toString('latin1')
    for (const input of [data, text, text]) {
      expect(hex(twox64(input))).toBe(xxhashAsHex(data, 64))
      expect(hex(twox128(input))).toBe(xxhashAsHex(data, 128))
      expect(hex(twox256(input))).toBe(xxhashAsHex(data, 256))
      expect(hex(blake2_128(input))).toBe(blake2AsHex(data, 128))
      expect(hex(blake2_256(input))).toBe(blake2AsHex(data, 256))
      expect(hex(keccak256(input))).toBe(keccakAsHex(data, 256))
    }
  }
})
