import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where a rule comes from: the spec's own file, and the Rust that it restates. */
export interface Source {
  readonly file: string
  readonly rust: string | undefined
}

/**
 * Finds the rules in the spec's files. A rule's Rust is what the nearest `@source` above it names; a file's first one
 * stands for the rules before it.
 * @param folder of the spec, in TypeScript or as built
 */
export function findSources(folder: string): ReadonlyMap<string, Source> {
  const found = new Map<string, Source>()
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|js)$/.test(name) && !/\.(test|d)\.ts$/.test(name))
    .map((name) => name.replaceAll('\\', '/'))
    .sort()
  for (const name of names) {
    const text = readFileSync(join(folder, name), 'utf8')
    const file = `spec/${name.replace(/\.js$/, '.ts')}`
    let rust = /@source ([^*\n]+)/.exec(text)?.[1]?.trim()
    for (const [, source, rule] of text.matchAll(/@source ([^*\n]+)|\b(?:refuse|trap|accept)\(\s*['"]([A-Za-z0-9@_.-]+)['"]/g)) {
      if (source !== undefined) rust = source.trim()
      else if (rule !== undefined && !found.has(rule)) found.set(rule, { file, rust })
    }
  }
  return found
}
