import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A file or folder of this package: two folders up from the sources, three from what is built. */
export function packaged(name: string): string {
  const found = ['../../', '../../../'].map((up) => fileURLToPath(new URL(up + name, import.meta.url))).find((path) => existsSync(path))
  if (found === undefined) throw new Error(`the package lacks ${name}: install it again`)
  return found
}
