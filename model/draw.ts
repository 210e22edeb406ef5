import fc from 'fast-check'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import type { Item, Key } from '../spec/kernel/item.js'
import type { AccountId } from '../spec/kernel/shape.js'
import type { World } from '../spec/kernel/world.js'

/** Mixes a seed and a number to a seed: neighbouring cases share nothing. */
export function mixSeed(seed: number, n: number): number {
  let h = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(n + 0x7f4a7c15, 0xc2b2ae35)
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d)
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b)
  return (h ^ (h >>> 16)) | 0
}

/** Draws values for one case: from ranges, lists, fast-check arbitraries, and from what the world holds. */
export class Draw {
  private readonly rng: fc.Random
  readonly w: World
  readonly actors: readonly AccountId[]

  constructor(seed: number, w: World, actors: readonly AccountId[]) {
    this.rng = new fc.Random(xoroshiro128plus(seed))
    this.w = w
    this.actors = actors
  }

  /** An integer, bounds included. */
  int(min: number, max: number): number {
    return this.rng.nextInt(min, max)
  }

  /** True in `percent` of the draws. */
  chance(percent: number): boolean {
    return this.rng.nextInt(0, 99) < percent
  }

  pick<T>(list: readonly T[]): T {
    return list[this.rng.nextInt(0, list.length - 1)]!
  }

  /** A value of an arbitrary, biased towards its edges half of the time. */
  of<T>(arbitrary: fc.Arbitrary<T>): T {
    return arbitrary.generate(this.rng, this.chance(50) ? 3 : undefined).value
  }

  actor(): AccountId {
    return this.pick(this.actors)
  }

  /** A key of a map, early and late ones alike; undefined when the map is empty. Costs no more than 24 steps of iteration. */
  keyOf<K extends Key, V, R>(item: Item<K, V, R>): K | undefined {
    return this.entryOf(item)?.[0]
  }

  entryOf<K extends Key, V, R>(item: Item<K, V, R>): [K, V] | undefined {
    const size = this.w.count(item)
    if (size === 0) return undefined
    let skip = this.rng.nextInt(0, Math.min(size, 24) - 1)
    for (const entry of this.w.entries(item)) if (skip-- === 0) return entry
    return undefined
  }
}
