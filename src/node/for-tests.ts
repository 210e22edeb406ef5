import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ApiPromise as Api } from '@polkadot/api'
import type { SubmittableExtrinsic } from '@polkadot/api/types'
import type { KeyringPair } from '@polkadot/keyring/types'
import { WebSocket } from 'ws'
import { findRuntime, readRuntime, type RegisteredRuntime } from '../registry/registry.js'
import { serveNode, type ServedNode, type ServeOptions } from './serve.js'

/** When the chains of tests begin: a slot's edge, ms. */
export const testTimeMs = 1_700_000_004_000

let runtime: { readonly found: RegisteredRuntime; readonly code: Uint8Array } | undefined

/** A node on a free port, with a clock that stands still. */
export async function nodeForTests(options: Partial<ServeOptions> = {}): Promise<ServedNode> {
  if (runtime === undefined) {
    const found = await findRuntime('144')
    runtime = { found, code: await readRuntime(found) }
  }
  const { found, code } = runtime
  return serveNode({
    code,
    codeHash: found.hash,
    place: found.file,
    base: { kind: 'dev', timeMs: testTimeMs },
    sealing: 'instant',
    clock: () => testTimeMs,
    host: '127.0.0.1',
    port: 0,
    version: 'test',
    onDefect: (error) => process.stderr.write(`defect: ${error.stack}\n`),
    ...options,
  })
}

export const temporaryFile = (name: string): string => join(tmpdir(), `tfspec-${randomUUID()}-${name}`)

/** A client that nobody here wrote. */
export async function connect(endpoint: string): Promise<Api> {
  const { ApiPromise, WsProvider } = await import('@polkadot/api')
  // Its types were not written for exactOptionalPropertyTypes.
  const provider = new WsProvider(endpoint) as unknown as NonNullable<Parameters<typeof ApiPromise.create>[0]>['provider'] & object
  return ApiPromise.create({ provider, noInitWarn: true })
}

/** The development accounts, able to sign. */
export async function signer(uri: string): Promise<KeyringPair> {
  const { Keyring } = await import('@polkadot/keyring')
  return new Keyring({ type: 'sr25519' }).addFromUri(uri)
}

/** Signs, submits and waits until it is in a block. @returns the names of its events; throws on a refusal, as `section.Name` */
export async function send(api: Api, who: KeyringPair, call: SubmittableExtrinsic<'promise'>): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    call
      .signAndSend(who, { nonce: -1 }, ({ status, events, dispatchError }) => {
        if (!status.isInBlock && !status.isFinalized) return
        if (dispatchError === undefined) return resolve(events.map(({ event }) => `${event.section}.${event.method}`))
        if (!dispatchError.isModule) return reject(new Error(dispatchError.type))
        const { section, name } = api.registry.findMetaError(dispatchError.asModule)
        reject(new Error(`${section}.${name}`))
      })
      .catch(reject)
  })
}

export interface Reply {
  readonly jsonrpc: string
  readonly id: unknown
  readonly result?: unknown
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown }
  readonly method?: string
  readonly params?: { readonly subscription: string; readonly result: unknown }
}

/** A bare WebSocket, for messages that no client would send. */
export class Wire {
  readonly socket: WebSocket
  /** Everything that came and was not asked for by `call`. */
  readonly inbox: (Reply | readonly Reply[])[] = []
  private readonly waiting = new Map<number, (reply: Reply) => void>()
  private readonly arrivals = new Set<() => void>()
  private id = 1000

  private constructor(socket: WebSocket) {
    this.socket = socket
    socket.on('message', (data: Buffer) => {
      const reply = JSON.parse(data.toString()) as Reply | readonly Reply[]
      const taker = Array.isArray(reply) ? undefined : this.waiting.get((reply as Reply).id as number)
      if (taker === undefined) this.inbox.push(reply)
      else taker(reply as Reply)
      for (const arrival of this.arrivals) arrival()
    })
    socket.on('error', () => undefined)
  }

  static async open(endpoint: string, options: Readonly<Record<string, unknown>> = {}): Promise<Wire> {
    const socket = new WebSocket(endpoint, options)
    const wire = new Wire(socket)
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve())
      socket.once('error', reject)
    })
    return wire
  }

  async call(method: string, ...params: readonly unknown[]): Promise<Reply> {
    const id = this.id++
    const reply = new Promise<Reply>((resolve) => this.waiting.set(id, resolve))
    this.socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }))
    return reply.finally(() => this.waiting.delete(id))
  }
  /** The result, or an exception with the error's text. */
  async result<T>(method: string, ...params: readonly unknown[]): Promise<T> {
    const { result, error } = await this.call(method, ...params)
    if (error !== undefined) throw new Error(`${error.code}: ${error.message}: ${String(error.data)}`)
    return result as T
  }
  /** Sends text as it is and gives the next message that comes. */
  async raw(text: string | Buffer): Promise<Reply | readonly Reply[]> {
    const next = this.next()
    this.socket.send(text, { binary: false })
    return next
  }
  async next(): Promise<Reply | readonly Reply[]> {
    while (this.inbox.length === 0) {
      await new Promise<void>((resolve) => {
        const arrival = (): void => {
          this.arrivals.delete(arrival)
          resolve()
        }
        this.arrivals.add(arrival)
      })
    }
    return this.inbox.shift()!
  }
  close(): void {
    this.socket.terminate()
  }
}
