import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type RawData, type WebSocket } from 'ws'
import { codes, RpcError } from '../rpc-error.js'
import { NodeInputError } from '../storage-file.js'
import { Connection } from './connection.js'
import type { Dispatcher } from './dispatcher.js'
import { noSession } from './method.js'

export interface ServerOptions {
  /** A loopback address. */
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  /** Web pages of this machine and polkadot-js apps may connect; these may, too. */
  readonly origins?: readonly string[]
}

/** A larger message ends the connection (WebSocket 1009, HTTP 413). The same as on a node. */
const largestMessage = 15 * 1024 * 1024
/** A client that does not read what it subscribed to is let go before it fills the memory. */
const mostUnread = 64 * 1024 * 1024
const mostConnections = 1000

const loopbackNames = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/
/** Whether a name or address means this machine and nothing else. */
export const isLoopback = (host: string): boolean => loopbackNames.test(host)

/** Serves JSON-RPC on one port, over WebSocket and HTTP. */
export class RpcServer {
  private readonly http: Server
  private readonly sockets: WebSocketServer
  private readonly dispatcher: Dispatcher
  private readonly options: ServerOptions

  private constructor(dispatcher: Dispatcher, options: ServerOptions) {
    this.dispatcher = dispatcher
    this.options = options
    this.http = createServer((request, response) => void this.onRequest(request, response).catch(() => response.destroy()))
    this.sockets = new WebSocketServer({
      server: this.http,
      maxPayload: largestMessage,
      perMessageDeflate: false,
      verifyClient: ({ req }, done: (accept: boolean, code?: number, text?: string) => void) => {
        if (!this.welcome(req)) done(false, 403, 'this origin may not connect')
        else if (this.sockets.clients.size >= mostConnections) done(false, 503, 'too many connections')
        else done(true)
      },
    })
    this.sockets.on('connection', (socket) => this.onSocket(socket))
    // The HTTP server reports the same.
    this.sockets.on('error', () => undefined)
  }

  /** @throws NodeInputError when the port is taken, or the address is not this machine's */
  static async listen(dispatcher: Dispatcher, options: ServerOptions): Promise<RpcServer> {
    const { host, port } = options
    if (!isLoopback(host))
      throw new NodeInputError('usage', `--host ${host}: the node serves this machine alone. Give 127.0.0.1, ::1 or localhost`)
    const server = new RpcServer(dispatcher, options)
    await new Promise<void>((resolve, reject) => {
      server.http.once('error', reject)
      server.http.listen(port, host.replace(/[[\]]/g, ''), () => {
        server.http.off('error', reject)
        resolve()
      })
    }).catch((cause: NodeJS.ErrnoException) => {
      const problem = cause.code === 'EADDRINUSE' ? 'something else listens there' : (cause.code ?? cause.message)
      throw new NodeInputError('unusable', `cannot listen on ${host}:${port} (${problem}). Give another --port; 0 takes a free one`, {
        cause,
      })
    })
    return server
  }

  get port(): number {
    return (this.http.address() as AddressInfo).port
  }
  /** `127.0.0.1:9944`. */
  get address(): string {
    const { host } = this.options
    return `${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${this.port}`
  }

  async close(): Promise<void> {
    for (const socket of this.sockets.clients) socket.close(1001, 'the node ends')
    this.sockets.close()
    // Whoever has not said goodbye by then is cut off.
    const cut = setTimeout(() => {
      for (const socket of this.sockets.clients) socket.terminate()
      this.http.closeAllConnections()
    }, 200)
    this.http.closeIdleConnections()
    await new Promise((resolve) => this.http.close(resolve))
    clearTimeout(cut)
  }

  /** Pages from elsewhere may not use the node of whoever reads them: neither by their origin nor by a name that they point here. */
  private welcome({ headers }: IncomingMessage): boolean {
    const host = /^(\[[^\]]*\]|[^:]*)(?::\d+)?$/.exec(headers.host ?? '')?.[1]
    if (host === undefined || !isLoopback(host)) return false
    const { origin } = headers
    if (origin === undefined || origin === 'https://polkadot.js.org' || (this.options.origins ?? []).includes(origin)) return true
    return URL.canParse(origin) && isLoopback(new URL(origin).hostname)
  }

  // — WebSocket —

  private onSocket(socket: WebSocket): void {
    const connection = new Connection((message) => {
      if (socket.readyState !== socket.OPEN) return
      if (socket.bufferedAmount > mostUnread) return socket.terminate()
      socket.send(message)
    })
    // In their order, since clients rely on it.
    let last: Promise<void> = Promise.resolve()
    socket.on('message', (data) => {
      last = last.then(() => this.onMessage(socket, connection, data)).catch(() => socket.terminate())
    })
    socket.on('close', () => connection.close())
    // A broken or too large message: `ws` closes the connection with its code.
    socket.on('error', () => undefined)
  }

  private async onMessage(socket: WebSocket, connection: Connection, data: RawData): Promise<void> {
    if (socket.readyState !== socket.OPEN) return
    connection.hold()
    try {
      const answer = await this.dispatcher.answer(textOf(data), connection)
      if (answer !== undefined && socket.readyState === socket.OPEN) socket.send(answer)
      // The client left while it was answered.
      if (socket.readyState !== socket.OPEN) connection.close()
    } finally {
      connection.release()
    }
  }

  // — HTTP —

  private async onRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { origin } = request.headers
    const reply = (status: number, body?: string): void => {
      const allowed = origin === undefined ? {} : { 'access-control-allow-origin': origin, vary: 'origin' }
      response.writeHead(status, { 'content-type': 'application/json', ...allowed })
      response.end(body)
    }
    const refuse = (status: number, code: number, message: string): void =>
      reply(status, JSON.stringify({ jsonrpc: '2.0', id: null, error: new RpcError(code, message) }))
    if (!this.welcome(request)) {
      response.writeHead(403, { 'content-type': 'text/plain' })
      response.end('this origin or host name may not connect\n')
      return
    }
    if (request.method === 'OPTIONS') {
      response.setHeader('access-control-allow-headers', 'content-type')
      response.setHeader('access-control-allow-methods', 'POST')
      return reply(204)
    }
    if (request.method === 'GET' && request.url === '/health') return reply(200, '{"isSyncing":false,"peers":0,"shouldHavePeers":false}')
    if (request.method !== 'POST') return refuse(405, codes.request, 'Give JSON-RPC in a POST, or connect a WebSocket')
    // A form of a foreign page cannot send this type without asking first.
    if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
      return refuse(415, codes.request, 'The content type must be application/json')
    let body: string | undefined
    try {
      body = await readBody(request)
    } catch {
      return // the client is gone
    }
    if (body === undefined) {
      response.setHeader('connection', 'close')
      return refuse(413, codes.tooBig, `Request is too big: at most ${largestMessage} bytes`)
    }
    const answer = await this.dispatcher.answer(body, noSession)
    if (answer === undefined) reply(204)
    else reply(200, answer)
  }
}

/** Malformed UTF-8 becomes what JSON does not parse, or text that no name matches. */
function textOf(data: RawData): string {
  const buffer = Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data)
  return buffer.toString('utf8')
}

/** @returns undefined when it is too large */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length
    // Read to its end and thrown away, so that the client gets to read the answer.
    if (length <= largestMessage) parts.push(part)
    else parts.length = 0
    if (length > 4 * largestMessage) return undefined
  }
  return length > largestMessage ? undefined : Buffer.concat(parts).toString('utf8')
}
