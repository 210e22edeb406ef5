import type { AccountId, Bytes } from '../../kernel/shape.js'
import type { Payout, Signature, VaultTx } from '../stellar/types.js'
import { Validator } from '../validator.js'

/** What the daemon has to handle. One block's events come by kind: created, expired, ready, then refunds. */
export type Task =
  | { readonly kind: 'mint'; readonly tx: VaultTx; readonly senders: readonly (readonly [from: string, amount: bigint])[] }
  | { readonly kind: 'created'; readonly id: bigint; readonly source: AccountId; readonly target: string; readonly amount: bigint }
  | { readonly kind: 'expired'; readonly id: bigint; readonly target: string; readonly amount: bigint }
  | { readonly kind: 'ready'; readonly id: bigint }
  | { readonly kind: 'refundExpired'; readonly hash: string; readonly target: string; readonly amount: bigint }
  | { readonly kind: 'refundReady'; readonly hash: string }

export type Query = 'isMinted' | 'isRefunded' | 'isBurned'

/** A call on TFChain: name and arguments as the pallet declares them. */
export interface ChainCall {
  readonly name: string
  readonly args: Readonly<Record<string, unknown>>
}

/** An effect that the daemon waits for. Between two of them it can die. */
export type Request =
  | { readonly to: 'disk'; readonly what: 'load' }
  | { readonly to: 'disk'; readonly what: 'save'; readonly cursor: number }
  | { readonly to: 'chain'; readonly what: 'isValidator' | 'fee' }
  | { readonly to: 'chain'; readonly what: Query; readonly key: string | bigint }
  | { readonly to: 'chain'; readonly what: 'resolve'; readonly memo: string }
  | { readonly to: 'chain'; readonly what: 'burn' | 'refund'; readonly key: string | bigint }
  | { readonly to: 'chain'; readonly what: 'call'; readonly call: ChainCall }
  | { readonly to: 'stellar'; readonly what: 'vault' }
  | { readonly to: 'stellar'; readonly what: 'check'; readonly account: string }
  | {
      readonly to: 'stellar'
      readonly what: 'submit'
      readonly payout: Payout
      readonly signatures: readonly Signature[]
      readonly cause: string
    }
  | { readonly to: 'clock'; readonly what: 'wait'; readonly rounds: number }

/** Signatures as the chain has them: bytes that nobody checked. */
export interface SignedBurn {
  readonly target: string
  readonly amount: bigint
  readonly sequence: number
  readonly signatures: readonly Signature[]
}

export type Answer =
  | { readonly ok: false; readonly error: string }
  | {
      readonly ok: true
      readonly yes?: boolean
      readonly number?: number
      readonly amount?: bigint
      readonly account?: AccountId
      readonly signed?: SignedBurn
      readonly threshold?: number
    }

/** What the daemon keeps on disk: one JSON file, overwritten in place. */
export type Disk = { readonly cursor: number; readonly height: number } | 'torn'

const WRAP = 1n << 32n

/** The context of the deployed daemon's machine: its disk, its memory, and the effect it waits for. */
export class Daemon extends Validator {
  disk: Disk = { cursor: 0, height: 0 }
  /** Memory: gone when it exits. */
  cursor = 0
  fee = 0n
  sequence = 0
  threshold = 0
  task: Task | undefined
  /** The call under way, what tells that it is settled, and whether the cursor is saved after it. */
  call: ChainCall = { name: '', args: {} }
  settled: { readonly what: Query; readonly key: string | bigint } = { what: 'isMinted', key: '' }
  then: 'save' | 'done' | 'close' = 'done'
  signed: SignedBurn = { target: '', amount: 0n, sequence: 0, signatures: [] }
  request: Request | null = null
  answer: Answer = { ok: true }

  /** The task, when it is of this kind. @throws TypeError for another kind: a defect of the machine */
  as<K extends Task['kind']>(kind: K): Extract<Task, { kind: K }> {
    if (this.task?.kind !== kind) throw new TypeError(`the daemon handles ${this.task?.kind ?? 'nothing'}, not ${kind}`)
    return this.task as Extract<Task, { kind: K }>
  }

  ask(request: Request): void {
    this.request = request
  }
}

/**
 * Where a memo leads: kind and id. `strconv.Atoi` takes 64 bits and a sign, `uint32(id)` cuts them.
 * @source bridge/tfchain_bridge/pkg/bridge/mint.go `getSubstrateAddressFromMemo` @439e6919
 */
export function readMemo(memo: string, wraps: boolean): { readonly kind: Bytes; readonly id: number } | undefined {
  const match = /^([^_]*)_([+-]?\d+)$/.exec(memo)
  if (match === null) return undefined
  const id = BigInt(match[2]!.replace('+', ''))
  if (BigInt.asIntN(64, id) !== id) return undefined
  if (!wraps && (id < 0n || id >= WRAP)) return undefined
  return { kind: match[1]!, id: Number(BigInt.asUintN(32, id)) }
}
