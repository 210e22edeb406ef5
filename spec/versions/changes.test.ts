import { describe, expect, test } from 'vitest'
import { callTypes } from '../kernel/call.js'
import { eventTypes } from '../kernel/event.js'
import { items } from '../kernel/item.js'
import type { SpecVersion } from '../kernel/version.js'
import { machines } from '../machines.js'
import { registeredErrors } from '../pallets/system/dispatch-error.js'
import { palletsAt } from '../pallets/system/pallets.js'
import { scheduleAt } from '../pallets/transaction-payment/fee.js'
import { changes } from './changes.js'
import { describedVersions, newestVersion } from './editions.js'
import { quirks } from './quirks.js'
import { callsAt } from './weights.js'

/** No version is beyond this one. */
const END = newestVersion + 100

/** Versions at which a history gives another definition: the same object comes back as long as nothing changed. */
function* turns(at: (version: SpecVersion) => unknown): Generator<SpecVersion> {
  for (let version = 1; version < END; version++) if (at(version) !== at(version - 1)) yield version
}

/** Every boundary that the spec's spans and histories name, with one place that names it. */
function boundaries(): Map<SpecVersion, string> {
  const found = new Map<SpecVersion, string>()
  const add = (version: SpecVersion | undefined, where: string): void => {
    if (version !== undefined && version > 0 && version < Infinity && !found.has(version)) found.set(version, where)
  }
  for (const { id, states } of machines)
    for (const on of Object.values(states))
      for (const { meta } of Object.values(on).flat()) for (const version of [meta.from, meta.until]) add(version, `${id} ${meta.rule}`)
  for (const item of items) {
    const name = `${item.pallet}.${item.name}`
    for (const version of [item.from, item.until, ...turns(item.valueAt), ...(item.orElseHistory ?? []).map(([from]) => from)])
      add(version, name)
  }
  for (const [name, type] of callTypes) for (const version of [type.until, ...turns(type.argsAt)]) add(version, name)
  for (const [name, type] of eventTypes) for (const version of turns(type.shapeAt)) add(version, name)
  for (const [name, at] of Object.entries({ palletsAt, scheduleAt, callsAt })) for (const version of turns(at)) add(version, name)
  for (const pallet of new Set(items.map((item) => item.pallet)))
    for (const version of turns((v) => errorsAt(pallet, v))) add(version, `errors of ${pallet}`)
  for (const { id, from, until } of quirks) for (const version of [from, until]) add(version, id)
  return found
}

/** A pallet's errors, as one text: a version without any throws. */
function errorsAt(pallet: string, version: SpecVersion): string {
  try {
    return registeredErrors(pallet, version).join()
  } catch {
    return ''
  }
}

describe('changes of the chain', () => {
  const used = boundaries()
  const recorded = new Set(changes.map(({ version }) => version))

  test('are recorded for every version that a span or a history names', () => {
    const missing = [...used].filter(([version]) => !recorded.has(version)).map(([version, where]) => `${version}: ${where}`)
    expect(missing).toEqual([])
  })

  test('have an id of their own, a commit and a sentence, and stand in order', () => {
    expect(new Set(changes.map(({ id }) => id)).size).toBe(changes.length)
    for (const { id, commit, says } of changes) {
      expect(id).toMatch(/^[A-Z0-9]+(-[A-Z0-9]+)*$/)
      expect(commit).toMatch(/^[0-9a-f]{8}$/)
      expect(says).not.toBe('')
    }
    expect(changes.map(({ version }) => version)).toEqual(changes.map(({ version }) => version).sort((a, b) => a - b))
  })

  test('lie after the oldest version that is described', () => {
    for (const { version } of changes) expect(version).toBeGreaterThan(describedVersions[0]!)
  })
})

test('a rule’s id means one branch, whatever the version', () => {
  const meanings = new Map<string, Set<string>>()
  for (const { states } of machines)
    for (const { guard, meta } of Object.values(states).flatMap((on) => Object.values(on).flat())) {
      const meaning = [guard, meta.quirk, meta.instead].map((part) => part ?? '-').join(' ')
      meanings.set(meta.rule, (meanings.get(meta.rule) ?? new Set()).add(meaning))
    }
  expect([...meanings].filter(([, all]) => all.size > 1).map(([rule]) => rule)).toEqual([])
})
