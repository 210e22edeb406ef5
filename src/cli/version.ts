import { readFileSync } from 'node:fs'
import { packaged } from './packaged.js'

/** This package's name and version. */
export const toolVersion = (): string =>
  `tfchain-spec ${(JSON.parse(readFileSync(packaged('package.json'), 'utf8')) as { version: string }).version}`
