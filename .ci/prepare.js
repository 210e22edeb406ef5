/**
 * `npm ci` ends here: builds dist/. Never stops an installation: without the development tools (`--omit=dev`) there is
 * nothing to build with, and a type error is for `npm run typecheck` to report (dist/ is written all the same).
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const tsc = fileURLToPath(new URL('../node_modules/typescript7/bin/tsc', import.meta.url))

if (!existsSync(tsc)) console.error('tfspec: development tools are not installed, dist/ is not built')
else {
  const build = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })
  if (build.status !== 0) console.error('tfspec: the build reported errors; run `npm run typecheck`')
}
