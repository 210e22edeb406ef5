import { Draw, mixSeed } from '../../model/draw.js'
import type { CallType } from '../../spec/kernel/call.js'
import { createNameContract, createNodeContract, createRentContract } from '../../spec/pallets/smart-contract/calls.js'
import { createFarm, createTwin, userAcceptTc } from '../../spec/pallets/tfgrid/calls.js'
import { createNode } from '../../spec/pallets/tfgrid/calls-node.js'
import type { AccountId } from '../../spec/kernel/shape.js'
import { actors } from '../../spec/versions/genesis.js'
import type { Found, Judge } from '../compare/judge.js'
import { formulas } from './inputs.js'

export interface FormulaResult {
  readonly formula: string
  readonly inputs: number
  /** How the calls ended: `ok`, or why not. */
  readonly outcomes: Readonly<Record<string, number>>
  readonly differences: readonly (Found & { readonly input: number })[]
}

const GIGABYTE = 1n << 30n

/** Two farmers' and a user's steps up to one contract of each kind, all paid by //Bob. */
function build(judge: Judge): void {
  judge.reset()
  let id = 0
  const ask = <A>(who: AccountId, call: CallType<A>, args: A): void => {
    const { found, receipt } = judge.call({ type: 'call', id: id++, who, call: call as unknown as CallType, args, refs: [] })
    if (found !== undefined || receipt.outcome.type !== 'ok')
      throw new Error(`the stand cannot be built: ${call.name} ${JSON.stringify(found ?? receipt.outcome)}`)
  }
  for (const who of [actors.alice, actors.bob]) {
    ask(who, userAcceptTc, { documentLink: 'l', documentHash: 'h' })
    ask(who, createTwin, { relay: undefined, pk: undefined })
  }
  ask(actors.alice, createFarm, { name: 'farm', publicIps: [] })
  const location = { city: 'Ghent', country: 'Belgium', latitude: '51.0', longitude: '3.7' }
  const resources = { hru: 0n, sru: 512n * GIGABYTE, cru: 8n, mru: 16n * GIGABYTE }
  ask(actors.alice, createNode, {
    farmId: 1,
    resources,
    location,
    interfaces: [],
    secureBoot: false,
    virtualized: false,
    serialNumber: undefined,
  })
  ask(actors.bob, createNodeContract, {
    nodeId: 1,
    deploymentHash: 'h'.repeat(32),
    deploymentData: '',
    publicIps: 0,
    solutionProviderId: undefined,
  })
  ask(actors.bob, createNameContract, { name: 'name' })
  // A second node, so that the rent contract leaves the first one's node contract to be billed for its resources.
  ask(actors.bob, createNode, {
    farmId: 1,
    resources,
    location,
    interfaces: [],
    secureBoot: false,
    virtualized: false,
    serialNumber: undefined,
  })
  ask(actors.bob, createRentContract, { nodeId: 2, solutionProviderId: undefined })
  const advanced = judge.advance({ type: 'advance', id: id++, blocks: 1, seconds: 3600 })
  if (advanced !== undefined) throw new Error(`the stand cannot be built: ${JSON.stringify(advanced)}`)
}

/** Computes each formula on random inputs on both sides, through the call that uses it, and compares everything. */
export function compareFormulas(
  judge: Judge,
  seed: number,
  inputs: number,
  progress: (formula: string, done: number) => void = () => undefined,
): readonly FormulaResult[] {
  build(judge)
  return Object.entries(formulas).map(([formula, write], f) => {
    const outcomes: Record<string, number> = {}
    const differences: (Found & { input: number })[] = []
    for (let i = 0; i < inputs && differences.length < 10; i++) {
      if (i % 1_000 === 0) progress(formula, i)
      judge.scratch(() => {
        const { call, args, who } = write({ judge, d: new Draw(mixSeed(seed + f, i), judge.reference.w, [actors.bob]) })
        const { found, receipt } = judge.call({ type: 'call', id: i, who, call, args, refs: [] })
        const { outcome } = receipt
        const ending =
          outcome.type === 'ok'
            ? 'ok'
            : outcome.type === 'error'
              ? outcome.error
              : outcome.type === 'invalid'
                ? outcome.reason
                : `panic: ${outcome.message}`
        outcomes[ending] = (outcomes[ending] ?? 0) + 1
        if (found !== undefined) differences.push({ input: i, ...found })
      })
    }
    return { formula, inputs: Object.values(outcomes).reduce((a, b) => a + b, 0), outcomes, differences }
  })
}
