import type { Bytes } from '../../../spec/kernel/shape.js'

/** The world around an off-chain worker. */
export interface OffchainOptions {
  /** Public keys in the keystore by key type (`aura`, `smct`, …). None by default. */
  readonly keys?: Readonly<Record<string, readonly Bytes[]>>
  /** The worker's clock, ms since 1970. */
  readonly nowMs?: number
  /** Answers to HTTP requests; without one, or where it gives `undefined`, the worker is offline. */
  readonly http?: (method: string, uri: string) => { readonly status: number; readonly body: Bytes } | undefined
}

// Statuses and errors of HTTP as the runtime reads them in SCALE.
const finished = 3
const invalidStatus = 2
const invalidError = '\x01\x02'
const offlineError = '\x01'
const ok = '\x00'

const u16 = (value: number): Bytes => String.fromCharCode(value & 0xff, value >>> 8)
const u32 = (value: number): Bytes => u16(value & 0xffff) + u16(value >>> 16)

/** One run of an off-chain worker: a keystore, a clock, a mock of the web, and what it submitted. */
export class OffchainWorker {
  readonly submitted: Bytes[] = []
  private readonly responses: { readonly status: number; readonly body: Bytes; read: number }[] = []
  private readonly options: OffchainOptions

  constructor(options: OffchainOptions) {
    this.options = options
  }

  keys(type: string): readonly Bytes[] {
    return this.options.keys?.[type] ?? []
  }
  get nowMs(): number {
    return this.options.nowMs ?? 0
  }

  /** `Result<u16, ()>`: the request's id. */
  request(method: string, uri: string): Bytes {
    const response = this.options.http?.(method, uri)
    return response === undefined ? offlineError : ok + u16(this.responses.push({ ...response, read: 0 }) - 1)
  }
  /** `Result<(), HttpError>`. */
  write(id: number): Bytes {
    return this.responses[id] === undefined ? invalidError : ok
  }
  /** `Vec<HttpRequestStatus>` for a SCALE vector of ids of fewer than 64 elements. */
  wait(ids: Buffer): Bytes {
    let out = String.fromCharCode(ids[0] ?? 0)
    for (let at = 1; at + 1 < ids.length; at += 2) {
      const response = this.responses[ids.readUInt16LE(at)]
      out += response === undefined ? String.fromCharCode(invalidStatus) : String.fromCharCode(finished) + u16(response.status)
    }
    return out
  }
  /** `Result<u32, HttpError>`: how many bytes of the body went into the buffer. */
  read(id: number, into: Buffer): Bytes {
    const response = this.responses[id]
    if (response === undefined) return invalidError
    const written = into.latin1Write(response.body.slice(response.read, response.read + into.length))
    response.read += written
    return ok + u32(written)
  }
}
