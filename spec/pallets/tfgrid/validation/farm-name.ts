/**
 * Farm names.
 * @source pallet-tfgrid/src/farm.rs `FarmName::try_from`, `validate_farm_name` @439e6919
 */
import type { Bytes } from '../../../kernel/shape.js'

/** The fewest bytes of a farm's name. The most are 40: a longer one does not decode. */
export const minFarmNameLength = 3

/** Letters, digits, `-` and `_` of ASCII. */
export const farmNameIsValid = (name: Bytes): boolean => /^[A-Za-z0-9_-]*$/.test(name)
