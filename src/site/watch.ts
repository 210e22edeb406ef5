import { statSync, watch, type FSWatcher } from 'node:fs'
import { basename, dirname } from 'node:path'

/** Changes that come within this many milliseconds are one: editors write a file in several steps. */
const together = 300

export interface Watching {
  readonly close: () => void
}

/**
 * Calls back after files or folders changed, never while an earlier call is still at work.
 * @param places files, and folders with all that is in them; a file is followed through being replaced by another
 * @param changed what to do; what it throws goes to `failed`
 */
export function watchPlaces(places: readonly string[], changed: () => Promise<void>, failed: (error: Error) => void): Watching {
  let due: NodeJS.Timeout | undefined
  let isBusy = false
  let isClosed = false
  const again = (): void => {
    clearTimeout(due)
    if (!isClosed) due = setTimeout(() => void run(), together)
  }
  const run = async (): Promise<void> => {
    if (isBusy) return again()
    isBusy = true
    try {
      await changed()
    } catch (error) {
      failed(error as Error)
    } finally {
      isBusy = false
    }
  }
  const watchers = places.map((place): FSWatcher => {
    const watcher = statSync(place).isDirectory()
      ? watch(place, { recursive: true }, again)
      : // Many programs write a new file and rename it: whoever watches the old one hears no more.
        watch(dirname(place), (_, name) => {
          if (name === null || name === basename(place)) again()
        })
    return watcher.on('error', failed)
  })
  return {
    close: () => {
      isClosed = true
      clearTimeout(due)
      for (const watcher of watchers) watcher.close()
    },
  }
}
