import { binarySearch } from '../../kernel/binary-search.js'
import { accept, machine, refuse } from '../../kernel/machine.js'
import type { AccountId } from '../../kernel/shape.js'
import type { Stage } from '../../kernel/stage.js'
import type { World } from '../../kernel/world.js'
import { NodeCertifierAdded, NodeCertifierRemoved } from './events.js'
import { AllowedNodeCertifiers } from './items.js'

type On = Stage<unknown, AccountId>
const certifiers = (w: World): readonly AccountId[] => w.get(AllowedNodeCertifiers) ?? []

/**
 * An account that may certify nodes beside the council. Its key is the account; the list is kept in the order of the bytes.
 * @source pallet-tfgrid/src/node.rs `_add_node_certifier`, `_remove_node_certifier` @439e6919
 */
export const nodeCertifier = machine({
  id: 'node-certifier',
  pallet: 'TfgridModule',
  says: 'an account that may certify nodes',
  state: (w: World, who: AccountId) => (binarySearch(certifiers(w), who) < 0 ? 'absent' : 'allowed'),
  states: {
    absent: {
      addNodeCertifier: [accept('TG-CERTIFIER-ADD-2', { to: 'allowed', do: ['allow'] })],
      removeNodeCertifier: [
        accept('TG-CERTIFIER-REMOVE-1', {
          when: 'nobodyWasEverAllowed',
          says: 'before the first certifier there is no list, and nothing happens',
        }),
        refuse('TG-CERTIFIER-REMOVE-2', null, 'NotCertifier'),
      ],
    },
    allowed: {
      addNodeCertifier: [refuse('TG-CERTIFIER-ADD-1', null, 'AlreadyCertifier')],
      removeNodeCertifier: [accept('TG-CERTIFIER-REMOVE-3', { to: 'absent', says: 'an empty list stays', do: ['disallow'] })],
    },
  },
  guards: { nobodyWasEverAllowed: (s: On) => s.w.get(AllowedNodeCertifiers) === undefined },
  effects: {
    allow: (s: On) => {
      const before = certifiers(s.w).filter((who) => who < s.key)
      const after = certifiers(s.w).filter((who) => who > s.key)
      s.w.set(AllowedNodeCertifiers, [...before, s.key, ...after])
      s.emit(NodeCertifierAdded, s.key)
    },
    disallow: (s: On) => {
      const others = certifiers(s.w).filter((who) => who !== s.key)
      s.w.set(AllowedNodeCertifiers, others)
      s.emit(NodeCertifierRemoved, s.key)
    },
  },
})
