import { ApiPromise, WsProvider } from '@polkadot/api'
import { RuntimeMetadata } from '../runtime/metadata.js'
import { LiveError } from './endpoint.js'

/** How long a node may be silent. */
export interface LivePatience {
  /** Until it is connected, and again after it was lost, ms. */
  readonly connectMs: number
  /** Until it answers, ms. */
  readonly answerMs: number
}

const reconnectMs = 500

/** A refusal by the node, in JSON-RPC's terms. */
export interface Refusal {
  readonly code: number
  readonly message: string
  readonly data: string
}

/** An error that the node answered with; anything else is the connection's. */
export function refusalOf(error: unknown): Refusal | undefined {
  const { code, message, data } = error as { readonly code?: unknown; readonly message?: unknown; readonly data?: unknown }
  if (typeof code !== 'number' || typeof message !== 'string') return undefined
  return { code, message, data: typeof data === 'string' ? data : '' }
}

/** A connection that comes back when it is lost: whatever was asked meanwhile is asked again. */
export class LiveConnection {
  readonly endpoint: string
  readonly api: ApiPromise
  /** The runtime's metadata as the rest of this project reads it. */
  readonly metadata: RuntimeMetadata
  readonly chainName: string
  readonly specVersion: number
  readonly methods: ReadonlySet<string>
  /** How often the connection was lost and came back. */
  reconnections = 0
  private readonly provider: WsProvider
  private readonly patience: LivePatience

  private constructor(endpoint: string, parts: Parts, patience: LivePatience) {
    this.endpoint = endpoint
    this.api = parts.api
    this.provider = parts.provider
    this.metadata = parts.metadata
    this.chainName = parts.chainName
    this.specVersion = parts.api.runtimeVersion.specVersion.toNumber()
    this.methods = parts.methods
    this.patience = patience
    this.provider.on('connected', () => this.reconnections++)
  }

  /** @throws LiveError when nobody answers in time, or who answers is no Substrate node of metadata V14 */
  static async open(endpoint: string, patience: LivePatience): Promise<LiveConnection> {
    const provider = new WsProvider(endpoint, reconnectMs, {}, patience.answerMs)
    try {
      await within(
        provider.isReady,
        patience.connectMs,
        `${endpoint} cannot be reached within ${patience.connectMs / 1000} s: is the node running?`,
      )
      // Its types were not written for exactOptionalPropertyTypes.
      const options = { provider, noInitWarn: true, throwOnConnect: true } as unknown as Parameters<typeof ApiPromise.create>[0]
      const silent = `${endpoint} does not answer within ${patience.answerMs / 1000} s: is it a Substrate node, and in sync?`
      const api = await within(ApiPromise.create(options), patience.answerMs, silent)
      const [bytes, chainName, methods] = await within(
        Promise.all([
          provider.send<string>('state_getMetadata', []),
          provider.send<string>('system_chain', []),
          provider.send<{ readonly methods: readonly string[] }>('rpc_methods', []),
        ]),
        patience.answerMs,
        silent,
      )
      const metadata = new RuntimeMetadata(Buffer.from(bytes.slice(2), 'hex'))
      return new LiveConnection(endpoint, { api, provider, metadata, chainName, methods: new Set(methods.methods) }, patience)
    } catch (error) {
      await provider.disconnect().catch(() => undefined)
      if (error instanceof LiveError) throw error
      throw new LiveError(`${endpoint} cannot be used: ${(error as Error).message}`, { cause: error })
    }
  }

  /**
   * Asks. A connection that is lost meanwhile is waited for, and the same is asked again.
   * @throws the node's refusal (see `refusalOf`) · LiveError when the connection does not come back, or no answer comes
   */
  async send<T>(method: string, params: readonly unknown[] = []): Promise<T> {
    const deadline = performance.now() + this.patience.connectMs + this.patience.answerMs
    for (;;) {
      try {
        await this.connected(deadline)
        return await this.provider.send<T>(method, [...params])
      } catch (error) {
        if (error instanceof LiveError || refusalOf(error) !== undefined) throw error
        if (performance.now() > deadline)
          throw new LiveError(`${this.endpoint} does not answer ${method}: ${(error as Error).message}`, { cause: error })
        await pause(reconnectMs / 5)
      }
    }
  }

  private async connected(deadline: number): Promise<void> {
    while (!this.provider.isConnected) {
      if (performance.now() > deadline) throw new LiveError(`the connection to ${this.endpoint} was lost and did not come back`)
      await pause(reconnectMs / 5)
    }
  }

  async close(): Promise<void> {
    await this.api.disconnect()
  }
}

interface Parts {
  readonly api: ApiPromise
  readonly provider: WsProvider
  readonly metadata: RuntimeMetadata
  readonly chainName: string
  readonly methods: ReadonlySet<string>
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

async function within<T>(promise: Promise<T>, ms: number, problem: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new LiveError(problem)), ms)))
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
