import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ExplainedBill } from '../site/pages/bill-page.js'
import { run } from './program.js'

let out = ''
let err = ''
beforeEach(() => {
  out = err = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true))
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true))
})
afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = 0
})

const explained = async (...args: readonly string[]): Promise<Omit<ExplainedBill, 'due'> & { readonly due: string }> => {
  out = ''
  expect(await run(['explain', 'bill', '--json', ...args])).toBe(0)
  return JSON.parse(out) as Omit<ExplainedBill, 'due'> & { readonly due: string }
}

test('a bill is explained step by step, each with its unit and rounding', async () => {
  const { steps, due, trap } = await explained('--cru', '4', '--mru', '8GiB', '--elapsed', '600')
  expect(trap).toBeNull()
  expect(BigInt(due)).toBeGreaterThan(0n)
  expect(steps.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['Storage units', 'Compute units', 'Public IPs', 'Together', 'Price of a TFT', 'In TFT', 'Discount', 'Due']),
  )
  for (const { rounding } of steps) expect(rounding).not.toBe('')
})

test('a GiB is 2^30 bytes, and what is left out is what the development chain has', async () => {
  expect(await explained('--mru', '4GiB')).toEqual(await explained('--mru', String(4n << 30n)))
  expect((await explained()).due).toBe('5500000')
})

test('a quirk can be left out: the same use for less than an hour gets another discount', async () => {
  const short = ['--elapsed', '600', '--ips', '0']
  expect((await explained(...short)).level).not.toBe((await explained(...short, '--without', 'Q-DISCOUNT-PERIOD')).level)
})

test('people read it as text, and a trap is told', async () => {
  expect(await run(['explain', 'bill', '--price', '0', '--min-price', '0'])).toBe(0)
  expect(out).toContain('the runtime traps: division by zero')
})

test('what is no amount is refused', async () => {
  expect(await run(['explain', 'bill', '--cru', 'many'])).toBe(2)
  expect(err).toContain('give a whole number')
})

test('a name that is no command is explained as before', async () => {
  expect(await run(['explain', 'SC-CANCEL-2'])).toBe(0)
  expect(out).toContain('SC-CANCEL-2')
})
