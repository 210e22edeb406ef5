/** Random numbers from a seed, small and fast: the same seed gives the same bridge. */
export class Dice {
  private state: number

  constructor(seed: number) {
    this.state = seed | 0
  }

  private next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return (t ^ (t >>> 14)) >>> 0
  }

  /** Bounds included. */
  int(min: number, max: number): number {
    return min + (this.next() % (max - min + 1))
  }

  chance(percent: number): boolean {
    return this.next() % 100 < percent
  }

  pick<T>(list: readonly T[]): T {
    return list[this.next() % list.length]!
  }
}
