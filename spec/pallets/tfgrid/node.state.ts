import { fact, type Origin, type Stage } from '../../kernel/stage.js'
import type { World } from '../../kernel/world.js'
import { nothing, twinOf } from './callers.js'
import { Farms, NodeIdByTwinID, Nodes, TwinIdByAccountID } from './items.js'
import type { Farm, Node } from './types.js'

/** A node is registered by its own twin, and is gone again when it or its farmer deletes it. */
export type NodeLife = 'absent' | 'registered'
export const lifeOf = (w: World, id: number): NodeLife => (w.has(Nodes, id) ? 'registered' : 'absent')

/** A stage of a node; its key is the node's id. */
export type OnNode<A = unknown> = Stage<A, number>

/** The node of a stage in which it is registered. */
export const nodeOf = (s: OnNode): Node => s.w.get(Nodes, s.key)!
/** The farm that the node says it is in. */
export const farmOf = (s: OnNode): Farm | undefined => s.w.get(Farms, nodeOf(s).farmId)

/** The id of the caller's twin, null when it has none. */
export const callersTwin = fact("caller's twin", (s: OnNode): number | null => s.w.get(TwinIdByAccountID, s.caller) ?? null)

/** The id of the node that calls: the one of the signer's twin, `nothing` without one. It may be a node that was deleted. */
export function callingNode(w: World, origin: Origin): number {
  const twin = twinOf(w, origin)
  return w.has(NodeIdByTwinID, twin) ? w.get(NodeIdByTwinID, twin) : nothing
}

/** Questions that several calls ask. */
export const commonGuards = {
  callerHasNoTwin: (s: OnNode) => callersTwin(s) === null,
  callerIsNotTheNode: (s: OnNode) => nodeOf(s).twinId !== callersTwin(s),
  twinHasNoNode: (s: OnNode) => !s.w.has(NodeIdByTwinID, callersTwin(s)!),
  farmOfNodeIsMissing: (s: OnNode) => farmOf(s) === undefined,
}
