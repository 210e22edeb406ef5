import { signingReady } from './signing.js'

/** When blocks are made: as soon as something is submitted, every 6 s, or on `dev_newBlock`. */
export type Sealing = 'instant' | 'interval' | 'manual'

export interface SealerOptions {
  readonly now: () => number
  readonly intervalMs: number
  /** Makes a block. */
  readonly make: () => void
  /** Makes a block of what is ready, if anything is. @returns true when some of it is left for another block */
  readonly makeOfReady: () => boolean
  /** Told what went wrong, since there is no caller. */
  readonly onTrouble: (error: Error) => void
}

/** Decides when the next block is made. */
export class Sealer {
  private readonly options: SealerOptions
  private mode: Sealing = 'manual'
  private timer: NodeJS.Timeout | undefined
  private requested = false

  constructor(options: SealerOptions) {
    this.options = options
  }

  get sealing(): Sealing {
    return this.mode
  }

  set(sealing: Sealing): void {
    this.mode = sealing
    clearTimeout(this.timer)
    // The off-chain worker signs after a block.
    if (sealing === 'interval') void signingReady().then(() => this.schedule())
    this.request()
  }

  /** Instant sealing: everything that arrives before the event loop turns shares a block. */
  request(): void {
    if (this.mode !== 'instant' || this.requested) return
    this.requested = true
    setImmediate(() => {
      this.requested = false
      if (this.mode !== 'instant') return
      this.attempt(() => {
        if (this.options.makeOfReady()) this.request()
      })
    })
  }

  private schedule(): void {
    if (this.mode !== 'interval') return
    const { now, intervalMs, make } = this.options
    clearTimeout(this.timer)
    // On the slots' edges, as the authors of a real chain.
    this.timer = setTimeout(
      () => {
        this.attempt(make)
        this.schedule()
      },
      intervalMs - (now() % intervalMs),
    )
  }

  private attempt(run: () => void): void {
    try {
      run()
    } catch (error) {
      this.options.onTrouble(error as Error)
    }
  }
}
