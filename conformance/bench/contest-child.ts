/** A process of `npm run bench`: measures what its argument asks for, and writes the rows as JSON. */
import { readFileSync } from 'node:fs'
import { makes } from './contenders.js'
import type { Contest } from './contest.js'
import { measure } from './measure.js'
import { rowsOf } from './report.js'
import { yardstickRow } from './rows.js'

const { id, seed, rounds, millis, runtime } = JSON.parse(process.argv[2]!) as Contest
const yardstick = yardstickRow()
const contenders = [yardstick, ...makes[id]!({ seed, code: runtime === undefined ? undefined : readFileSync(runtime) })]
process.stdout.write(JSON.stringify(rowsOf(contenders, measure(contenders, { rounds, millis }), yardstick.id)))
