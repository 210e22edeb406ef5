import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { mergeBlobs, readBlob } from '../../conformance/run/blob.js'
import { reportOf } from './conform-runtime.js'
import { usage } from './exit.js'
import { publish, type PublishOptions } from './publish.js'
import { ensureWritable } from './write.js'

/** A shard's file is a few MB; one of another kind may fill the memory. */
const mostBytes = 256 << 20

/** `tfspec merge`: the shards of a run as one report. */
export function addMerge(program: Command): void {
  program
    .command('merge')
    .argument('<file...>', 'what `conform --shard i/n --blob FILE` wrote, each shard once')
    .description('The shards of a run as one report: the same as the run would have given in one piece')
    .option('--json', 'the report as JSON on standard output')
    .option('--junit <file>', 'the report as JUnit XML')
    .option('--ctrf <file>', 'the report as CTRF JSON')
    .option('-o, --out <folder>', 'keep the report and the shrunk sequences there')
    .addHelpText('after', '\nExample:\n  $ tfspec merge shards/*.json --out report\n\nExit codes: as those of conform.')
    .action((files: string[], options: PublishOptions) => {
      if (options.out !== undefined) ensureWritable(options.out)
      const { question, result } = mergeBlobs(files.map((file) => [file, readBlob(textOf(file), file)] as const))
      process.exitCode = publish(reportOf(result, question, options.out), options)
    })
}

function textOf(file: string): string {
  try {
    const text = readFileSync(file)
    if (text.length > mostBytes) throw new Error(`larger than ${mostBytes >> 20} MiB`)
    return text.toString('utf8')
  } catch (error) {
    throw usage(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})`)
  }
}
