/** An error as JSON-RPC carries it. */
export class RpcError extends Error {
  readonly code: number
  readonly data: unknown
  constructor(code: number, message: string, data?: unknown) {
    super(message)
    this.name = 'RpcError'
    this.code = code
    this.data = data
  }
  toJSON(): { readonly code: number; readonly message: string; readonly data?: unknown } {
    const { code, message, data } = this
    return data === undefined ? { code, message } : { code, message, data }
  }
}

/** JSON-RPC's own codes, and those that Substrate's `sc-rpc-api` and jsonrpsee add. */
export const codes = {
  parse: -32700,
  request: -32600,
  method: -32601,
  params: -32602,
  internal: -32603,
  server: -32000,
  tooManySubscriptions: -32006,
  tooBig: -32007,
  badFormat: 1001,
  verification: 1002,
  invalid: 1010,
  unknownValidity: 1011,
  alreadyImported: 1013,
  tooLowPriority: 1014,
  unknownBlock: 4003,
  /** What Chopsticks answers to bad input of its `dev_*`. */
  dev: 1,
} as const

export const badParams = (message: string): RpcError => new RpcError(codes.params, `Invalid params: ${message}`)
