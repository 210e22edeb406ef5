import { RuntimeFileError } from '../../conformance/targets/runtime/wasm-file.js'

/** `:code`, the storage key under which a chain keeps its runtime. */
export const codeKey = '0x3a636f6465'

const fix = 'Give a chain spec with genesis.raw.top["0x3a636f6465"] or genesis.runtime.system.code, or the runtime itself'

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined

/** The code in hex, at one of the places where chain specs have kept it over the years. */
function findCode(spec: unknown): unknown {
  const genesis = field(spec, 'genesis')
  const structured = [
    field(genesis, 'runtime'),
    field(field(genesis, 'runtime'), 'runtime_genesis_config'),
    field(field(genesis, 'runtimeGenesis'), 'config'),
  ]
  const inSystem = structured.flatMap((config) => [field(field(config, 'system'), 'code'), field(field(config, 'frameSystem'), 'code')])
  return [field(field(field(genesis, 'raw'), 'top'), codeKey), field(field(genesis, 'runtimeGenesis'), 'code'), ...inSystem].find(
    (code) => code !== undefined,
  )
}

/**
 * The runtime in a chain spec, raw or structured, as it stands there (often compressed).
 * @throws RuntimeFileError RUNTIME-NOT-WASM when the text is no chain spec or holds no runtime
 */
export function codeOfChainSpec(text: string, place: string): Uint8Array {
  let spec: unknown
  try {
    spec = JSON.parse(text)
  } catch (cause) {
    throw new RuntimeFileError('RUNTIME-NOT-WASM', place, `neither wasm nor JSON (${(cause as Error).message})`, fix, { cause })
  }
  const code = findCode(spec)
  if (code === undefined) throw new RuntimeFileError('RUNTIME-NOT-WASM', place, 'JSON, but no chain spec that holds a runtime', fix)
  return hexBytes(code, place)
}

/** Bytes of a `0x…` string. @throws RuntimeFileError RUNTIME-NOT-WASM */
export function hexBytes(hex: unknown, place: string): Uint8Array {
  if (typeof hex !== 'string' || !/^0x([0-9a-fA-F]{2})*$/.test(hex)) {
    throw new RuntimeFileError('RUNTIME-NOT-WASM', place, 'the runtime in it is not written as "0x" and an even number of hex digits', fix)
  }
  return Buffer.from(hex.slice(2), 'hex')
}
