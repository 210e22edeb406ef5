/**
 * Addresses of relays, through which twins are reached.
 * @source pallet-tfgrid/src/twin.rs `validate_relay_address` @439e6919
 */
import type { Bytes } from '../../../kernel/shape.js'

/** Labels of ASCII letters, digits, `-` and `_`, none of them empty, parted by dots. */
export const relayIsValid = (relay: Bytes): boolean => /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/.test(relay)

/**
 * A dot is the second character. The Rust loop starts as if a dot stood at position 0 and takes this one for a dot right after
 * a dot: `r.example.com` is refused, `re.example.com` and `example.c.com` are not.
 */
export const relayBeginsWithOneLetter = (relay: Bytes): boolean => relay[1] === '.'
