import type { AccountId, Bytes } from '../../../spec/kernel/shape.js'
import { ss58Decode } from '../../codec/ss58.js'
import type { Block } from '../chain.js'
import { fromHex } from '../hex.js'
import type { DevNode } from '../node.js'
import { badParams, codes, RpcError } from '../rpc-error.js'

/** The positional parameters of a request; trailing null ones count as absent. */
export class Params {
  private readonly values: readonly unknown[]
  private readonly node: DevNode
  constructor(values: readonly unknown[], node: DevNode) {
    this.values = values
    this.node = node
  }

  has(i: number): boolean {
    return this.values[i] !== undefined && this.values[i] !== null
  }
  get(i: number): unknown {
    return this.values[i]
  }

  bytes(i: number, name: string): Bytes {
    const bytes = fromHex(this.values[i])
    if (bytes === undefined) throw badParams(`${name} is not "0x" and an even number of hex digits`)
    return bytes
  }
  optionalBytes(i: number, name: string): Bytes | undefined {
    return this.has(i) ? this.bytes(i, name) : undefined
  }
  hash(i: number, name: string): Bytes {
    const hash = this.bytes(i, name)
    if (hash.length !== 32) throw badParams(`${name} has ${hash.length} bytes instead of 32`)
    return hash
  }
  text(i: number, name: string): string {
    const text = this.values[i]
    if (typeof text !== 'string') throw badParams(`${name} is no string`)
    return text
  }
  natural(i: number, name: string): number {
    const number = this.values[i]
    if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0) throw badParams(`${name} is no natural number`)
    return number
  }
  keys(i: number, name: string): readonly Bytes[] {
    const list = this.values[i]
    if (!Array.isArray(list)) throw badParams(`${name} is no list`)
    return (list as readonly unknown[]).map((one, at) => {
      const key = fromHex(one)
      if (key === undefined) throw badParams(`${name}[${at}] is no hex`)
      return key
    })
  }

  /** An account: an address with TFChain's prefix 42, or 32 bytes in hex. */
  account(i: number, name: string): AccountId {
    const text = this.text(i, name)
    const bytes = fromHex(text)
    if (bytes?.length === 32) return bytes as AccountId
    const account = ss58Decode(text)
    if (typeof account !== 'string') throw badParams(`${name} is no account: ${account.problem}`)
    return account
  }

  /** The block of an optional hash, the head without one. @throws RpcError 4003 for a block that is not known */
  block(i: number): Block {
    if (!this.has(i)) return this.node.chain.head
    const block = this.node.chain.block(this.hash(i, 'the block hash'))
    if (block === undefined)
      throw new RpcError(codes.unknownBlock, `Client error: UnknownBlock: header for hash ${String(this.values[i])} was not found`)
    return block
  }
}
