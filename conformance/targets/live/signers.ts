import { Keyring } from '@polkadot/keyring'
import type { KeyringPair } from '@polkadot/keyring/types'
import { cryptoWaitReady, keyExtractSuri, mnemonicValidate } from '@polkadot/util-crypto'
import type { AccountId } from '../../../spec/kernel/shape.js'
import { actors } from '../../../spec/versions/genesis.js'
import { LiveError } from './endpoint.js'

/** Who can sign. */
export type Signers = ReadonlyMap<AccountId, KeyringPair>

/** As the people of a development chain are called: `//Alice` and those that the generator's other people are named after. */
const developmentUris = Object.keys(actors).map((name) => `//${name[0]!.toUpperCase()}${name.slice(1)}`)
const helpers = 5

/**
 * The people who act. A development key brings all of them along; any other one brings accounts that are derived from it, which
 * get their money from it.
 * @param suris secrets as `//Alice` or a phrase  @throws LiveError when one of them is no secret
 */
export async function signersOf(suris: readonly string[]): Promise<Signers> {
  await cryptoWaitReady()
  const keyring = new Keyring({ type: 'sr25519' })
  const signers = new Map<AccountId, KeyringPair>()
  const add = (uri: string): void => {
    const pair = keyring.addFromUri(uri)
    signers.set(Buffer.from(pair.publicKey).toString('latin1') as AccountId, pair)
  }
  for (const [i, suri] of suris.entries()) {
    try {
      // The library takes any short text for a secret, padded: a typing error would be somebody else.
      if (!suri.startsWith('//')) {
        const { phrase } = keyExtractSuri(suri)
        if (!/^0x[0-9a-fA-F]{64}$/.test(phrase) && !mnemonicValidate(phrase)) throw new Error('neither phrase nor seed')
      }
      add(suri)
    } catch {
      // The secret itself must not be in any message.
      throw new LiveError(`secret ${i + 1} cannot be read: give a phrase, 0x and 64 hex digits, or a development key such as //Alice`)
    }
  }
  if (suris.some((suri) => suri.startsWith('//'))) for (const uri of developmentUris) add(uri)
  else for (let i = 1; i <= helpers; i++) add(`${suris[0]!}//tfspec//${i}`)
  return signers
}
