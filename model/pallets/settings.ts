import { changeBillingFrequency, setDedicatedNodeExtraFee } from '../../spec/pallets/smart-contract/calls-service.js'
import { BillingFrequency } from '../../spec/pallets/smart-contract/items.js'
import { Nodes } from '../../spec/pallets/tfgrid/items.js'
import { maker } from '../maker.js'
import { emptyNode, farmer, nodeId } from '../pick.js'
import { u64 } from '../values.js'

const U64_MAX = (1n << 64n) - 1n
/** Only a node without contracts may get a fee. Where the fee becomes 1e-7 USD the product wraps; a month's share rounds to nothing below. */
const fees = [0n, 1n, 1000n, 10_000n, 100_000n, 5_000_000n, 259n, U64_MAX / 10_000n, U64_MAX / 10_000n + 1n]

export const settingsMakers = [
  maker({
    call: changeBillingFrequency,
    // Seldom: at 144 every contract there is can hardly be cancelled any more.
    weight: 0.15,
    make: (d) => {
      const now = d.w.get(BillingFrequency)
      const wanted = d.chance(70) ? now + BigInt(d.int(-1, 2)) : d.chance(60) ? BigInt(d.int(11, 1200)) : d.of(u64)
      return { who: d.actor(), args: { frequency: wanted < 0n ? 0n : BigInt.asUintN(64, wanted) } }
    },
  }),
  maker({
    call: setDedicatedNodeExtraFee,
    weight: 2,
    ready: (w) => w.count(Nodes) > 0,
    make: (d) => {
      const node = (d.chance(75) ? emptyNode(d) : undefined) ?? nodeId(d)
      return {
        who: farmer(d, d.w.get(Nodes, node)?.farmId ?? 0),
        args: { nodeId: node, extraFee: d.chance(75) ? d.pick(fees) : d.of(u64) },
      }
    },
  }),
]
