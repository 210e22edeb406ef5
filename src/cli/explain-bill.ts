import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { styleText } from 'node:util'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { billFunction, example, type BillInput, type ExplainedBill } from '../site/pages/bill-page.js'
import { packaged } from './packaged.js'

type Amount = Exclude<keyof BillInput, 'kind' | 'quirky'>

/** What the bill is made of, with its unit; left out it is what the development chain has, for a small machine for an hour. */
const amounts: readonly (readonly [name: Amount, flag: string, says: string])[] = [
  ['hru', '--hru <bytes>', 'disk; bytes, or with GiB, as in 50GiB'],
  ['sru', '--sru <bytes>', 'SSD'],
  ['mru', '--mru <bytes>', 'memory'],
  ['cru', '--cru <cores>', 'virtual cores'],
  ['ips', '--ips <n>', 'public IPs'],
  ['nru', '--nru <bytes>', 'network use that was reported since the last bill'],
  ['window', '--window <seconds>', 'what the report of network use covers'],
  ['elapsed', '--elapsed <seconds>', 'time since the last bill'],
  ['balance', '--balance <amount>', 'what the payer can use, 1e-7 TFT'],
  ['locked', '--locked <amount>', 'what earlier bills of the contract have locked, 1e-7 TFT'],
  ['price', '--price <price>', 'average price of a TFT, 1e-3 USD'],
  ['minPrice', '--min-price <price>', 'least price of a TFT, 1e-3 USD'],
  ['maxPrice', '--max-price <price>', 'greatest price of a TFT, 1e-3 USD'],
  ['su', '--su <price>', 'policy: a storage unit, 1e-7 USD an hour'],
  ['cu', '--cu <price>', 'policy: a compute unit'],
  ['nu', '--nu <price>', 'policy: a GB of network use'],
  ['ipu', '--ipu <price>', 'policy: a public IP'],
  ['uniqueName', '--unique-name <price>', 'policy: a name'],
  ['dedicated', '--dedicated <percent>', 'policy: the share of its price that a whole node costs'],
  ['extraFee', '--extra-fee <fee>', 'the farmer’s fee for a rented node, 1e-3 USD a month'],
]

/** The one quirk that the steps can do without. */
const PERIOD = 'Q-DISCOUNT-PERIOD'
const GIB = 1n << 30n
const amount = (text: string): bigint => {
  const match = /^(\d+)(GiB)?$/.exec(text)
  if (match === null) throw new InvalidArgumentError('give a whole number, or one of GiB')
  return BigInt(match[1]!) * (match[2] === undefined ? 1n : GIB)
}

/** `tfspec explain bill`: what a contract costs, step by step. @param explain the command that it belongs to */
export function addExplainBill(explain: Command): void {
  const command = explain
    .command('bill')
    .description('What a grid contract costs: every step with its rounding, exact to the last bit')
    .addOption(new Option('--kind <kind>', 'of contract').choices(['node', 'rentedNode', 'rent', 'name']).default('node'))
    .addOption(new Option('--without <quirk>', 'as if it were repaired; all else is as at 144').choices([PERIOD]))
    .option('--json', 'as JSON')
  // The help would print a default with JSON, which knows no bigint.
  for (const [name, flag, says] of amounts)
    command.addOption(new Option(flag, says).argParser(amount).default(example[name], String(example[name])))
  command
    .addHelpText(
      'after',
      '\nExamples:\n  $ tfspec explain bill --cru 4 --mru 8GiB --elapsed 600\n  $ tfspec explain bill --kind rent --extra-fee 5000 --elapsed 86400 --without Q-DISCOUNT-PERIOD',
    )
    // The parent has an option of that name, too, which takes it.
    .action(() => print(command.optsWithGlobals<Given>()))
}

/** The bill of an input. The steps are those of the site's page; a property holds their result equal to the spec's functions. */
export const explainBill = (input: BillInput): ExplainedBill =>
  billFunction(readFileSync(join(packaged('src/site/client'), 'bill-steps.js'), 'utf8'))(input)

type Given = Omit<BillInput, 'quirky'> & { readonly without?: string; readonly json?: boolean }

function print({ without, json, ...given }: Given): void {
  const bill = explainBill({ ...given, quirky: without !== PERIOD })
  const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value)
  process.stdout.write(json === true ? `${JSON.stringify(bill, plain, 1)}\n` : `${text(bill)}\n`)
}

function text({ steps, due, level, trap }: ExplainedBill): string {
  const width = Math.max(...steps.map(({ name }) => name.length))
  const lines = steps.flatMap(({ name, how, value, unit, rounding }) => [
    `${name.padEnd(width)}  ${styleText('bold', value)} ${unit}`,
    `${' '.repeat(width)}  ${how}; ${rounding}`,
  ])
  const end = trap === null ? `due ${due} (1e-7 TFT), discount ${level}` : `the runtime traps: ${trap}`
  return [...lines, '', styleText('bold', end)].join('\n')
}
