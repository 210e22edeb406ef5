import { DevNode, type NodeOptions } from './node.js'
import { Dispatcher } from './rpc/dispatcher.js'
import { methodsOf } from './rpc/methods.js'
import { RpcServer, type ServerOptions } from './rpc/server.js'
import { signingReady } from './signing.js'

export interface ServeOptions extends NodeOptions, ServerOptions {
  /** Of the tool, for `system_version`. */
  readonly version: string
  /** A defect of ours that a client met. */
  readonly onDefect?: (error: Error) => void
}

/** A node that answers. */
export interface ServedNode {
  readonly node: DevNode
  /** `ws://127.0.0.1:9944`; the same with `http:` */
  readonly endpoint: string
  readonly port: number
  /** Says goodbye to the clients and leaves the state on disk. */
  readonly close: () => Promise<void>
}

/** Starts a node. @throws RuntimeFileError, NodeInputError */
export async function serveNode(options: ServeOptions): Promise<ServedNode> {
  const node = new DevNode(options)
  const info = { version: options.version, listen: `/ip4/127.0.0.1/tcp/${options.port}/ws` }
  let server: RpcServer
  try {
    const dispatcher = new Dispatcher(node, methodsOf(node, info), options.onDefect ?? (() => undefined))
    server = await RpcServer.listen(dispatcher, options)
    await node.start()
  } catch (error) {
    node.close()
    throw error
  }
  // Loading what verifies signatures takes longer than everything before: meanwhile clients connect and read.
  const early = setTimeout(() => void signingReady(), 300)
  early.unref()
  return {
    node,
    endpoint: `ws://${server.address}`,
    port: server.port,
    close: async () => {
      clearTimeout(early)
      node.close()
      await server.close()
    },
  }
}
