import type { Machine } from './kernel/machine.js'
import { accountMachine } from './pallets/balances/account.machine.js'
import { balancesMachine } from './pallets/balances/balances.machine.js'
import './pallets/balances/calls.js'
import { errors as balances, errorsBefore as balancesBefore } from './pallets/balances/errors.js'
import { billingLoop } from './pallets/smart-contract/billing-loop.machine.js'
import './pallets/smart-contract/calls.js'
import { contract } from './pallets/smart-contract/contract.machine.js'
import { errors as smartContract, errorsAt123 as smartContractBefore } from './pallets/smart-contract/errors.js'
import { reports } from './pallets/smart-contract/reports.machine.js'
import { serviceMachines } from './pallets/smart-contract/service.machines.js'
import './pallets/council/calls.js'
import { councilMachine } from './pallets/council/council.machine.js'
import { errors as council } from './pallets/council/errors.js'
import { schedulerMachine } from './pallets/scheduler/scheduler.machine.js'
import { errors as scheduler } from './pallets/scheduler/errors.js'
import { session } from './pallets/session/session.machine.js'
import { block } from './pallets/system/block.machine.js'
import { registerErrors } from './pallets/system/dispatch-error.js'
import { errors as system } from './pallets/system/errors.js'
import { originMachine } from './pallets/system/origin.machine.js'
import { FRAME_0_9_42 } from './pallets/system/types.js'
import { errors as tfgrid, errorsAt123 as tfgridBefore } from './pallets/tfgrid/errors.js'
import { tfgridMachines } from './pallets/tfgrid/index.js'
import { errors as bridge } from './pallets/tft-bridge/errors.js'
import { bridgeMachines } from './pallets/tft-bridge/index.js'
import { errors as price } from './pallets/tft-price/errors.js'
import { priceMachines } from './pallets/tft-price/index.js'
import { extrinsicMachine } from './pallets/transaction-payment/extrinsic.machine.js'
import './pallets/utility/calls.js'
import { errors as utility } from './pallets/utility/errors.js'
import { utilityMachine } from './pallets/utility/utility.machine.js'

registerErrors('System', system)
registerErrors('Balances', balancesBefore)
registerErrors('Balances', balances, FRAME_0_9_42)
registerErrors('Council', council)
registerErrors('Utility', utility)
registerErrors('Scheduler', scheduler)
registerErrors('SmartContractModule', smartContractBefore)
registerErrors('SmartContractModule', smartContract, 144)
registerErrors('TfgridModule', tfgridBefore)
registerErrors('TfgridModule', tfgrid, 144)
registerErrors('TFTBridgeModule', bridge)
registerErrors('TFTPriceModule', price)

/** Every machine of the spec. Importing this declares all items, calls, events and errors. */
export const machines: readonly Machine[] = [
  block,
  session,
  extrinsicMachine,
  originMachine,
  accountMachine,
  balancesMachine,
  councilMachine,
  utilityMachine,
  schedulerMachine,
  ...tfgridMachines,
  contract,
  billingLoop,
  reports,
  ...serviceMachines,
  ...bridgeMachines,
  ...priceMachines,
]
