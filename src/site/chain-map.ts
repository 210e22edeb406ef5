import { findItem } from '../../spec/kernel/item.js'
import type { ShapeDef } from '../../spec/kernel/shape.js'
import type { Graph, Line } from './graph.js'
import type { SpecView } from './view.js'
import { words } from './words.js'

/** How entities lean on each other: what each refers to in storage, and what each sends to others. */

/** Where an entity's machine keeps it. */
const stores: Readonly<Record<string, readonly string[]>> = {
  twin: ['TfgridModule.Twins'],
  entity: ['TfgridModule.Entities'],
  farm: ['TfgridModule.Farms'],
  node: ['TfgridModule.Nodes'],
  'pricing-policy': ['TfgridModule.PricingPolicies'],
  'farming-policy': ['TfgridModule.FarmingPoliciesMap'],
  contract: ['SmartContractModule.Contracts'],
  'service-contract': ['SmartContractModule.ServiceContracts'],
  'solution-provider': ['SmartContractModule.SolutionProviders'],
  'billing-loop': ['SmartContractModule.ContractsToBillAt'],
  account: ['Balances.Locks'],
  mint: ['TFTBridgeModule.MintTransactions'],
  burn: ['TFTBridgeModule.BurnTransactions'],
  refund: ['TFTBridgeModule.RefundTransactions'],
  price: [],
}
/** What is read without an id: there is one of it. */
const reads: readonly (readonly [from: string, to: string, text: string])[] = [
  ['contract', 'price', 'bills ask for the price'],
  ['contract', 'pricing-policy', 'bills ask for policy 1'],
  ['service-contract', 'price', 'bills ask for the price'],
]
/** The chain calls the same thing by the same name everywhere. */
const namesOf: Readonly<Record<string, string>> = {
  twinId: 'twin',
  serviceTwinId: 'twin',
  consumerTwinId: 'twin',
  farmId: 'farm',
  nodeId: 'node',
  contractId: 'contract',
  solutionProviderId: 'solution-provider',
  pricingPolicyId: 'pricing-policy',
  farmingPolicyId: 'farming-policy',
  accountId: 'account',
  who: 'account',
  target: 'account',
  foundationAccount: 'account',
}

const plainNames = new Set([
  'twinId',
  'farmId',
  'nodeId',
  'contractId',
  'solutionProviderId',
  'pricingPolicyId',
  'farmingPolicyId',
  'accountId',
])

function* fieldsOf(shape: ShapeDef): Generator<string> {
  if (shape.kind === 'struct')
    for (const [name, of] of shape.fields) {
      yield name
      yield* fieldsOf(of)
    }
  else if (shape.kind === 'enum') for (const [, , of] of shape.variants) yield* fieldsOf(of)
  else if (shape.kind === 'vec' || shape.kind === 'option' || shape.kind === 'array') yield* fieldsOf(shape.of)
  else if (shape.kind === 'tuple') for (const of of shape.of) yield* fieldsOf(of)
}

export function chainMap(view: SpecView): Graph {
  const ids = Object.keys(stores).filter((id) => view.machines.some((m) => m.id === id))
  const lines = new Map<string, Line[]>()
  const add = (from: string, to: string, kind: Line['kind'], text: string): void => {
    if (from === to || !ids.includes(to)) return
    const key = `${from} ${to}`
    const list = lines.get(key) ?? []
    if (!list.some((l) => l.text === text)) list.push({ kind, text, ways: [], event: '' })
    lines.set(key, list)
  }
  for (const [from, to, text] of reads) add(from, to, 'more', text)
  for (const id of ids) {
    for (const name of stores[id] ?? []) {
      const item = findItem(...(name.split('.') as [string, string]))
      if (item !== undefined)
        for (const field of fieldsOf(item.valueAt(view.edition.version)))
          if (namesOf[field] !== undefined) add(id, namesOf[field], 'more', field)
    }
    for (const { lists } of view.machine(id).handlers)
      for (const { branches } of lists)
        for (const { steps } of branches)
          for (const step of steps) if (step.kind === 'send') for (const to of step.to) add(id, to, 'stage', words(step.event))
  }
  return {
    title: 'How entities lean on each other',
    boxes: ids.map((id) => ({
      ...{ id, state: id, title: id, isNothing: false },
      lines: [{ kind: 'more', text: view.machine(id).machine.pallet.replace(/Module$/, ''), ways: [], event: '' }],
    })),
    arrows: [...lines].map(([key, list]) => {
      const [from, to] = key.split(' ') as [string, string]
      const most = 4
      // A field that is named after what it refers to says nothing that the arrow does not.
      const told = list.filter(({ text }) => !plainNames.has(text))
      return {
        ...{ from: [from], to, begin: from, end: to },
        isSeen: list.every(({ kind }) => kind === 'more'),
        lines:
          told.length <= most
            ? told
            : [...told.slice(0, most - 1), { kind: 'more', text: `and ${told.length - most + 1} more`, ways: [], event: '' }],
      }
    }),
  }
}
