import { unreached, type Unreachable } from '../../kernel/unreachable.js'

const TG = 'TfgridModule'

/** @source pallet-tfgrid/src @439e6919, searched for each variant; migrations, which ran long ago, do not count */
export const unreachable: readonly Unreachable[] = [
  ...unreached(
    TG,
    'never constructed',
    ...['NoneValue', 'StorageOverflow', 'CannotCreateNode', 'CannotDeleteNode', 'NodeDeleteNotAuthorized', 'CannotDeleteFarm'],
    ...[
      'CannotDeleteFarmWithPublicIPs',
      'CannotDeleteFarmWithNodesAssigned',
      'CannotDeleteFarmWrongTwin',
      'TwinExists',
      'CannotCreateTwin',
    ],
    ...['CertificationCodeExists', 'FarmingPolicyAlreadyExists', 'FarmPayoutAdressAlreadyRegistered', 'FarmerDoesNotHaveEnoughFunds'],
    ...['FarmerDidNotSignTermsAndConditions', 'RelayTooShort', 'RelayTooLong', 'InvalidRelay', 'PublicIPTooShort', 'PublicIPTooLong'],
    ...['GatewayIPTooShort', 'GatewayIPTooLong', 'IP4TooShort', 'IP4TooLong', 'InvalidIP4', 'GW4TooShort', 'GW4TooLong', 'InvalidGW4'],
    ...['IP6TooShort', 'IP6TooLong', 'InvalidIP6', 'GW6TooShort', 'GW6TooLong', 'InvalidGW6', 'DomainTooShort', 'DomainTooLong'],
    ...['InvalidDomain', 'MethodIsDeprecated', 'InvalidCountryName', 'InvalidCityName', 'InvalidCountryCityPair', 'SerialNumberTooShort'],
    'InvalidSerialNumber',
  ),
  ...unreached(
    TG,
    'constructed for an argument that is longer than its bounded type: such a call does not decode, and never reaches the check',
    ...[
      'FarmNameTooLong',
      'InterfaceNameTooLong',
      'InterfaceMacTooLong',
      'InterfaceIpTooLong',
      'LatitudeInputTooLong',
      'LongitudeInputTooLong',
    ],
    ...['CountryNameTooLong', 'CityNameTooLong', 'SerialNumberTooLong', 'DocumentLinkInputTooLong', 'DocumentHashInputTooLong'],
  ),
  ...unreached(TG, 'constructed where `validate_hru` fails, which it never does (tfchain-support/src/resources.rs)', 'InvalidHRUInput'),
  ...unreached(
    TG,
    'constructed where the twin or entity that an account leads to belongs to another account: no call changes the account of either',
    'CannotCreateFarmWrongTwin',
    'CannotUpdateEntity',
    'CannotDeleteEntity',
  ),
  ...unreached(TG, 'never deposited', 'FarmDeleted', 'TwinDeleted', 'FarmMarkedAsDedicated'),
]
