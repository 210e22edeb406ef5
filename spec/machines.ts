import type { Machine } from './kernel/machine.js'
import { accountMachine } from './pallets/balances/account.machine.js'
import { balancesMachine } from './pallets/balances/balances.machine.js'
import './pallets/balances/calls.js'
import { errors as balances } from './pallets/balances/errors.js'
import { billingLoop } from './pallets/smart-contract/billing-loop.machine.js'
import './pallets/smart-contract/calls.js'
import { contract } from './pallets/smart-contract/contract.machine.js'
import { errors as smartContract } from './pallets/smart-contract/errors.js'
import { reports } from './pallets/smart-contract/reports.machine.js'
import { serviceMachines } from './pallets/smart-contract/service.machines.js'
import { block } from './pallets/system/block.machine.js'
import { registerErrors } from './pallets/system/dispatch-error.js'
import { originMachine } from './pallets/system/origin.machine.js'
import { errors as tfgrid } from './pallets/tfgrid/errors.js'
import { tfgridMachines } from './pallets/tfgrid/index.js'
import { errors as bridge } from './pallets/tft-bridge/errors.js'
import { bridgeMachines } from './pallets/tft-bridge/index.js'
import { errors as price } from './pallets/tft-price/errors.js'
import { priceMachines } from './pallets/tft-price/index.js'
import { extrinsicMachine } from './pallets/transaction-payment/extrinsic.machine.js'

registerErrors('Balances', balances)
registerErrors('SmartContractModule', smartContract)
registerErrors('TfgridModule', tfgrid)
registerErrors('TFTBridgeModule', bridge)
registerErrors('TFTPriceModule', price)

/** Every machine of the spec. Importing this declares all items, calls, events and errors. */
export const machines: readonly Machine[] = [
  block,
  extrinsicMachine,
  originMachine,
  accountMachine,
  balancesMachine,
  ...tfgridMachines,
  contract,
  billingLoop,
  reports,
  ...serviceMachines,
  ...bridgeMachines,
  ...priceMachines,
]
