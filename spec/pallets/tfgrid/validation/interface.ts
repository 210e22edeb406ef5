/**
 * What a node's network interfaces must look like.
 * @source pallet-tfgrid/src/interface.rs, node.rs `get_interfaces` @439e6919
 */
import type { Bytes } from '../../../kernel/shape.js'
import type { Interface } from '../types.js'
import { parseIp4 } from './ip4.js'
import { parseIp6 } from './ip6.js'

export type InterfaceProblem =
  | 'InterfaceNameTooShort'
  | 'InvalidInterfaceName'
  | 'InterfaceMacTooShort'
  | 'InvalidMacAddress'
  | 'InterfaceIpTooShort'
  | 'InvalidInterfaceIP'
  | 'overrun'

/** The first problem of the interfaces in their order: name, MAC address, then the IPs of each; null when there is none. */
export function problemOfInterfaces(interfaces: readonly Interface[]): InterfaceProblem | null {
  for (const { name, mac, ips } of interfaces) {
    const problem = problemOfName(name) ?? problemOfMac(mac)
    if (problem !== null) return problem
    for (const ip of ips) {
      const wrong = problemOfIp(ip)
      if (wrong !== null) return wrong
    }
  }
  return null
}

const MIN_NAME_LENGTH = 3
/** Lower case letters, digits, `-` and `_`. @source interface.rs `validate_interface_name` */
function problemOfName(name: Bytes): InterfaceProblem | null {
  if (name.length < MIN_NAME_LENGTH) return 'InterfaceNameTooShort'
  return /^[a-z0-9_-]*$/.test(name) ? null : 'InvalidInterfaceName'
}

const MAC_LENGTH = 17
/** Six pairs of hexadecimal digits, joined by colons. @source crate valip 0.4.0, src/mac.rs `Mac::parse` */
function problemOfMac(mac: Bytes): InterfaceProblem | null {
  if (mac.length < MAC_LENGTH) return 'InterfaceMacTooShort'
  return /^[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}$/.test(mac) ? null : 'InvalidMacAddress'
}

const MIN_IP_LENGTH = 7
/** A plain IPv4 or IPv6 address, without a mask. `10.0.0.1/24` is none, and neither is the short `fe80::`. */
function problemOfIp(ip: Bytes): InterfaceProblem | null {
  if (ip.length < MIN_IP_LENGTH) return 'InterfaceIpTooShort'
  if (parseIp4(ip) !== null) return null
  const parsed = parseIp6(ip)
  return parsed === 'overrun' ? 'overrun' : parsed === null ? 'InvalidInterfaceIP' : null
}
