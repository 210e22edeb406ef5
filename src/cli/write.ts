import { randomBytes } from 'node:crypto'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { unusable } from './exit.js'

/**
 * Writes a file whole or not at all.
 * @throws CliError with exit code 3 when the folder cannot be written
 */
export function writeWhole(file: string, text: string): void {
  const part = `${file}.${randomBytes(6).toString('hex')}.part`
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(part, text)
    renameSync(part, file)
  } catch (cause) {
    discard(part)
    throw unusable(
      `${file} cannot be written (${(cause as NodeJS.ErrnoException).code ?? (cause as Error).message}): give a folder that you may write to`,
      cause,
    )
  }
}

/** Removes what was begun; that it is not there, or nothing can be there, is all the same. */
function discard(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // The error that led here is the one to tell.
  }
}

/**
 * Finds out before a long run whether its results can be written.
 * @throws CliError with exit code 3
 */
export function ensureWritable(directory: string): void {
  const probe = join(directory, `.tfspec-${randomBytes(4).toString('hex')}`)
  writeWhole(probe, '')
  rmSync(probe, { force: true })
}
