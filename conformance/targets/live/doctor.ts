import type { AccountId } from '../../../spec/kernel/shape.js'
import { Members } from '../../../spec/pallets/council/items.js'
import { Account } from '../../../spec/pallets/system/items.js'
import { describedVersions, editionAt, nearest } from '../../../spec/versions/editions.js'
import { ss58Encode } from '../../../src/codec/ss58.js'
import { Reference } from '../../../src/reference/reference.js'
import { headerAt, readBlock } from './block.js'
import { canTravel } from './clock.js'
import type { LiveConnection } from './connection.js'
import { isMainNet } from './endpoint.js'
import type { Signers } from './signers.js'
import { readState } from './state.js'

/** Something that a node can be tested for, or not. */
export interface Ability {
  readonly what: string
  readonly can: boolean
  readonly why: string
}

/** What a node is, and what it can be tested for. */
export interface Diagnosis {
  readonly endpoint: string
  readonly chain: string
  readonly specVersion: number
  /** The version that it is compared with. */
  readonly at: number
  readonly head: number
  readonly finalized: number
  readonly secondsPerBlock: number | null
  /** Entries that the spec models, and items that the chain has in another form. */
  readonly entries: number
  readonly unreadable: readonly string[]
  readonly people: readonly { readonly address: string; readonly free: string }[]
  readonly abilities: readonly Ability[]
}

/** The council's share that restricted calls need. @source substrate-node/runtime/src/lib.rs `EnsureRootOrCouncilApproval` @439e6919 */
const neededVotes = (members: number): number => Math.ceil((members * 3) / 5)
/** The least that a person needs to begin with: a TFT. */
const oneTft = 10_000_000n
const looksBack = 5

/** Looks at a node; submits nothing. */
export async function diagnose(connection: LiveConnection, signers: Signers): Promise<Diagnosis> {
  const { specVersion, chainName, metadata } = connection
  const at = nearest(specVersion)
  const hash = await connection.send<string>('chain_getBlockHash', [])
  const head = await headerAt(connection, hash)
  const finalized = await headerAt(connection, await connection.send<string>('chain_getFinalizedHead', []))
  const { entries, unreadable } = await readState(connection, hash, at)
  const { w } = new Reference(editionAt(at), entries)
  const people = [...signers.keys()].map((who) => ({ who, free: w.get(Account, who).data.free }))
  const rich = people.filter(({ free }) => free >= oneTft)
  const members: readonly AccountId[] = metadata.findItem('Council', 'Members') === undefined ? [] : w.get(Members)
  const here = members.filter((who) => signers.has(who)).length
  const isMain = isMainNet(chainName)
  const abilities: Ability[] = [
    {
      what: 'submit calls',
      can: !isMain && rich.length > 0,
      why: isMain
        ? 'it calls itself main net: nothing is ever submitted there'
        : `${rich.length} of ${people.length} people whose keys are here have a TFT or more`,
    },
    {
      what: 'compare with the spec of its own version',
      can: describedVersions.includes(specVersion),
      why: describedVersions.includes(specVersion)
        ? `spec_version ${specVersion} is described`
        : `nobody has described ${specVersion}; it is compared with ${at}`,
    },
    {
      what: 'restricted calls by the council',
      can: members.length > 0 && here >= neededVotes(members.length),
      why:
        members.length === 0
          ? 'it has no council'
          : `${here} of ${members.length} members' keys are here, ${neededVotes(members.length)} votes are needed`,
    },
    {
      what: 'restricted calls by sudo',
      can: false,
      why: metadata.pallets.some(({ name }) => name === 'Sudo') ? 'it has sudo, which the spec does not describe' : 'it has no sudo',
    },
    {
      what: 'move time: bills, grace periods, expiries',
      can: canTravel(connection),
      why: canTravel(connection)
        ? 'it has dev_newBlock and dev_timeTravel'
        : 'it has no dev_newBlock and dev_timeTravel: jumps of time are left out',
    },
    {
      what: 'read all that the spec models',
      can: unreadable.length === 0,
      why: unreadable.length === 0 ? `${entries.length} entries` : `in another form: ${unreadable.join(', ')}`,
    },
  ]
  return {
    endpoint: connection.endpoint,
    chain: chainName,
    specVersion,
    at,
    head: head.number,
    finalized: finalized.number,
    secondsPerBlock: await pace(connection, hash),
    entries: entries.length,
    unreadable,
    people: people.map(({ who, free }) => ({ address: ss58Encode(who), free: free.toString() })),
    abilities,
  }
}

/** Seconds between the last blocks, by the chain's own clock; null where there are too few. */
async function pace(connection: LiveConnection, hash: string): Promise<number | null> {
  const last = await readBlock(connection, hash)
  let first = last
  for (let i = 0; i < looksBack && first.number > 1; i++) first = await readBlock(connection, first.parent)
  const blocks = last.number - first.number
  return blocks === 0 ? null : Number(last.timeMs - first.timeMs) / 1000 / blocks
}
