/** Where a live target may be: this machine, another one only when asked, main net never. */

/** The node cannot be used, or may not be. */
export class LiveError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'LiveError'
  }
}

export const isEndpoint = (text: string): boolean => /^wss?:\/\//.test(text)

/** Main net's own address has no net in it: `tfchain.grid.tf`. */
const mainHost = /^tfchain\.grid\.tf$/i

function isThisMachine({ hostname }: URL): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

/**
 * @param mode `read` looks at a chain only; `write` submits
 * @throws LiveError for an address that is none, for another machine without leave, and for main net when it is to be written to
 */
export function allowedEndpoint(endpoint: string, mode: 'read' | 'write', allowRemote: boolean): URL {
  const url = isEndpoint(endpoint) && URL.canParse(endpoint) ? new URL(endpoint) : undefined
  if (url === undefined) throw new LiveError(`${endpoint} is no WebSocket endpoint: write it as ws://127.0.0.1:9944`)
  if (mode === 'write' && mainHost.test(url.hostname)) throw new LiveError(`${endpoint} is main net: nothing is ever submitted there`)
  if (!allowRemote && !isThisMachine(url))
    throw new LiveError(
      `${endpoint} is not on this machine: add --allow-remote to ${mode === 'write' ? 'submit extrinsics there' : 'read from it'}`,
    )
  return url
}

/** True for whatever calls itself main net. */
export const isMainNet = (chainName: string): boolean => /main/i.test(chainName)

/** @throws LiveError when the chain calls itself main net, wherever it runs */
export function refuseMainNet(chainName: string): void {
  if (isMainNet(chainName)) throw new LiveError(`the chain calls itself “${chainName}”: nothing is ever submitted to main net`)
}
