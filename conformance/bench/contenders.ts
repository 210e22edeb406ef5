import { newestVersion } from '../../spec/versions/editions.js'
import { RuntimeChain } from '../targets/runtime/driver.js'
import { growthRows } from './growth.js'
import type { Contender } from './measure.js'
import { comparedRow, invariantsRow, referenceRow, referenceWithoutSignaturesRow, runtimeRow } from './rows.js'

/** What a contender is made from. `code` is a runtime's, compressed or not. */
export interface Made {
  readonly seed: number
  readonly code: Uint8Array | undefined
}

const version = newestVersion
/** Contracts in the worlds that a call's growth is measured in. */
const sizes = [1_000, 10_000, 100_000]

const onChain =
  (make: (chain: RuntimeChain, seed: number) => Contender) =>
  ({ seed, code }: Made): readonly Contender[] =>
    code === undefined ? [] : [make(new RuntimeChain(code), seed)]

/** Every contender by its id; `growth` stands for a family that shares its worlds. */
export const makes: Readonly<Record<string, (made: Made) => readonly Contender[]>> = {
  reference: ({ seed }) => [referenceRow(version, seed)],
  'reference-without-signatures': ({ seed }) => [referenceWithoutSignaturesRow(version, seed)],
  'reference-invariants': ({ seed }) => [invariantsRow(version, seed)],
  'runtime-10': onChain((chain, seed) => runtimeRow(chain, seed, 10, 15_000)),
  'runtime-1': onChain((chain, seed) => runtimeRow(chain, seed, 1, 5_000)),
  'compared-10': onChain((chain, seed) => comparedRow(chain, seed, 10, 10_000)),
  'compared-1': onChain((chain, seed) => comparedRow(chain, seed, 1, 5_000)),
  growth: () => growthRows(version, sizes),
}
