import { unreached, type Unreachable } from '../../kernel/unreachable.js'

const SC = 'SmartContractModule'

/** @source pallet-smart-contract/src @439e6919, searched for each variant */
export const unreachable: readonly Unreachable[] = [
  ...unreached(
    SC,
    'never constructed',
    'NodeNotAuthorizedToDeployContract',
    'TFTPriceValueError',
    'NotEnoughResourcesOnNode',
    'NodeNotAuthorizedToReportResources',
    'MethodIsDeprecated',
    'FarmIsNotDedicated',
    'NumOverflow',
  ),
  ...unreached(
    SC,
    'worker only: the off-chain worker logs it (billing.rs `bill_contract_using_signed_transaction`, `is_next_block_author`)',
    'OffchainSignedTxCannotSign',
    'OffchainSignedTxAlreadySent',
    'OffchainSignedTxNoLocalAccountAvailable',
    'IsNotAnAuthority',
    'WrongAuthority',
  ),
  ...unreached(
    SC,
    'constructed where a contract’s list of IPs overflows, which takes no fewer than a farm’s list, from which it is filled (grid_contract.rs `_reserve_ip`, `_free_ip`)',
    'FailedToReserveIP',
    'FailedToFreeIPs',
  ),
  ...unreached(SC, 'constructed for a farm that is missing; no call removes a farm (never-removed.test.ts)', 'FarmNotExists'),
  ...unreached(
    SC,
    'constructed for a pricing policy that is missing; farms have policy 1, and no call removes a policy (never-removed.test.ts)',
    'PricingPolicyNotExists',
  ),
  ...unreached(SC, 'never deposited', 'IPsReserved', 'ContractDeployed', 'ConsumptionReportReceived'),
]
