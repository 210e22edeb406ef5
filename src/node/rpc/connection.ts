import { randomBytes } from 'node:crypto'
import { codes, RpcError } from '../rpc-error.js'
import type { Send, Session } from './method.js'

/** As on a node. */
const mostSubscriptions = 1024

interface Subscription {
  readonly end: () => void
}

/**
 * The subscriptions of one WebSocket. What a subscription tells before the client has learnt its id waits until then.
 */
export class Connection implements Session {
  private readonly subscriptions = new Map<string, Subscription>()
  private readonly write: (message: string) => void
  private held: string[] | undefined

  constructor(write: (message: string) => void) {
    this.write = write
  }

  /** Notifications wait from now on, until the answers are sent. */
  hold(): void {
    this.held ??= []
  }
  release(): void {
    const { held } = this
    this.held = undefined
    for (const message of held ?? []) this.write(message)
  }

  readonly subscribe = (method: string, begin: (send: Send) => () => void): string => {
    if (this.subscriptions.size >= mostSubscriptions) {
      throw new RpcError(
        codes.tooManySubscriptions,
        'Too many subscriptions on the connection',
        `Exceeded max limit of ${mostSubscriptions}`,
      )
    }
    const id = randomBytes(12).toString('base64url')
    let open = true
    const end = begin((result) => {
      if (!open) return
      const message = JSON.stringify({ jsonrpc: '2.0', method, params: { subscription: id, result } })
      if (this.held === undefined) this.write(message)
      else this.held.push(message)
    })
    this.subscriptions.set(id, {
      end: () => {
        open = false
        end()
      },
    })
    return id
  }

  readonly unsubscribe = (id: string): boolean => {
    const subscription = this.subscriptions.get(id)
    if (subscription === undefined) return false
    this.subscriptions.delete(id)
    subscription.end()
    return true
  }

  close(): void {
    for (const id of [...this.subscriptions.keys()]) this.unsubscribe(id)
  }
}
