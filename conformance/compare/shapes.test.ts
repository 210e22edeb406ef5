import { describe, expect, test } from 'vitest'
import { callTypes } from '../../spec/kernel/call.js'
import { eventTypes } from '../../spec/kernel/event.js'
import { items } from '../../spec/kernel/item.js'
import type { ShapeDef } from '../../spec/kernel/shape.js'
import '../../spec/machines.js'
import { registeredErrors } from '../../spec/pallets/system/dispatch-error.js'
import { palletsAt } from '../../spec/pallets/system/pallets.js'
import { describedVersions, describes, editionAt } from '../../spec/versions/editions.js'
import { callsAt } from '../../spec/versions/weights.js'
import { encodeToString } from '../../src/codec/compile.js'
import { runtimeForTests } from '../../src/registry/for-tests.js'
import { RuntimeChain } from '../targets/runtime/driver.js'

/** What only calls touch that the spec does not describe at 123: pallets, and items or events whose form there is not declared. */
const notDescribedAt: Readonly<Record<number, readonly string[]>> = {
  123: [
    ...['Council', 'CouncilMembership', 'Scheduler', 'Utility'],
    ...['SmartContractModule.PalletVersion', 'TfgridModule.PalletVersion', 'Balances.BalanceSet'],
  ],
}

/** A shape as text; calls inside calls are all alike, however they are told, and what has no value is nothing. */
const text = (shape: ShapeDef): string =>
  JSON.stringify(shape, (_, value: unknown) => (isCall(value) ? 'call' : isVoid(value) ? { kind: 'unit' } : value))
const isVoid = (value: unknown): boolean => {
  const shape = value as ShapeDef | null | undefined
  return shape?.kind === 'enum' && shape.variants.length === 0
}
const isCall = (value: unknown): boolean => {
  const shape = value as ShapeDef | null | undefined
  if (shape?.kind === 'ref') return true
  return (
    shape?.kind === 'enum' &&
    shape.variants.some(
      ([name, , of]) =>
        (name === 'System' || name === 'Balances') &&
        of.kind === 'enum' &&
        of.variants.some(([call]) => call === 'remark' || call.startsWith('transfer')),
    )
  )
}

for (const version of describedVersions) {
  const code = await runtimeForTests(String(version))
  describe.skipIf(code === undefined)(`the metadata of ${version}`, () => {
    const metadata = code === undefined ? (undefined as never) : new RuntimeChain(code).metadata
    const isDescribed = ({ pallet, name }: { readonly pallet: string; readonly name: string }): boolean =>
      ![pallet, `${pallet}.${name}`].some((one) => notDescribedAt[version]?.includes(one) === true)

    test('has the items that the spec declares, with their forms, hashers and defaults', () => {
      for (const item of items.filter(isDescribed)) {
        const found = metadata.findItem(item.pallet, item.name)
        if (found === undefined) continue
        const name = `${item.pallet}.${item.name}`
        expect([name, text(item.valueAt(version))]).toEqual([name, text(found.value)])
        expect([name, item.keys.map(({ hasher, shape }) => `${hasher} ${text(shape)}`)]).toEqual([
          name,
          found.keys.map(({ hasher, shape }) => `${hasher} ${text(shape)}`),
        ])
        if (found.optional) continue
        const orElse = item.orElseHistory?.findLast(([from]) => from <= version)?.[1] ?? item.orElse
        expect([name, encodeToString<unknown>(item.valueAt(version), orElse)]).toEqual([name, found.orElse])
      }
    })

    test('has the events that the spec declares, with their forms', () => {
      for (const event of [...eventTypes.values()].filter(isDescribed)) {
        const found = metadata.pallets.find(({ name }) => name === event.pallet)?.events.find(({ name }) => name === event.name)
        if (found !== undefined)
          expect([event.pallet, event.name, text(event.shapeAt(version))]).toEqual([event.pallet, event.name, text(found.shape)])
      }
    })

    test('has every call that the spec describes, with its index and its arguments', () => {
      for (const call of [...callTypes.values()].filter((type) => describes(editionAt(version), type))) {
        const found = metadata.callNamed(call.pallet, call.name)
        expect([call.pallet, call.name, callsAt(version)[call.pallet]?.[call.name]?.[0]]).toEqual([call.pallet, call.name, found.index])
        expect([call.pallet, call.name, text(call.argsAt(version))]).toEqual([call.pallet, call.name, text(found.shape)])
      }
    })

    test('numbers pallets and errors as the spec does', () => {
      for (const pallet of metadata.pallets) {
        const errors = registeredErrors(pallet.name, version)
        if (errors.length > 0 && pallet.name !== 'System')
          expect([pallet.name, errors]).toEqual([pallet.name, pallet.errors.map(({ name }) => name)])
        const index = palletsAt(version)[pallet.name]
        if (index !== undefined) expect([pallet.name, index]).toEqual([pallet.name, pallet.index])
      }
    })
  })
}
