import { accept, refuse, trap } from '../../kernel/machine.js'
import type { Bytes } from '../../kernel/shape.js'
import { fact } from '../../kernel/stage.js'
import type { OnNode } from './node.state.js'
import { MIN_CRU, MIN_MRU, MIN_SRU } from './resources.js'
import type { Interface, Location, Resources } from './types.js'
import { problemOfInterfaces } from './validation/interface.js'
import { FREE_NAMES, problemOfLocation } from './validation/location.js'

/**
 * What a node tells about itself when it registers and whenever it updates itself, and what the chain checks of it.
 * A serial number is any text of up to 128 bytes, so nothing is wrong with one that decodes; disks (hru) may be absent.
 * @source pallet-tfgrid/src/node.rs `get_resources`, `get_location`, `get_interfaces`, `get_serial_number` @439e6919
 */
export interface NodeDetails {
  readonly farmId: number
  readonly resources: Resources
  readonly location: Location
  readonly interfaces: readonly Interface[]
  readonly secureBoot: boolean
  readonly virtualized: boolean
  readonly serialNumber: Bytes | undefined
}

/** The first version that takes any text for a serial number. What it was before. @source node.rs `SerialNumber::try_from` @a3e802fe */
const FREE_SERIALS = 128
const MIN_SERIAL_LENGTH = 10
const serialIsPlain = (text: Bytes): boolean => text === 'Not Specified' || /^[A-Za-z0-9_.-]*$/.test(text)

/** `@checkDetails`: accepts details in which nothing is wrong. */
export const checkDetails = [
  refuse('TG-NODE-DETAILS-1', 'hasTooLittleStorage', 'InvalidSRUInput'),
  refuse('TG-NODE-DETAILS-2', 'hasNoCore', 'InvalidCRUInput'),
  refuse('TG-NODE-DETAILS-3', 'hasTooLittleMemory', 'InvalidMRUInput'),
  refuse('TG-NODE-DETAILS-4', 'cityIsEmpty', 'CityNameTooShort'),
  refuse('TG-NODE-DETAILS-18', 'cityIsInvalid', 'InvalidCityName', { until: FREE_NAMES }),
  refuse('TG-NODE-DETAILS-5', 'countryIsTooShort', 'CountryNameTooShort'),
  refuse('TG-NODE-DETAILS-19', 'countryIsInvalid', 'InvalidCountryName', { until: FREE_NAMES }),
  refuse('TG-NODE-DETAILS-6', 'latitudeIsEmpty', 'LatitudeInputTooShort'),
  refuse('TG-NODE-DETAILS-7', 'latitudeIsInvalid', 'InvalidLatitudeInput'),
  refuse('TG-NODE-DETAILS-8', 'longitudeIsEmpty', 'LongitudeInputTooShort'),
  refuse('TG-NODE-DETAILS-9', 'longitudeIsInvalid', 'InvalidLongitudeInput'),
  refuse('TG-NODE-DETAILS-10', 'interfaceNameIsTooShort', 'InterfaceNameTooShort'),
  refuse('TG-NODE-DETAILS-11', 'interfaceNameIsInvalid', 'InvalidInterfaceName'),
  refuse('TG-NODE-DETAILS-12', 'macIsTooShort', 'InterfaceMacTooShort'),
  refuse('TG-NODE-DETAILS-13', 'macIsInvalid', 'InvalidMacAddress'),
  refuse('TG-NODE-DETAILS-14', 'interfaceIpIsTooShort', 'InterfaceIpTooShort'),
  trap('TG-NODE-DETAILS-15', 'interfaceIpOverruns', 'index out of bounds', {
    quirk: 'Q-IP6-OVERRUN',
    says: 'seven sections and three colons, as 1:2:3:4:5:6:7:::8, make the IPv6 parser write beyond its buffer',
  }),
  refuse('TG-NODE-DETAILS-16', 'interfaceIpIsInvalid', 'InvalidInterfaceIP'),
  refuse('TG-NODE-DETAILS-20', 'serialNumberIsTooShort', 'SerialNumberTooShort', { until: FREE_SERIALS }),
  refuse('TG-NODE-DETAILS-21', 'serialNumberIsInvalid', 'InvalidSerialNumber', { until: FREE_SERIALS }),
  accept('TG-NODE-DETAILS-17'),
]

type On = OnNode<NodeDetails>
const locationProblem = fact('problem of the location', (s: On) => problemOfLocation(s.args.location, s.w.version))
const interfaceProblem = fact('first problem of the interfaces', (s: On) => problemOfInterfaces(s.args.interfaces))

export const detailsGuards = {
  hasTooLittleStorage: (s: On) => s.args.resources.sru < MIN_SRU,
  hasNoCore: (s: On) => s.args.resources.cru < MIN_CRU,
  hasTooLittleMemory: (s: On) => s.args.resources.mru < MIN_MRU,
  cityIsEmpty: (s: On) => locationProblem(s) === 'CityNameTooShort',
  countryIsTooShort: (s: On) => locationProblem(s) === 'CountryNameTooShort',
  cityIsInvalid: (s: On) => locationProblem(s) === 'InvalidCityName',
  countryIsInvalid: (s: On) => locationProblem(s) === 'InvalidCountryName',
  serialNumberIsTooShort: ({ args }: On) => args.serialNumber !== undefined && args.serialNumber.length < MIN_SERIAL_LENGTH,
  serialNumberIsInvalid: ({ args }: On) => args.serialNumber !== undefined && !serialIsPlain(args.serialNumber),
  latitudeIsEmpty: (s: On) => locationProblem(s) === 'LatitudeInputTooShort',
  latitudeIsInvalid: (s: On) => locationProblem(s) === 'InvalidLatitudeInput',
  longitudeIsEmpty: (s: On) => locationProblem(s) === 'LongitudeInputTooShort',
  longitudeIsInvalid: (s: On) => locationProblem(s) === 'InvalidLongitudeInput',
  interfaceNameIsTooShort: (s: On) => interfaceProblem(s) === 'InterfaceNameTooShort',
  interfaceNameIsInvalid: (s: On) => interfaceProblem(s) === 'InvalidInterfaceName',
  macIsTooShort: (s: On) => interfaceProblem(s) === 'InterfaceMacTooShort',
  macIsInvalid: (s: On) => interfaceProblem(s) === 'InvalidMacAddress',
  interfaceIpIsTooShort: (s: On) => interfaceProblem(s) === 'InterfaceIpTooShort',
  interfaceIpOverruns: (s: On) => interfaceProblem(s) === 'overrun',
  interfaceIpIsInvalid: (s: On) => interfaceProblem(s) === 'InvalidInterfaceIP' || interfaceProblem(s) === 'overrun',
}
