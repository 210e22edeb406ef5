import type { Bytes } from '../../../spec/kernel/shape.js'

/** A pallet's and an item's twox128: what all keys of one storage item begin with. */
const prefixLength = 32

interface Group {
  readonly keys: Set<Bytes>
  /** The keys in byte order, or undefined when they have changed since. */
  sorted: Bytes[] | undefined
}

/**
 * Which keys exist, in byte order. (Of latin1 strings the order of code units is the order of bytes.)
 *
 * A chain adds and removes keys far more often than it iterates, and iterates within one storage item. So keys are grouped
 * by item and a group is sorted when somebody asks. Keys shorter than a prefix (`:code`) are groups of their own.
 */
export class KeyIndex {
  private readonly groups = new Map<Bytes, Group>()
  private names: Bytes[] | undefined

  add(key: Bytes): void {
    const name = key.slice(0, prefixLength)
    let group = this.groups.get(name)
    if (group === undefined) {
      this.groups.set(name, (group = { keys: new Set(), sorted: undefined }))
      this.names = undefined
    }
    group.keys.add(key)
    group.sorted = undefined
  }

  remove(key: Bytes): void {
    const group = this.groups.get(key.slice(0, prefixLength))
    if (group === undefined) return
    group.keys.delete(key)
    group.sorted = undefined
  }

  /** The first key greater than this one. */
  next(key: Bytes): Bytes | undefined {
    const name = key.slice(0, prefixLength)
    const group = this.groups.get(name)
    if (group !== undefined) {
      const keys = sortedKeys(group)
      const found = keys[firstAbove(keys, key)]
      if (found !== undefined) return found
    }
    const names = (this.names ??= [...this.groups.keys()].sort())
    for (let i = firstAbove(names, name); i < names.length; i++) {
      const first = sortedKeys(this.groups.get(names[i]!)!)[0]
      if (first !== undefined) return first
    }
    return undefined
  }

  /** All keys that begin with the prefix, in order. */
  under(prefix: Bytes): readonly Bytes[] {
    if (prefix.length >= prefixLength) {
      const group = this.groups.get(prefix.slice(0, prefixLength))
      if (group === undefined) return []
      return prefix.length === prefixLength ? sortedKeys(group) : sortedKeys(group).filter((key) => key.startsWith(prefix))
    }
    const names = [...this.groups.keys()].filter((name) => name.startsWith(prefix)).sort()
    return names.flatMap((name) => sortedKeys(this.groups.get(name)!))
  }
}

const sortedKeys = (group: Group): Bytes[] => (group.sorted ??= [...group.keys].sort())

/** Index of the first element greater than the key in a sorted array. */
function firstAbove(sorted: readonly Bytes[], key: Bytes): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! <= key) low = middle + 1
    else high = middle
  }
  return low
}
