import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import type { SiteFile } from './data.js'

/** A folder's mark: only what `tfspec show` made is ever replaced by it. */
export const markName = '.tfspec-site'

export interface Written {
  readonly files: number
  readonly bytes: number
}

/** A folder that is not ours, or cannot be written. */
export class SiteFolderError extends Error {
  readonly isForeign: boolean
  constructor(message: string, isForeign: boolean, options?: ErrorOptions) {
    super(message, options)
    this.name = 'SiteFolderError'
    this.isForeign = isForeign
  }
}

/**
 * Writes a site into a folder, and removes what an earlier one left there.
 * @throws SiteFolderError when the folder holds something else
 */
export async function writeSite(folder: string, files: AsyncIterable<SiteFile>): Promise<Written> {
  const mark = join(folder, markName)
  let bytes = 0
  const made = new Set<string>([markName])
  try {
    if (existsSync(folder) && !existsSync(mark) && readdirSync(folder).length > 0)
      throw new SiteFolderError(`${folder} holds something that is no site of tfspec: give an empty folder with --out`, true)
    mkdirSync(folder, { recursive: true })
    writeFileSync(mark, 'Made by tfspec show: it replaces everything in this folder.\n')
    for await (const { path, content } of files) {
      const file = join(folder, path)
      const whole = Buffer.from(content)
      made.add(path)
      bytes += whole.length
      // What stays the same is left alone, so that a server's watchers and caches see what changed.
      if (existsSync(file) && readFileSync(file).equals(whole)) continue
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(`${file}.part`, whole)
      renameSync(`${file}.part`, file)
    }
    for (const name of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const path = relative(folder, join(name.parentPath, name.name)).split(sep).join('/')
      if (name.isFile() && !made.has(path)) rmSync(join(folder, path))
    }
  } catch (cause) {
    if (cause instanceof SiteFolderError || (cause as NodeJS.ErrnoException).code === undefined) throw cause
    throw new SiteFolderError(
      `${folder} cannot be written (${(cause as NodeJS.ErrnoException).code}): give a folder that you may write to, with room on its disk`,
      false,
      { cause },
    )
  }
  return { files: made.size - 1, bytes }
}
