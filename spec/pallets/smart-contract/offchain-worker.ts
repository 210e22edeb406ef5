import type { World } from '../../kernel/world.js'
import { nodeContractOf } from './contract.state.js'
import { BillingFrequency, ContractBillingInformationByID, Contracts, ContractsToBillAt, NodeContractResources } from './items.js'

/**
 * What the validators' off-chain worker bills. After a block it submits a signed `billContractForBlock` for each of these
 * contracts. Nothing on chain asks for it: any signed account may bill any contract at any time.
 *
 * - SC-WORKER-1 The turn is the block's number modulo the billing frequency; the contracts listed there come in their order.
 * - SC-WORKER-2 A node contract with nothing to bill is left out: no public IPs, no resources reported (or all of them 0)
 *   and no network use unbilled. A direct call does bill it, for 0. Its state does not count: a deleted one is billed too.
 * - SC-WORKER-3 Name and rent contracts are always billed, and so are listed ids whose contract is gone (the call is refused).
 * - SC-WORKER-4 Of all workers only the one whose `aura` key belongs to the next author submits: the validator after the
 *   block's author in `Session.Validators`, the first one when the author is none of them. A block without a known author
 *   stops nobody.
 *
 * @param blockNumber the block that was just made, u32 @returns contract ids, in the order of submission
 * @throws RangeError for a billing frequency of 0 (only a genesis can set one), where the worker panics
 * @source pallet-smart-contract/src/billing.rs `bill_conttracts_for_block`, `is_next_block_author` @439e6919
 */
export const contractsToBill = (w: World, blockNumber: number): readonly bigint[] =>
  w.get(ContractsToBillAt, BigInt(blockNumber) % w.get(BillingFrequency)).filter((id) => hasSomethingToBill(w, id))

/** SC-WORKER-2, SC-WORKER-3. */
function hasSomethingToBill(w: World, id: bigint): boolean {
  const contract = w.get(Contracts, id)
  const node = contract === undefined ? null : nodeContractOf(contract)
  if (node === null) return true
  const { hru, sru, cru, mru } = w.get(NodeContractResources, id).used
  return node.publicIps > 0 || (hru | sru | cru | mru) > 0n || w.get(ContractBillingInformationByID, id).amountUnbilled > 0n
}
