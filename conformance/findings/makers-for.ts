import { extremeMakers } from '../../model/extreme.js'
import type { Maker } from '../../model/maker.js'
import { makers as allMakers } from '../../model/makers.js'
import { machines } from '../../spec/machines.js'

/** Pallets with a branch of the quirk; none for a quirk that works inside an effect. */
export const palletsOf = (quirk: string): ReadonlySet<string> =>
  new Set(
    machines
      .filter(({ states }) =>
        Object.values(states).some((on) =>
          Object.values(on).some((list) => list.some(({ meta }) => meta.quirk === quirk || meta.instead === quirk)),
        ),
      )
      .map(({ pallet }) => pallet),
  )

/** Calls of tfgrid that contracts cannot do without. */
const groundwork = new Set(['userAcceptTc', 'createTwin', 'createFarm', 'addFarmIp', 'createNode', 'deleteNode', 'deleteNodeFarm'])
const carriers = new Set(['Council', 'Utility'])
const extremes = extremeMakers(({ pallet }) => carriers.has(pallet))

/** Sets of makers that take turns: all of them, those of the quirk's own pallets, and the latter with extreme arguments in between. */
export function makersFor(pallets: ReadonlySet<string>): readonly (readonly Maker[])[] {
  if (pallets.size === 0) return [allMakers, [...extremes, ...allMakers]]
  const contracts = pallets.has('SmartContractModule')
  const isNarrow = ({ call: { pallet, name } }: Maker): boolean =>
    pallets.has(pallet) ||
    pallet === 'Balances' ||
    (contracts && (pallet === 'TFTPriceModule' || (pallet === 'TfgridModule' && groundwork.has(name))))
  const narrow = allMakers.filter(isNarrow)
  return [allMakers, narrow, narrow, [...extremes.filter((m) => isNarrow(m) && m.call.pallet !== 'Balances'), ...narrow]]
}
