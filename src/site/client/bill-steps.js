// @ts-check
/**
 * What a grid contract costs, step by step, exact to the last bit: the page shows these steps, and a property holds their
 * result equal to the spec's own functions. A classic script, because a page that was opened from a folder loads no modules.
 */
// eslint-disable-next-line @typescript-eslint/no-unused-vars
const tfspecBill = (function () {
  'use strict'
  /** @typedef {'node' | 'rentedNode' | 'rent' | 'name'} Kind */
  /**
   * @typedef {object} Input
   * @property {Kind} kind  of contract; `rentedNode` is a node contract on a node that is rented
   * @property {bigint} hru bytes  @property {bigint} sru bytes  @property {bigint} mru bytes  @property {bigint} cru cores
   * @property {bigint} ips  @property {bigint} nru bytes  @property {bigint} window seconds of the network report
   * @property {bigint} elapsed seconds since the last bill
   * @property {bigint} balance 1e-7 TFT, usable  @property {bigint} locked 1e-7 TFT, by this contract's bills so far
   * @property {bigint} price 1e-3 USD a TFT  @property {bigint} minPrice  @property {bigint} maxPrice
   * @property {bigint} su  @property {bigint} cu  @property {bigint} nu  @property {bigint} ipu  @property {bigint} uniqueName
   * @property {bigint} dedicated percent that a renter of a whole node pays  @property {bigint} extraFee 1e-3 USD a month
   * @property {boolean} quirky Q-DISCOUNT-PERIOD is on
   */
  /** @typedef {{ readonly name: string, readonly how: string, readonly value: string, readonly unit: string, readonly rounding: string }} Step */
  /** @typedef {{ readonly steps: readonly Step[], readonly due: bigint, readonly level: string, readonly trap: string | null }} Bill */

  const F = 64n
  const ONE = 1n << F
  const U128 = (/** @type {bigint} */ x) => BigInt.asUintN(128, x)
  const U64 = (/** @type {bigint} */ x) => BigInt.asUintN(64, x)
  const num = (/** @type {bigint} */ x) => U128(x << F)
  const mul = (/** @type {bigint} */ a, /** @type {bigint} */ b) => U128((a * b) >> F)
  const div = (/** @type {bigint} */ a, /** @type {bigint} */ b) => U128((a << F) / b)
  const add = (/** @type {bigint} */ a, /** @type {bigint} */ b) => U128(a + b)
  const min = (/** @type {bigint} */ a, /** @type {bigint} */ b) => (a < b ? a : b)
  const max = (/** @type {bigint} */ a, /** @type {bigint} */ b) => (a > b ? a : b)
  const whole = (/** @type {bigint} */ a) => U64(U128(a + ONE / 2n) >> F)
  /** The runtime's constants are doubles: 0.8 is a little more. */
  const float = (/** @type {number} */ x) => BigInt(Math.round(x * 2 ** 54)) << 10n

  /** A fixed-point number as people write it, cut after so many digits. */
  const decimal = (/** @type {bigint} */ bits, digits = 6) => {
    const scaled = (bits * 10n ** BigInt(digits)) >> F
    const text = scaled.toString().padStart(digits + 1, '0')
    const isExact = scaled << F === bits * 10n ** BigInt(digits)
    const fraction = isExact ? text.slice(-digits).replace(/0+$/, '') : `${text.slice(-digits)}…`
    return group(text.slice(0, -digits)) + (fraction === '' ? '' : `.${fraction}`)
  }
  const group = (/** @type {string} */ digits) => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ' ')

  const GIB = 1n << 30n
  const levels = /** @type {const} */ ([
    ['None', 1, 'less than 1.5'],
    ['Default', 0.8, '1.5 to 3'],
    ['Bronze', 0.7, '3 to 6'],
    ['Silver', 0.6, '6 to 18'],
    ['Gold', 0.4, '18 and more'],
  ])
  const thresholds = [float(1.5), num(3n), num(6n), num(18n)]

  /** @param {Input} i @returns {Bill} */
  function bill(i) {
    /** @type {Step[]} */
    const steps = []
    const say = (
      /** @type {string} */ name,
      /** @type {string} */ how,
      /** @type {string} */ value,
      /** @type {string} */ unit,
      rounding = 'exact',
    ) => {
      steps.push({ name, how, value, unit, rounding })
    }
    const cut = 'cut off at 64 fraction bits'
    const half = 'rounded to the nearest, a half up'
    const done = (/** @type {bigint} */ due, /** @type {string} */ level, /** @type {string | null} */ trap = null) => ({
      steps,
      due,
      level,
      trap,
    })

    const perHour = (/** @type {bigint} */ value) => mul(div(num(value), num(3600n)), num(i.elapsed))
    let cost = 0n
    if (i.elapsed === 0n) say('Cost', 'no second has passed since the last bill', '0', '1e-7 USD')
    else if (i.kind === 'name') {
      cost = whole(perHour(i.uniqueName))
      say(
        'Cost',
        `name price ${i.uniqueName} ÷ 3600 × ${i.elapsed} s = ${decimal(perHour(i.uniqueName))}`,
        group(String(cost)),
        '1e-7 USD',
        half,
      )
    } else {
      let total = 0n
      if (i.kind !== 'rentedNode') {
        const su = add(num(i.hru) / GIB / 1200n, num(i.sru) / GIB / 200n)
        say('Storage units', `HDD ÷ 1200 GB + SSD ÷ 200 GB`, decimal(su), 'SU', cut)
        const mru = num(i.mru) / GIB
        const cru = num(i.cru)
        const mixes = [max(mru / 4n, cru / 2n), max(mru / 8n, cru), max(mru / 2n, cru / 4n)]
        const cu = min(min(mixes[0] ?? 0n, mixes[1] ?? 0n), mixes[2] ?? 0n)
        say(
          'Compute units',
          `the least of max(GB÷4, cores÷2) = ${decimal(mixes[0] ?? 0n, 3)}, max(GB÷8, cores) = ${decimal(mixes[1] ?? 0n, 3)}, max(GB÷2, cores÷4) = ${decimal(mixes[2] ?? 0n, 3)}`,
          decimal(cu),
          'CU',
          cut,
        )
        total = add(mul(perHour(i.su), su), mul(perHour(i.cu), cu))
        say('Resources', `(${i.su} × SU + ${i.cu} × CU) ÷ 3600 × ${i.elapsed} s`, decimal(total), '1e-7 USD', cut)
      } else say('Resources', 'the renter of the node pays for them', '0', '1e-7 USD')
      if (i.kind !== 'rent' && i.ips > 0n) {
        const ips = mul(mul(num(i.ips), div(num(i.ipu), num(3600n))), num(i.elapsed))
        say('Public IPs', `${i.ips} × ${i.ipu} ÷ 3600 × ${i.elapsed} s`, decimal(ips), '1e-7 USD', cut)
        total = add(total, ips)
      }
      cost = whole(total)
      say('Together', decimal(total), group(String(cost)), '1e-7 USD', half)
      if (i.kind === 'rent') {
        const before = cost
        cost = share(i.dedicated, cost)
        say('A whole node', `${i.dedicated} % of ${group(String(before))}`, group(String(cost)), '1e-7 USD', 'rounded to the nearest')
      } else if (i.nru > 0n) {
        const used = mul(mul(num(i.nru) / 1_000_000_000n, div(num(i.nu), num(3600n))), num(i.window))
        const network = whole(used)
        say(
          'Network use',
          `${decimal(num(i.nru) / 1_000_000_000n, 3)} GB × ${i.nu} ÷ 3600 × ${i.window} s = ${decimal(used)}`,
          group(String(network)),
          '1e-7 USD',
          `${half}, when it is reported`,
        )
        cost = U64(cost + network)
        say('With network use', 'reported since the last bill', group(String(cost)), '1e-7 USD')
      }
    }
    const extra = i.kind === 'rent' ? whole(div(num(U64(U64(i.extraFee * 10_000n) * i.elapsed)), num(2_592_000n))) : 0n
    if (extra > 0n)
      say('Surcharge of the node', `${i.extraFee} × 10 000 × ${i.elapsed} s ÷ 30 days`, group(String(extra)), '1e-7 USD', half)

    const mid = min(max(i.price, i.minPrice), i.maxPrice)
    const price = BigInt.asUintN(32, mid * 10_000n)
    say(
      'Price of a TFT',
      `the average ${i.price}, at least ${i.minPrice}, at most ${i.maxPrice}: ${mid} × 1e-3 USD`,
      group(String(price)),
      '1e-7 USD',
      mid * 10_000n > 0xffff_ffffn ? 'wraps at 2^32 (Q-PRICE-WRAP)' : 'exact',
    )
    if (price === 0n && (cost > 0n || extra > 0n)) return done(0n, 'None', 'division by zero: the price of a TFT is zero (Q-PRICE-ZERO)')
    const inTft = (/** @type {bigint} */ usd) => (usd === 0n ? 0n : whole(mul(div(num(usd), num(price)), num(10_000_000n))))
    const gross = inTft(cost)
    say(
      'In TFT',
      `${group(String(cost))} ÷ ${group(String(price))}`,
      group(String(gross)),
      '1e-7 TFT',
      `the quotient ${cut}, the amount ${half}`,
    )

    let regular = 0n
    let level = 0
    if (gross > 0n) {
      const hourly = i.quirky ? div(mul(num(gross), num(i.elapsed)), num(3600n)) : div(mul(num(gross), num(3600n)), num(i.elapsed))
      const monthly = whole(U128(U128(hourly * 24n) * 30n))
      say(
        'A month of it',
        i.quirky
          ? `× ${i.elapsed} s ÷ 3600 × 24 × 30 (Q-DISCOUNT-PERIOD: it multiplies by the period)`
          : `× 3600 ÷ ${i.elapsed} s × 24 × 30`,
        group(String(monthly)),
        '1e-7 TFT',
        half,
      )
      if (monthly === 0n) return done(0n, 'None', 'division by zero: a month of it is less than half a unit (Q-DISCOUNT-ZERO)')
      const months = div(num(i.balance), num(monthly))
      level = thresholds.findLastIndex((from) => months >= from) + 1
      say('Months that the balance lasts', `${group(String(i.balance))} ÷ ${group(String(monthly))}`, decimal(months), 'months', cut)
      const [name, factor, span] = levels[level] ?? levels[0]
      regular = whole(mul(num(gross), float(factor)))
      say('Discount', `${span} months: ${name}, × ${factor}`, group(String(regular)), '1e-7 TFT', half)
    }
    const surcharge = inTft(extra)
    if (extra > 0n) say('Surcharge in TFT', 'no discount', group(String(surcharge)), '1e-7 TFT', half)
    const due = regular + surcharge
    say('Due', 'what ContractBilled says', group(String(due)), '1e-7 TFT')
    const owed = i.locked + due
    say(
      'Grace',
      `all that is locked with this bill, ${group(String(owed))}, against the usable balance ${group(String(i.balance))}`,
      owed >= i.balance ? 'the contract enters its grace period' : 'locked on the account',
      '',
    )
    return done(due, (levels[level] ?? levels[0])[0])
  }

  /** Percent of a whole number, as `Percent` multiplies: the remainder is rounded to the nearest, a half down. */
  function share(/** @type {bigint} */ percent, /** @type {bigint} */ x) {
    const part = percent > 100n ? 100n : percent
    const rest = (x % 100n) * part
    return (x / 100n) * part + rest / 100n + (rest % 100n > 50n ? 1n : 0n)
  }

  return bill
})()
