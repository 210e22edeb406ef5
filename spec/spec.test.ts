import { describe, expect, test } from 'vitest'
import { Executor } from '../conformance/targets/runtime/executor.js'
import { RuntimeMetadata, type PalletMetadata } from '../conformance/targets/runtime/metadata.js'
import { decode, encodeToString } from '../src/codec/compile.js'
import { runtimeForTests } from '../src/registry/for-tests.js'
import { callTypes } from './kernel/call.js'
import { eventTypes } from './kernel/event.js'
import { items, type Item } from './kernel/item.js'
import type { Branch } from './kernel/machine.js'
import { bytes as opaque, unit, type Bytes, type Shape, type ShapeDef } from './kernel/shape.js'
import { inSpan, pick, type SpecVersion } from './kernel/version.js'
import { machines } from './machines.js'
import { registeredErrors } from './pallets/system/dispatch-error.js'
import { palletsAt } from './pallets/system/pallets.js'
import { describedVersions, editionAt, intended, newestVersion } from './versions/editions.js'

const ours = ['SmartContractModule', 'TfgridModule', 'TFTBridgeModule', 'TFTPriceModule']

/** The enum of all calls: the metadata has every pallet's, the spec those that it declares. */
const isAllCalls = (shape: ShapeDef): boolean =>
  shape.kind === 'ref' || (shape.kind === 'enum' && shape.variants.some(([name]) => name === 'TfgridModule'))
const hasNoValue = (shape: ShapeDef): boolean => shape.kind === 'enum' && shape.variants.length === 0

/**
 * Where two shapes differ, as a path; undefined where they are the same. Calls inside of calls are not looked into again, and
 * what has no value at all (`Void`) may be written as a unit. `grown`: the spec's enums may have variants that came later.
 */
function differs(spec: ShapeDef, found: ShapeDef, grown: boolean, path = ''): string | undefined {
  if (isAllCalls(spec) && isAllCalls(found)) return undefined
  if (spec.kind === 'unit' && hasNoValue(found)) return undefined
  if (spec.kind !== found.kind) return `${path}: ${spec.kind}, not ${found.kind}`
  const within = (
    parts: readonly (readonly [name: string, of: ShapeDef])[],
    others: readonly (readonly [name: string, of: ShapeDef])[],
  ): string | undefined => {
    if (parts.map(([name]) => name).join() !== others.map(([name]) => name).join())
      return `${path}: ${parts.map(([name]) => name).join()}, not ${others.map(([name]) => name).join()}`
    for (const [i, [name, of]] of parts.entries()) {
      const difference = differs(of, others[i]![1], grown, `${path}.${name}`)
      if (difference !== undefined) return difference
    }
    return undefined
  }
  if (spec.kind === 'struct' && found.kind === 'struct') return within(spec.fields, found.fields)
  if (spec.kind === 'tuple' && found.kind === 'tuple') return within(numbered(spec.of), numbered(found.of))
  if (spec.kind === 'enum' && found.kind === 'enum') {
    const variants = grown ? spec.variants.slice(0, found.variants.length) : spec.variants
    return within(indexed(variants), indexed(found.variants))
  }
  if ('of' in spec && 'of' in found) return differs(spec.of as ShapeDef, found.of as ShapeDef, grown, `${path}[]`)
  return JSON.stringify(spec) === JSON.stringify(found) ? undefined : `${path}: ${JSON.stringify(spec)}, not ${JSON.stringify(found)}`
}
const numbered = (of: readonly ShapeDef[]): (readonly [string, ShapeDef])[] => of.map((part, i) => [String(i), part])
const indexed = (variants: readonly (readonly [name: string, index: number, of: ShapeDef])[]): (readonly [string, ShapeDef])[] =>
  variants.map(([name, index, of]) => [`${name}=${index}`, of])

/**
 * What the spec does not describe before 144, although the chain had it in another form: only calls that are not described
 * there touch it, or a migration.
 */
const describedLater = new Set([
  ...['SmartContractModule.PalletVersion', 'TfgridModule.PalletVersion', 'Scheduler.Agenda', 'Scheduler.Dispatched', 'Balances.BalanceSet'],
  ...['Council.Executed', 'Council.MemberExecuted', 'Utility.BatchInterrupted', 'Utility.ItemFailed', 'Utility.DispatchedAs'],
])
const orElseAt = (item: Item, version: SpecVersion): unknown =>
  item.orElseHistory === undefined ? item.orElse : pick(version, item.orElseHistory)
/** A default's bytes; undefined when it is no value of the shape. */
function defaultOf(shape: Shape<unknown>, value: unknown): Bytes | undefined {
  try {
    return encodeToString(shape, value)
  } catch {
    return undefined
  }
}
const named = (item: Item): string => `${item.pallet}.${item.name}`

describe.each(describedVersions.map((version) => [version] as const))('the spec and the metadata of %i', async (version) => {
  const code = await runtimeForTests(String(version))
  const inFull = version === newestVersion

  describe.skipIf(code === undefined)('agree', () => {
    const metadata =
      code === undefined
        ? (undefined as unknown as RuntimeMetadata)
        : new RuntimeMetadata(Buffer.from(decode(opaque, new Executor(code).call('Metadata_metadata')), 'latin1'))
    /** What the chain has, of what the spec declares for any version; all of it at the version that is described in full. */
    const declared = (): readonly Item[] =>
      items.filter(
        (item) =>
          inSpan(version, item) &&
          (inFull || (!describedLater.has(named(item)) && metadata.findItem(item.pallet, item.name) !== undefined)),
      )

    const difference = (name: string, spec: ShapeDef, found: ShapeDef): string[] => {
      const where = differs(spec, found, !inFull)
      return where === undefined ? [] : [`${name}${where}`]
    }

    test('on the storage items: hashers, shapes of keys and values, and what an absent key reads as', () => {
      const problems = declared().flatMap((item) => {
        const found = metadata.item(item.pallet, item.name)
        const orElse = orElseAt(item, version)
        const keys = item.keys.flatMap(({ shape }, i) => difference(`${named(item)} key ${i + 1}`, shape, found.keys[i]?.shape ?? unit))
        const hashers = item.keys.map(({ hasher }) => hasher).join()
        return [
          ...keys,
          ...(hashers === found.keys.map(({ hasher }) => hasher).join() ? [] : [`${named(item)} is not hashed by ${hashers}`]),
          ...difference(named(item), item.valueAt(version), found.value),
          ...((orElse === undefined) === found.optional ? [] : [`${named(item)} is ${found.optional ? '' : 'not '}optional`]),
          ...(found.optional || orElse === undefined || defaultOf(found.value, orElse) === found.orElse
            ? []
            : [`${named(item)} has another default`]),
        ]
      })
      expect(problems).toEqual([])
    })

    test('on the calls: names, and the arguments with their shapes in order', () => {
      const here = [...callTypes.values()].filter((call) => inSpan(version, call))
      expect(here.length).toBeGreaterThan(0)
      expect(
        here.flatMap((call) =>
          difference(`${call.pallet}.${call.name}`, call.argsAt(version), metadata.callNamed(call.pallet, call.name).shape),
        ),
      ).toEqual([])
    })

    test('on the events: names and shapes', () => {
      const problems = [...eventTypes].flatMap(([name, type]) => {
        const found = palletOf(metadata, type.pallet)?.events.find((event) => event.name === type.name)
        if (!inFull && describedLater.has(name)) return []
        if (found === undefined) return inFull ? [`${name} does not exist`] : []
        return difference(name, type.shapeAt(version), found.shape)
      })
      expect(problems).toEqual([])
    })

    test('on the errors: names in order', () => {
      const pallets = new Set(items.map(({ pallet }) => pallet))
      for (const pallet of pallets) {
        const known = errorsAt(pallet, version)
        if (known.length > 0) expect({ [pallet]: known }).toEqual({ [pallet]: metadata.pallet(pallet).errors.map(({ name }) => name) })
      }
      expect(inFull ? ours.filter((pallet) => errorsAt(pallet, version).length === 0) : []).toEqual([])
    })

    test('on the pallets’ indices', () => {
      for (const [pallet, index] of Object.entries(palletsAt(version)))
        expect({ [pallet]: metadata.pallet(pallet).index }).toEqual({ [pallet]: index })
    })

    test.runIf(inFull)('on all that the four pallets have: nothing is missing', () => {
      const pallets = ours.map((pallet) => metadata.pallet(pallet))
      const names = (of: (pallet: PalletMetadata) => readonly { readonly pallet: string; readonly name: string }[]): string[] =>
        pallets.flatMap(of).map(({ pallet, name }) => `${pallet}.${name}`)
      const among = (all: Iterable<string>): string[] => [...all].filter((name) => ours.includes(name.split('.')[0]!)).sort()
      expect(among(callTypes.keys())).toEqual(names(({ calls }) => calls).sort())
      expect(among(eventTypes.keys())).toEqual(names(({ events }) => events).sort())
      expect(among(declared().map(named))).toEqual(names((pallet) => pallet.items).sort())
      expect(pallets.reduce((sum, { calls }) => sum + calls.length, 0)).toBe(72)
      expect(pallets.map(({ errors }) => errors.length)).toEqual([52, 114, 21, 8])
      expect(pallets.map(({ events }) => events.length)).toEqual([25, 32, 15, 5])
    })
  })
})

const palletOf = (metadata: RuntimeMetadata, name: string): PalletMetadata | undefined =>
  metadata.pallets.find((pallet) => pallet.name === name)

/** The registered errors; none where the pallet is first described later. */
function errorsAt(pallet: string, version: SpecVersion): readonly string[] {
  try {
    return registeredErrors(pallet, version)
  } catch {
    return []
  }
}

describe('rule ids', () => {
  /**
   * What a branch means: everything but the place where it stands, and the words about it. One that goes on with the very event
   * that it decides about (`again`) means the same in every list.
   */
  const meaning = (machine: string, event: string, { guard, target, actions, meta: { says: _says, ...meta } }: Branch): string =>
    JSON.stringify({ machine, guard, target, actions, meta }).replaceAll(`"event":"${event}","route":"self"`, '"again":true')

  test.each([...describedVersions.map(editionAt), intended].map((edition) => [edition.name, edition] as const))(
    'are unique by meaning at %s: one id, one guard, one refusal or one list of effects',
    (_name, edition) => {
      const known = new Map<string, string>()
      const problems = new Set<string>()
      for (const machine of machines)
        for (const { on } of Object.values(machine.config(edition).states))
          for (const [event, list] of Object.entries(on))
            for (const branch of list) {
              const { rule } = branch.meta
              const told = meaning(machine.id, event, branch)
              if ((known.get(rule) ?? told) !== told) problems.add(`${rule}: ${told} and ${known.get(rule)}`)
              known.set(rule, told)
            }
      expect([...problems]).toEqual([])
      expect(known.size).toBeGreaterThan(500)
    },
  )

  test('are written alike: capitals and digits, the last part a number', () => {
    for (const { states } of machines)
      for (const on of Object.values(states))
        for (const { meta } of Object.values(on).flat()) expect(meta.rule).toMatch(/^[A-Z]+(-[A-Z0-9]+)*-\d+$/)
  })
})
