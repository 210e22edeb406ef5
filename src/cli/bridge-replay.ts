import { basename, join } from 'node:path'
import { confirmOnRuntime } from '../bridge/confirm.js'
import { DeployedBridge } from '../bridge/deployed.js'
import { deployedAt } from '../bridge/editions.js'
import { breachOf, titleOf } from '../bridge/finding.js'
import { KEPT, readKept } from '../bridge/kept.js'
import { sequenceDiagram } from '../bridge/report/sequence.js'
import { replayText } from '../bridge/report/text.js'
import { listRuntimes } from '../registry/registry.js'
import { exit } from './exit.js'
import { ensureWritable, writeWhole } from './write.js'

export interface ReplayArgs {
  readonly json?: boolean
  readonly out?: string
}
const plain = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value)

/** @returns the exit code: 0 when each breaks as it is on record */
export async function replayKept(files: readonly string[], { json, out }: ReplayArgs): Promise<number> {
  if (out !== undefined) ensureWritable(out)
  const runtimes = await listRuntimes()
  const results = files.map((file) => {
    const kept = readKept(file)
    const { specVersion, validators } = kept.info
    const bridge = new DeployedBridge(deployedAt(specVersion), validators)
    const breach = breachOf(bridge, kept.steps)
    const isSame =
      breach !== undefined && breach.kind === kept.kind && breach.says === kept.breach.says && breach.round === kept.breach.round
    const runtime = runtimes.find((r) => r.specVersion === specVersion)
    const result = {
      file,
      title: titleOf(kept),
      steps: kept.steps,
      isSame,
      breach,
      confirmed: confirmOnRuntime(bridge, kept.steps, runtime),
    }
    if (out !== undefined) writeWhole(join(out, `${basename(file, KEPT)}.svg`), sequenceDiagram(bridge, kept.steps, titleOf(kept)))
    return result
  })
  const text = json === true ? `${JSON.stringify(results, plain, 1)}\n` : results.map(replayText).join('')
  process.stdout.write(text)
  return results.every(({ isSame, confirmed }) => isSame && confirmed.type !== 'differs') ? exit.conforms : exit.differs
}
