import { describe, expect, test } from 'vitest'
import { callTypes } from '../../spec/kernel/call.js'
import { describedVersions, describes, editionAt } from '../../spec/versions/editions.js'
import { makers } from '../../model/makers.js'
import { findRuntime, type RegisteredRuntime } from '../../src/registry/registry.js'
import { runCampaign, type CampaignResult } from './campaign.js'

const registered = new Map<number, RegisteredRuntime>()
for (const version of describedVersions) {
  try {
    registered.set(version, await findRuntime(String(version)))
  } catch (error) {
    process.stderr.write(`SKIPPED, runs on the real runtime: ${(error as Error).message}\n`)
  }
}

const run = (version: number, calls: number, fault?: string): Promise<CampaignResult> =>
  runCampaign(
    {
      runtime: registered.get(version)!.file,
      at: String(version),
      flipped: [],
      seed: 123,
      known: [],
      ...(fault === undefined ? {} : { fault }),
    },
    { calls, workers: 1, maxFailures: 1 },
  )

describe.skipIf(!registered.has(123))('spec_version 123, of which the spec describes some calls', () => {
  const described = [...callTypes].filter(([, type]) => describes(editionAt(123), type)).map(([name]) => name)

  test('each of them has a maker', () => {
    const made = new Set(makers.map(({ call }) => `${call.pallet}.${call.name}`))
    expect(described.filter((name) => !made.has(name))).toEqual([])
  })

  test('a run makes these calls and no others, has each accepted, and meets no difference', { timeout: 60_000 }, async () => {
    const { failures, tally } = await run(123, 8_000)
    expect(failures.map(({ signature }) => signature)).toEqual([])
    expect(Object.keys(tally.perCall).sort()).toEqual(described.sort())
    expect(Object.entries(tally.perCall).filter(([, { accepted }]) => accepted === 0)).toEqual([])
  })

  /** Rules that stand only before a boundary. */
  test.each([
    'BAL-MOVE-12:drop loseDust',
    'BAL-FREEZE-5:drop freezeOnly',
    'TG-TWIN-CREATE-8:never',
    'SC-BILL-12:drop @strike',
    'SC-SETTLE-9:drop clearUnbilled',
  ])('the fault %s is found', { timeout: 60_000 }, async (fault) => {
    expect((await run(123, 8_000, fault)).failures.length).toBeGreaterThan(0)
  })
})
