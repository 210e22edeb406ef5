import type { DevNode } from '../node.js'
import { codes, RpcError } from '../rpc-error.js'
import type { Params } from './params.js'

export type Send = (result: unknown) => void

/** One client's connection, as far as methods see it. */
export interface Session {
  /**
   * Begins a subscription.
   * @param method the name its notifications carry
   * @param begin gets the way to notify, and gives back how to end
   * @returns its id
   */
  readonly subscribe: (method: string, begin: (send: Send) => () => void) => string
  /** @returns false when there is none of this id */
  readonly unsubscribe: (id: string) => boolean
}

/** Where there is no connection to notify on: HTTP. */
export const noSession: Session = {
  subscribe: () => {
    throw new RpcError(codes.method, 'Subscriptions need a WebSocket connection')
  },
  unsubscribe: () => false,
}

export type Method = (params: Params, session: Session) => unknown
export type Methods = Readonly<Record<string, Method>>
/** A family of methods. */
export type Family = (node: DevNode) => Methods

/** Ends a subscription of any family. */
export const unsubscribe: Method = (params, session) => {
  const id = params.get(0)
  return typeof id === 'string' && session.unsubscribe(id)
}
