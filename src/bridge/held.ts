import type { Trouble } from './trouble.js'

interface Held {
  readonly index: number
  readonly call: () => unknown
}

/** Calls that nodes have taken which are cut off: they are applied when those meet the others, in the order in which they were sent. */
export class HeldCalls {
  private held: Held[] = []
  private readonly trouble: Trouble

  constructor(trouble: Trouble) {
    this.trouble = trouble
  }

  hold(index: number, call: () => unknown): void {
    this.held.push({ index, call })
  }

  /** A round begins. */
  round(): void {
    if (this.held.length === 0) return
    const still: Held[] = []
    for (const held of this.held.splice(0))
      if (this.trouble.is('split', held.index)) still.push(held)
      else held.call()
    this.held = still
  }
}
