import { WebSocket, type RawData } from 'ws'
import { RuntimeFileError } from '../../conformance/targets/runtime/wasm-file.js'
import { codeKey, hexBytes } from './chain-spec.js'
import { keepRuntime, type RegisteredRuntime } from './registry.js'

export interface PullOptions {
  /** Read from an endpoint that is not this machine. Reading is all that is ever done. */
  readonly allowRemote?: boolean
  /** ms until the endpoint counts as silent. */
  readonly timeoutMs?: number
}

const defaultTimeoutMs = 20_000
/** A runtime is 0.5–3 MB, twice that in hex. */
const longestAnswer = 64 << 20

/** True for addresses of this machine. */
export function isLoopback(url: URL): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

/**
 * Reads `:code` of a running node and registers it.
 * @param endpoint `ws://…` or `wss://…`
 * @throws RuntimeFileError RUNTIME-NOT-ALLOWED for another machine without `allowRemote` · RUNTIME-ENDPOINT when it cannot be read
 */
export async function pullRuntime(
  endpoint: string,
  { allowRemote = false, timeoutMs = defaultTimeoutMs }: PullOptions = {},
): Promise<RegisteredRuntime> {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  if (url === undefined || !['ws:', 'wss:'].includes(url.protocol)) {
    throw new RuntimeFileError('RUNTIME-ENDPOINT', endpoint, 'not a WebSocket endpoint', 'Write it as ws://127.0.0.1:9944')
  }
  if (!allowRemote && !isLoopback(url)) {
    throw new RuntimeFileError(
      'RUNTIME-NOT-ALLOWED',
      endpoint,
      'not on this machine',
      'Add --allow-remote to read its runtime; nothing is submitted',
    )
  }
  return keepRuntime(hexBytes(await readCode(url, endpoint, timeoutMs), endpoint), endpoint)
}

interface Answer {
  readonly id?: unknown
  readonly result?: unknown
  readonly error?: { readonly message?: unknown }
}

/** One JSON-RPC request over a connection of its own. */
function readCode(url: URL, place: string, timeoutMs: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { handshakeTimeout: timeoutMs, maxPayload: longestAnswer })
    const fail = (problem: string, fix: string, cause?: unknown): void => {
      clearTimeout(timer)
      socket.terminate()
      reject(new RuntimeFileError('RUNTIME-ENDPOINT', place, problem, fix, { cause }))
    }
    const timer = setTimeout(
      () => fail(`no answer within ${timeoutMs / 1000} s`, 'Is the node running and in sync? Try again, or give it more time'),
      timeoutMs,
    )
    socket.on('open', () => socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'state_getStorage', params: [codeKey] })))
    socket.on('error', (cause) =>
      fail(
        `cannot be reached (${cause.message || String((cause as NodeJS.ErrnoException).code)})`,
        'Start the node, or correct the endpoint',
        cause,
      ),
    )
    socket.on('close', () => fail('closed the connection before it answered', 'Look at the log of the node'))
    socket.on('message', (data: RawData) => {
      let answer: Answer
      try {
        answer = JSON.parse(textOf(data)) as Answer
      } catch (cause) {
        return fail('answered something that is no JSON', 'Is this the endpoint of a Substrate node?', cause)
      }
      if (answer.id !== 1) return
      if (answer.error !== undefined) return fail(`refused: ${String(answer.error.message)}`, 'Allow state_getStorage on the node')
      if (typeof answer.result !== 'string') return fail('has no runtime under :code', 'Is this the endpoint of a Substrate node?')
      clearTimeout(timer)
      socket.removeAllListeners('close')
      socket.close()
      resolve(answer.result)
    })
  })
}

const textOf = (data: RawData): string =>
  (Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? Buffer.from(data) : data).toString('utf8')
