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
  const methods: Methods = Object.assign({}, ...families.map((family) => family(node))) as Methods
  const offchain = new Map<string, unknown>()
  const more: Methods = {
    // Tools keep a few bytes there; nothing of the runtime's worker.
    offchain_localStorageSet: (params) => {
      offchain.set(`${String(params.get(0))}:${String(params.get(1))}`, params.get(2))
      return null
    },
    offchain_localStorageGet: (params) => offchain.get(`${String(params.get(0))}:${String(params.get(1))}`) ?? null,
  }
  const all: Methods = { ...methods, ...more }
  const names = [...Object.keys(all), 'rpc_methods'].sort()
  // A null prototype: `toString` is no method.
  return Object.assign(Object.create(null) as object, all, { rpc_methods: () => ({ methods: names }) })
}
