import { map, single } from '../../kernel/item.js'
import { account, bytes, u64, vec } from '../../kernel/shape.js'
import { DepositDecision, DepositReport, PayoutRecord } from './types.js'

/** Storage that the intended bridge pallet adds. No released version has it. Fees and validators are those of the deployed pallet. */
const BRIDGE = 'TFTBridgeModule'
const from = Infinity

/** Reports about deposits that no majority agrees on yet, by operation id of Stellar. */
export const DepositReports = map(BRIDGE, 'DepositReports', bytes, vec(DepositReport), { orElse: [], from })
/** Deposits that were decided about. */
export const Deposits = map(BRIDGE, 'Deposits', bytes, DepositDecision, { from })
/** What the vault owes, by the sequence number of its transaction; settled ones are removed. */
export const Payouts = map(BRIDGE, 'Payouts', u64, PayoutRecord, { from })
/** The sequence number given last. */
export const LastSequence = single(BRIDGE, 'LastSequence', u64, { orElse: 100n, from })
/** The vault signer's key of each validator, registered by the council with it. */
export const StellarKeys = map(BRIDGE, 'StellarKeys', account, bytes, { orElse: '', from })
