import type { RuleMeta } from '../../spec/kernel/machine.js'

/** Names as people say them. */

const spelled: Readonly<Record<string, string>> = {
  ips: 'IPs',
  ip: 'IP',
  id: 'id',
  ids: 'ids',
  tft: 'TFT',
  usd: 'USD',
  cu: 'CU',
  su: 'SU',
  nu: 'NU',
  nru: 'NRU',
  dns: 'DNS',
  ip4: 'IPv4',
  ip6: 'IPv6',
}

/** `callerHasNoTwin` → "caller has no twin"; `@mustBeApproved` → "must be approved". */
export const words = (name: string): string =>
  name
    .replace(/^@/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/[-_]/g, ' ')
    .split(' ')
    .map((word) => spelled[word.toLowerCase()] ?? (/^[A-Z]{2,}s?$/.test(word) ? word : word.toLowerCase()))
    .join(' ')

export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** The versions in which a branch stands, in words; empty when it always does. */
export function spanWords({ from, until, quirk, instead }: RuleMeta): string {
  const span =
    from !== undefined && until !== undefined
      ? `from ${from} until ${until}`
      : from !== undefined
        ? `from ${from}`
        : until !== undefined
          ? `until ${until}`
          : ''
  const switched = quirk !== undefined ? `only with ${quirk}` : instead !== undefined ? `only without ${instead}` : ''
  return [span, switched].filter((part) => part !== '').join(', ')
}

export const plural = (n: number, one: string, many = `${one}s`): string => `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`

export const originWords: Readonly<Record<string, string>> = {
  signed: 'anybody who signs',
  restricted: 'Root, or at least three fifths of the council',
  root: 'Root only',
  any: 'anybody who signs, Root and the council',
  none: 'nobody: the block author puts it into the block',
}

/** How a refusal of the receiver counts. */
export const modeWords = (mode: string): string =>
  (
    ({
      must: 'its refusal refuses the whole',
      try: 'its refusal is swallowed, what it wrote stays',
      all: 'each is tried, one refusal refuses the whole',
    }) as Readonly<Record<string, string>>
  )[mode] ?? mode

/** A time as people say it, as the trace's own script does (`span` in trace-text.js). */
export function durationText(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [Math.floor(seconds) % 60, 's'],
  ] as const
  const said = parts.filter(([n]) => n > 0).map(([n, unit]) => `${n} ${unit}`)
  return said.length === 0 ? '0 s' : said.slice(0, 2).join(' ')
}
