import { runInNewContext } from 'node:vm'
import { html, type Content, type Html } from '../html.js'
import { table, type Page } from '../page.js'

/** The input and the result of the page's own script `bill-steps.js`; it describes the fields. */
export interface BillInput {
  readonly kind: 'node' | 'rentedNode' | 'rent' | 'name'
  readonly hru: bigint
  readonly sru: bigint
  readonly mru: bigint
  readonly cru: bigint
  readonly ips: bigint
  readonly nru: bigint
  readonly window: bigint
  readonly elapsed: bigint
  readonly balance: bigint
  readonly locked: bigint
  readonly price: bigint
  readonly minPrice: bigint
  readonly maxPrice: bigint
  readonly su: bigint
  readonly cu: bigint
  readonly nu: bigint
  readonly ipu: bigint
  readonly uniqueName: bigint
  readonly dedicated: bigint
  readonly extraFee: bigint
  readonly quirky: boolean
}
export interface BillStep {
  readonly name: string
  readonly how: string
  readonly value: string
  readonly unit: string
  readonly rounding: string
}
export interface ExplainedBill {
  readonly steps: readonly BillStep[]
  readonly due: bigint
  readonly level: string
  readonly trap: string | null
}

/** The script's function, as the browser runs it: the page's example is its own. */
export const billFunction = (script: string): ((input: BillInput) => ExplainedBill) =>
  runInNewContext(`${script}\ntfspecBill`) as (input: BillInput) => ExplainedBill

const gib = (n: bigint): bigint => n << 30n
/** A small virtual machine for an hour, at the prices of the development chain. */
export const example: BillInput = {
  kind: 'node',
  ...{ hru: 0n, sru: gib(50n), mru: gib(4n), cru: 2n, ips: 1n, nru: 0n, window: 3600n, elapsed: 3600n },
  ...{ balance: 1_000_000_000n, locked: 0n, price: 50n, minPrice: 10n, maxPrice: 1000n },
  ...{ su: 100_000n, cu: 200_000n, nu: 30_000n, ipu: 50_000n, uniqueName: 10_000n, dedicated: 50n, extraFee: 0n, quirky: true },
}

type Field = readonly [name: string, label: string, value: string, unit: string]
const groups: readonly (readonly [legend: string, fields: readonly Field[]])[] = [
  [
    'When, and who pays',
    [
      ['elapsed', 'Since the last bill', '3600', 's'],
      ['balance', 'Usable balance', '100', 'TFT'],
      ['locked', 'Locked by earlier bills', '0', 'TFT'],
    ],
  ],
  [
    'What is used',
    [
      ['sru', 'SSD', '50', 'GB'],
      ['hru', 'HDD', '0', 'GB'],
      ['mru', 'Memory', '4', 'GB'],
      ['cru', 'Virtual cores', '2', ''],
      ['ips', 'Public IPs', '1', ''],
      ['nru', 'Network use reported', '0', 'GB of 1000³'],
      ['window', 'over', '3600', 's'],
      ['extraFee', 'Surcharge of a rented node', '0', '1e-3 USD a month'],
    ],
  ],
  [
    'Prices',
    [
      ['price', 'Average price of a TFT', '50', '1e-3 USD'],
      ['minPrice', 'at least', '10', '1e-3 USD'],
      ['maxPrice', 'at most', '1000', '1e-3 USD'],
      ['su', 'A storage unit and hour', '100000', '1e-7 USD'],
      ['cu', 'A compute unit and hour', '200000', '1e-7 USD'],
      ['nu', 'A GB of network use', '30000', '1e-7 USD'],
      ['ipu', 'A public IP and hour', '50000', '1e-7 USD'],
      ['uniqueName', 'A name and hour', '10000', '1e-7 USD'],
      ['dedicated', 'A whole node costs', '50', '%'],
    ],
  ],
]

export function billPage(script: string): Page {
  const { steps, due } = billFunction(script)(example)
  const field = ([name, label, value, unit]: Field): Html =>
    html`<label
      ><span>${label}</span><input name="${name}" value="${value}" inputmode="decimal" autocomplete="off" disabled /><small
        >${unit}</small
      ></label
    >`
  return {
    path: 'bill.html',
    title: 'A bill, explained',
    section: 'bill',
    scripts: ['bill-steps.js', 'bill.js'],
    body: html`<h1>A bill, explained</h1>
      <p class="lead">
        Each step of what a grid contract costs, with its rounding. It computes as the chain does: 64 bits before the point and 64 behind
        it.
      </p>
      <form id="bill" class="bill">
        <fieldset>
          <legend>Contract</legend>
          <label
            ><span>Kind</span
            ><select name="kind" disabled>
              <option value="node">node contract</option>
              <option value="rentedNode">node contract on a rented node</option>
              <option value="rent">rent contract: a whole node</option>
              <option value="name">name contract</option>
            </select></label
          ><label
            ><span>Read at</span
            ><select name="at" disabled>
              <option value="144">144</option>
              <option value="intended">intended</option>
            </select></label
          >
        </fieldset>
        ${groups.map(
          ([legend, fields]) =>
            html`<fieldset>
              <legend>${legend}</legend>
              ${fields.map(field)}
            </fieldset>`,
        )}
      </form>
      <p class="due">Due: <output id="bill-due" for="bill">${(Number(due) / 1e7).toFixed(7)} TFT</output></p>
      <div class="scroll" tabindex="0" role="region" aria-label="Steps of the bill">
        <table class="bill-steps">
          <thead>
            <tr>
              <th scope="col">Step</th>
              <th scope="col">How</th>
              <th scope="col" class="number">Gives</th>
              <th scope="col">Rounding</th>
            </tr>
          </thead>
          <tbody id="bill-steps">
            ${steps.map(
              (step) =>
                html`<tr>
                  <th scope="row">${step.name}</th>
                  <td>${step.how}</td>
                  <td class="number">${step.value} ${step.unit}</td>
                  <td>${step.rounding}</td>
                </tr> `,
            )}
          </tbody>
        </table>
      </div>
      <h2>Where it goes</h2>
      <p>Bills lock their amount on the payer’s account. Every 24th bill, or when the contract ends, what is locked is paid out:</p>
      ${payout}
      <p>
        What cannot be paid is not paid: the payout takes the usable balance, of which the existential deposit is kept back when no other
        lock remains.
      </p>`,
  }
}

const payout: Content = table(
  'Payout',
  ['Share', 'Goes to', 'Rounding'],
  [
    ['the surcharge', 'the farmer of the rented node, before all others', 'exact'],
    ['10 %', 'the foundation', 'to the nearest, a half down'],
    ['5 %', 'the staking pool', 'to the nearest, a half down'],
    ['up to 50 %', 'solution providers, each its take; what they leave goes to the sales account', 'each to the nearest, a half down'],
    ['35 %', 'burnt', 'half of the amount less the two shares above, so that nothing is lost'],
  ],
)
