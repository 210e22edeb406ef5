import fc from 'fast-check'
import type { AccountId } from '../../spec/kernel/shape.js'
import { bondTwinAccount, createTwin, updateTwin, userAcceptTc } from '../../spec/pallets/tfgrid/calls.js'
import { TwinIdByAccountID, Twins, UsersTermsAndConditions } from '../../spec/pallets/tfgrid/items.js'
import { RELAYS } from '../../spec/pallets/tfgrid/types.js'
import type { Draw } from '../draw.js'
import { maker } from '../maker.js'
import { rightful, twinId, twinOwner } from '../pick.js'
import { anyBytes, text } from '../values.js'
import { interfaceIp } from './tfgrid-addresses.js'
import { likely } from './tfgrid-callers.js'

const link = fc.oneof(
  { weight: 8, arbitrary: fc.constant('https://example.org/terms') },
  { weight: 1, arbitrary: fc.oneof(anyBytes(12), text("a0-._~:/?#[]@!$&'()*+,;=", 1, 8)) },
  { weight: 1, arbitrary: fc.oneof(text('a ^', 0, 6), fc.constantFrom('', 'a%20b', 'a'.repeat(2048))) },
)
const documentHash = fc.oneof(
  { weight: 8, arbitrary: fc.constant('5e4f0c') },
  { weight: 1, arbitrary: fc.oneof(anyBytes(50), text('aZ0-_', 1, 6)) },
  { weight: 1, arbitrary: fc.oneof(text('a ^', 0, 6), fc.constantFrom('', 'a'.repeat(50))) },
)
const relay = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('relay.example.org', 'aa.b', 'r') },
  { weight: 2, arbitrary: fc.constantFrom('', '.', 'a.', '.a', 'a..b', 'a b', 'a', 'a.b', 'r.example.org', 'z.', 'ab.c.', '-._', '_.-a') },
  { weight: 1, arbitrary: fc.oneof(text('ab._-', 0, 6), anyBytes(4)) },
)
const key = fc.oneof({ weight: 4, arbitrary: anyBytes(8) }, { weight: 1, arbitrary: anyBytes(128) })
const contact = fc.record({
  relay: fc.option(relay, { nil: undefined, freq: 3 }),
  pk: fc.option(key, { nil: undefined, freq: 2 }),
})

/** What a twin of the time before relays is reached by. */
const planetaryIp = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('::1', '200:1::', '2a10:b600:1::cc4:7a30:65b5') },
  { weight: 2, arbitrary: interfaceIp.map((text) => text.slice(0, 39)) },
)

/** Somebody who has consented and has no twin yet, if a few draws find one. */
function newcomer(d: Draw): AccountId | undefined {
  for (let i = 0; i < 6; i++) {
    const who = d.keyOf(UsersTermsAndConditions)
    if (who !== undefined && !d.w.has(TwinIdByAccountID, who)) return who
  }
  return undefined
}

export const tfgridUsers = [
  maker({
    call: userAcceptTc,
    weight: 2.5,
    make: (d) => ({ who: d.actor(), args: { documentLink: d.of(link), documentHash: d.of(documentHash) } }),
  }),
  maker({
    call: createTwin,
    weight: 3,
    ready: (w) => w.count(UsersTermsAndConditions) > w.count(TwinIdByAccountID),
    make: (d) => ({ who: rightful(d, newcomer(d) ?? d.actor()), args: d.w.version < RELAYS ? { ip: d.of(planetaryIp) } : d.of(contact) }),
  }),
  maker({
    call: updateTwin,
    weight: 3,
    ready: (w) => w.count(Twins) > 0,
    make: (d) => ({ who: likely(d, twinOwner(d)), args: d.of(contact) }),
  }),
  maker({
    call: bondTwinAccount,
    weight: 2,
    ready: (w) => w.count(Twins) > 0,
    make: (d) => ({ who: d.chance(80) ? d.actor() : twinOwner(d), args: { twinId: twinId(d) } }),
  }),
]
