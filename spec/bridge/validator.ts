import type { AccountId } from '../kernel/shape.js'
import type { Edition } from '../kernel/version.js'
import type { HasState } from './actor.js'

/** Who a daemon is, and which habits it has: what both daemons have in common. */
export class Validator implements HasState {
  state = 'down'
  readonly edition: Edition
  readonly index: number
  readonly account: AccountId
  /** Its Stellar key. */
  readonly key: string

  constructor(edition: Edition, index: number, account: AccountId) {
    this.edition = edition
    this.index = index
    this.account = account
    this.key = `G${index}`
  }

  /** True where a habit is on, or a safeguard is out. */
  has(quirk: string): boolean {
    return this.edition.quirks.has(quirk)
  }
}
