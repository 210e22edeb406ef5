import type { DevNode } from '../node.js'
import { authorFamily } from './author.js'
import { chainFamily } from './chain.js'
import { devFamily } from './dev.js'
import type { Methods } from './method.js'
import { paymentFamily } from './payment.js'
import { stateFamily } from './state.js'
import { systemFamily } from './system.js'

/** What the node says of itself. */
export interface NodeInfo {
  readonly version: string
  /** As `system_localListenAddresses` writes it. */
  readonly listen: string
}

/** All methods by name. */
export function methodsOf(node: DevNode, info: NodeInfo): Methods {
  const families = [chainFamily, stateFamily, systemFamily(info), authorFamily, paymentFamily, devFamily]
  const all: Methods = Object.assign({}, ...families.map((family) => family(node))) as Methods
  const names = [...Object.keys(all), 'rpc_methods'].sort()
  // A null prototype: `toString` is no method.
  return Object.assign(Object.create(null) as object, all, { rpc_methods: () => ({ methods: names }) })
}
