import { existsSync, readFileSync } from 'node:fs'

/** This package's version; package.json lies two folders up from the sources and three from what is built. */
export function toolVersion(): string {
  const file = ['../../package.json', '../../../package.json'].map((path) => new URL(path, import.meta.url)).find((url) => existsSync(url))
  return file === undefined ? 'unknown' : `tfchain-spec ${(JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version}`
}
