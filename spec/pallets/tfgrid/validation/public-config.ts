/**
 * What a node's public config must look like: public unicast addresses, each gateway inside its network.
 * @source support/src/types.rs `PublicConfig::is_valid`, `IP6::is_valid`, `is_valid_domain` @439e6919
 */
import type { Bytes } from '../../../kernel/shape.js'
import type { Ip6, PublicConfig } from '../types.js'
import { faultOfIp4 } from './ip4.js'
import { contains6, isPublic6, isUnicast6, parseIp6, parseIp6Network } from './ip6.js'

/** `overrun`: the IPv6 parser would write beyond its buffer. All other problems are one error to the caller. */
export type PublicConfigProblem = 'domain' | 'ip4' | 'ip6' | 'overrun'

/** The config's first problem in the order domain, IPv4, IPv6; null when there is none. */
export function problemOfPublicConfig({ domain, ip4, ip6 }: PublicConfig): PublicConfigProblem | null {
  if (domain !== undefined && !isDomain(domain)) return 'domain'
  if (faultOfIp4(ip4) !== null) return 'ip4'
  return ip6 === undefined ? null : problemOfIp6(ip6)
}

/** Letters, digits, `-` and `.`, in any order; the empty text as well. */
const isDomain = (text: Bytes): boolean => /^[a-zA-Z0-9.-]*$/.test(text)

/** The gateway is read first. */
function problemOfIp6({ ip, gw }: Ip6): 'ip6' | 'overrun' | null {
  const gateway = parseIp6(gw)
  if (gateway === null) return 'ip6'
  if (gateway === 'overrun') return gateway
  const network = parseIp6Network(ip)
  if (network === null) return 'ip6'
  if (network === 'overrun') return network
  const fits = [gateway, network.address].every((at) => isPublic6(at) && isUnicast6(at)) && contains6(network, gateway)
  return fits ? null : 'ip6'
}
