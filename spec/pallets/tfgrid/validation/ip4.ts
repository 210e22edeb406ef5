/**
 * IPv4 networks and gateways as text, exactly as the crate `valip` 0.4.0 reads them.
 * @source support/src/types.rs `IP4::is_valid` @439e6919; valip 0.4.0 src/ip4.rs
 */
import type { Bytes } from '../../../kernel/shape.js'
import type { Ip4 } from '../types.js'

/** An IPv4 address as a number, 0 to 2^32 - 1. */
export type Ip4Address = number
export interface Ip4Network {
  readonly address: Ip4Address
  /** The number of fixed bits, 0 to 32. */
  readonly mask: number
}

const octet = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])'
const address = [octet, octet, octet, octet].join('\\.')
const addressText = new RegExp(`^${address}$`)
const networkText = new RegExp(`^${address}/(3[0-2]|[12][0-9]|0?[1-9]|0)$`)

const numberOf = (octets: readonly string[]): Ip4Address => octets.reduce((n, o) => n * 256 + Number(o), 0)

/** Four octets 0 to 255 in decimal, without leading zeros, parted by dots; null for anything else. */
export function parseIp4(text: Bytes): Ip4Address | null {
  const match = addressText.exec(text)
  return match === null ? null : numberOf(match.slice(1))
}

/** An address, a slash, a mask 0 to 32 of at most two digits (`08` but not `00`); null for anything else. Bits after the mask may be set. */
export function parseIp4Network(text: Bytes): Ip4Network | null {
  const match = networkText.exec(text)
  return match === null ? null : { address: numberOf(match.slice(1, 5)), mask: Number(match[5]) }
}

/** Equal in the network's fixed bits. A mask of 0 contains every address. */
export const contains4 = (network: Ip4Network, at: Ip4Address): boolean => {
  const size = 2 ** (32 - network.mask)
  return Math.floor(network.address / size) === Math.floor(at / size)
}

/** The ranges that valip calls private; 192.0.0.0/24 and 192.88.99.0/24 are not among them. */
const privateNetworks = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '255.255.255.255/32',
].map((text) => parseIp4Network(text)!)

/** In none of the private ranges. Of a network only its address is asked: 11.0.0.0/7 is public though it contains 10.0.0.0/8. */
export const isPublic4 = (at: Ip4Address): boolean => !privateNetworks.some((network) => contains4(network, at))

/** Below 224.0.0.0: neither multicast nor reserved. */
export const isUnicast4 = (at: Ip4Address): boolean => at < 224 * 2 ** 24

/** What is wrong with an IP and its gateway. The gateway is read first. */
export type Ip4Fault = 'gateway' | 'ip' | 'range'

/**
 * `gateway`, `ip`: the text is none; `range`: one of them is not public or not unicast, or the gateway lies outside the
 * network. Null when all is well.
 * @source support/src/types.rs `IP4::is_valid` @439e6919 (`InvalidGw4`, `InvalidIp4`, `InvalidPublicIp`)
 */
export function faultOfIp4({ ip, gw }: Ip4): Ip4Fault | null {
  const gateway = parseIp4(gw)
  if (gateway === null) return 'gateway'
  const network = parseIp4Network(ip)
  if (network === null) return 'ip'
  const fits = [gateway, network.address].every((at) => isPublic4(at) && isUnicast4(at)) && contains4(network, gateway)
  return fits ? null : 'range'
}
