import type { DevNode } from '../node.js'
import { badParams, codes, RpcError } from '../rpc-error.js'
import { NodeInputError } from '../storage-file.js'
import type { Methods, Session } from './method.js'
import { Params } from './params.js'

/** JSON-RPC ids as they came; null where a request had none that could be read. */
type Id = string | number | null

interface Answer {
  readonly jsonrpc: '2.0'
  readonly id: Id
  readonly result?: unknown
  readonly error?: RpcError
}

/** More in one message are refused as a whole. */
const mostInBatch = 1000

const failed = (id: Id, error: RpcError): Answer => ({ jsonrpc: '2.0', id, error })

/** Answers JSON-RPC 2.0 messages: requests, notifications, batches, and everything that is none of these. */
export class Dispatcher {
  private readonly node: DevNode
  private readonly methods: Methods
  /** Told of a defect of ours: the client gets -32603. */
  private readonly onDefect: (error: Error) => void

  constructor(node: DevNode, methods: Methods, onDefect: (error: Error) => void) {
    this.node = node
    this.methods = methods
    this.onDefect = onDefect
  }

  /** @returns the answer as text, or undefined when none is due (notifications) */
  async answer(text: string, session: Session): Promise<string | undefined> {
    let message: unknown
    try {
      message = JSON.parse(text)
    } catch {
      return JSON.stringify(failed(null, new RpcError(codes.parse, 'Parse error')))
    }
    if (!Array.isArray(message)) {
      const answer = await this.one(message, session)
      return answer === undefined ? undefined : JSON.stringify(answer)
    }
    if (message.length === 0) return JSON.stringify(failed(null, new RpcError(codes.request, 'Invalid request')))
    if (message.length > mostInBatch) {
      return JSON.stringify(failed(null, new RpcError(-32010, 'The batch request was too large', `Exceeded max limit of ${mostInBatch}`)))
    }
    const answers: Answer[] = []
    // One after the other: a nonce submitted first is in the pool first.
    for (const request of message as readonly unknown[]) {
      const answer = await this.one(request, session)
      if (answer !== undefined) answers.push(answer)
    }
    return answers.length === 0 ? undefined : JSON.stringify(answers)
  }

  private async one(request: unknown, session: Session): Promise<Answer | undefined> {
    const fields = (typeof request === 'object' && request !== null && !Array.isArray(request) ? request : {}) as Readonly<
      Record<string, unknown>
    >
    const { jsonrpc, method, params, id } = fields
    const known = typeof id === 'string' || typeof id === 'number' || id === null
    if (jsonrpc !== '2.0' || typeof method !== 'string' || (id !== undefined && !known)) {
      return failed(known ? id : null, new RpcError(codes.request, 'Invalid request'))
    }
    let answer: Answer
    const to = known ? id : null
    try {
      answer = { jsonrpc: '2.0', id: to, result: (await this.run(method, params, session)) ?? null }
    } catch (error) {
      answer = failed(to, this.errorOf(error as Error))
    }
    return id === undefined ? undefined : answer
  }

  private run(name: string, params: unknown, session: Session): unknown {
    const method = this.methods[name]
    if (method === undefined) throw new RpcError(codes.method, 'Method not found')
    if (params !== undefined && params !== null && !Array.isArray(params)) throw badParams('parameters are given by position, as a list')
    return method(new Params((params as readonly unknown[] | null | undefined) ?? [], this.node), session)
  }

  private errorOf(error: Error): RpcError {
    if (error instanceof RpcError) return error
    if (error instanceof NodeInputError) return new RpcError(codes.server, error.message)
    this.onDefect(error)
    return new RpcError(codes.internal, 'Internal error', error.message)
  }
}
