import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { editionAt, intended } from '../../spec/versions/editions.js'
import { buildForTests, endless, folderForTests, hostile, someFixtures } from './for-tests.js'

/** Debian's. Nothing is downloaded, and nothing but files is opened. */
const executable = '/usr/bin/chromium'
if (!existsSync(executable))
  process.stderr.write(`SKIPPED: the site is not tested in a browser: ${executable} is missing (apt-get install chromium)\n`)

const require = createRequire(import.meta.url)
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
/** All pages instead of some of each kind: a minute. */
const isThorough = process.env.TFSPEC_EVERY_PAGE === '1'

describe.skipIf(!existsSync(executable))('in Chromium, from a folder', () => {
  const folder = folderForTests()
  let browser: Browser | undefined
  let page: Page
  const complaints: string[] = []
  const at = (path: string): string => {
    const [file, hash] = path.split('#')
    return `${pathToFileURL(join(folder, file!)).href}${hash === undefined ? '' : `#${hash}`}`
  }
  const open = (path: string) => page.goto(at(path), { waitUntil: 'load' })

  beforeAll(async () => {
    const [made, launched] = await Promise.all([
      buildForTests(folder, [...hostile, endless(350), ...someFixtures(16)], [editionAt(144), intended]),
      chromium.launch({ executablePath: executable, args: ['--no-sandbox', '--disable-gpu'] }),
    ])
    expect(made.files).toBeGreaterThan(500)
    browser = launched
    page = await launched.newPage({ viewport: { width: 1280, height: 900 } })
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(`${page.url()}: ${message.text()}`)
    })
    page.on('request', (request) => {
      if (!request.url().startsWith('file:') && !request.url().startsWith('data:')) complaints.push(`asks for ${request.url()}`)
    })
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('pages load without a complaint, and none is wider than the screen', async () => {
    const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.html'))
      .sort()
    const kinds = new Map<string, string[]>()
    for (const path of pages) {
      const kind = path.replace(/[^/]*$/, '')
      kinds.set(kind, [...(kinds.get(kind) ?? []), path])
    }
    const chosen = isThorough
      ? pages
      : [...kinds].flatMap(([kind, list]) => (kind === '' ? list : list.filter((_, i) => i % Math.ceil(list.length / 2) === 0)))
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 })
      for (const path of chosen) {
        await open(path)
        const { scrollWidth, title } = await page.evaluate<{ scrollWidth: number; title: string }>(
          '({ scrollWidth: document.documentElement.scrollWidth, title: document.title })',
        )
        if (scrollWidth > width) complaints.push(`${path} is ${scrollWidth} wide at ${width}`)
        if (!title.endsWith('· tfspec')) complaints.push(`${path} has the title ${title}`)
      }
    }
    await page.setViewportSize({ width: 1280, height: 900 })
    expect(complaints).toEqual([])
  }, 600_000)

  test.each([
    ['SmartContractModule.NodeNotExists', 'SmartContractModule.NodeNotExists'],
    ['smartContractModule.nodenotexists', 'SmartContractModule.NodeNotExists'],
    ['Module: { index: 26, error: 0x01000000 }', 'SmartContractModule.NodeNotExists'],
    ['Dispatch error: TwinNotAuthorizedToCancelContract happened', 'SmartContractModule.TwinNotAuthorizedToCancelContract'],
  ])('the search takes %s', async (typed, found) => {
    await open('index.html')
    await page.keyboard.press('/')
    await page.locator('#q').fill(typed)
    await page.locator('#found li a').first().waitFor()
    await page.keyboard.press('ArrowDown')
    await Promise.all([page.waitForURL(`**/error/${found}.html`), page.keyboard.press('Enter')])
    expect(await page.locator('h1').textContent()).toBe(found)
  })

  test('a trace is stepped to its end and back, and a step has an address', async () => {
    const name = someFixtures(16)[3]!.name
    await open(`trace/${name}.html`)
    const where = page.locator('#where')
    const total = Number((await where.textContent())!.split(' of ')[1])
    const shown: string[] = []
    for (let i = 1; i <= total; i++) {
      expect(await where.textContent()).toBe(`step ${i} of ${total}`)
      shown.push((await page.locator('#panel h2').textContent())!)
      await page.keyboard.press('ArrowRight')
    }
    expect(await page.locator('#on').isDisabled()).toBe(true)
    for (let i = total; i >= 1; i--) {
      expect(await page.locator('#panel h2').textContent()).toBe(shown[i - 1])
      if (i > 1) await page.locator('#back').click()
    }
    await open(`trace/${name}.html#step-${total}`)
    await page.reload()
    expect(await page.locator('#panel h2').textContent()).toBe(shown[total - 1])
  })

  test('the machine of a trace lights the state that the entity is in', async () => {
    const trace = readdirSync(join(folder, 'trace')).filter((name) => /^SC-.*\.html$/.test(name))[0]!
    await open(`trace/${trace}`)
    await page.keyboard.press('End')
    await page.locator('#machine-now .state.lit').waitFor()
    const [pressed, lit] = [
      await page.locator('.entities [aria-pressed=true] strong').textContent(),
      await page.locator('#machine-now .state.lit').getAttribute('data-state'),
    ]
    expect(lit).toBe(pressed)
  })

  test('a long trace jumps to a step whose file was not loaded yet', async () => {
    await open('trace/endless.html#step-250')
    await page.locator('#panel h2', { hasText: '250.' }).waitFor()
    expect(await page.locator('#steps li').count()).toBe(100)
    await page.keyboard.press('Home')
    await page.locator('#panel h2', { hasText: /^1\./ }).waitFor()
  })

  test('a hostile case neither runs nor breaks its page', async () => {
    const name = readdirSync(join(folder, 'trace')).find((file) => file.startsWith('img-src') && file.endsWith('.html'))!
    await open(`trace/${name}#step-2`)
    await page.locator('#panel .differs').waitFor()
    expect(await page.locator('#panel').textContent()).toContain('onerror')
    await open('trace/unnamed.html')
    expect(await page.locator('#where').textContent()).toBe('no steps')
    await open('traces.html')
    await page.locator('#q').fill('img src')
    await page.waitForTimeout(100)
    expect(await page.evaluate('window.hacked')).toBeUndefined()
    expect(complaints).toEqual([])
  })

  test('a version is chosen, dark is chosen and kept', async () => {
    await open('144/machine/contract.html')
    await Promise.all([page.waitForURL('**/intended/machine/contract.html'), page.locator('.editions a', { hasText: 'intended' }).click()])
    const before = await page.evaluate('getComputedStyle(document.body).backgroundColor')
    await page.locator('#theme').click()
    const dark = await page.evaluate('getComputedStyle(document.body).backgroundColor')
    expect(dark).not.toBe(before)
    await open('calls.html')
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(dark)
    await page.locator('#theme').click()
  })

  test('refusals are folded until asked for', async () => {
    await open('144/machine/contract.html')
    expect(await page.locator('.picture .full').isVisible()).toBe(false)
    await page.locator('#full').check()
    expect(await page.locator('.picture .full .refusal').count()).toBeGreaterThan(20)
    expect(await page.locator('.picture .plain').isVisible()).toBe(false)
  })

  test('a bill is explained anew when something is entered', async () => {
    await open('bill.html')
    expect(await page.locator('#bill-due').textContent()).toBe('0.5500000 TFT')
    await page.locator('[name=ips]').fill('2')
    expect(await page.locator('#bill-due').textContent()).not.toBe('0.5500000 TFT')
    await page.locator('[name=ips]').fill('many')
    expect(await page.locator('[name=ips]').getAttribute('aria-invalid')).toBe('true')
  })

  test('an arrow opens its branches beside the picture: those of the state that it leaves, its own marked', async () => {
    await open('144/machine/contract.html')
    await page.locator('.plain .edge[data-from=absent] .hit').first().dispatchEvent('click')
    const sheet = page.locator('dialog.sheet')
    expect(await sheet.locator('header strong').textContent()).toBe('absent → created')
    expect(await sheet.locator('h3').allTextContents()).toHaveLength(3)
    expect(await sheet.locator('.here').count()).toBeGreaterThan(2)
    expect(await sheet.locator('[data-states]').evaluateAll((lists) => lists.map((l) => l.getAttribute('data-states')))).toEqual(
      Array.from({ length: 3 }, () => 'absent'),
    )
    expect(await page.locator('[id="SC-CREATE-1"]').count()).toBe(1)
    await page.keyboard.press('Escape')
    expect(await sheet.isVisible()).toBe(false)
    await page.locator('.plain a[href="#s-remove"]').first().click()
    expect(await sheet.locator('h3').textContent()).toContain('@remove')
    await page.keyboard.press('Escape')
  })

  test('a wide table is a list of cards on a phone, and says what each value is', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await open('error/SmartContractModule.NodeNotExists.html')
    const cell = page.locator('table.stack td').first()
    expect(await cell.evaluate((td) => [getComputedStyle(td).display, getComputedStyle(td, '::before').content])).toEqual([
      'flow-root',
      '"When asked for"',
    ])
    await page.setViewportSize({ width: 1280, height: 900 })
  })

  test.each(['light', 'dark'] as const)(
    'nobody is kept out: axe finds nothing serious, %s',
    async (scheme) => {
      await page.emulateMedia({ colorScheme: scheme })
      const trace = someFixtures(16)[3]!.name
      const found: string[] = []
      // What is coloured looks different in the dark; what is named does not.
      const coloured = ['index.html', '144/machine/twin.html', `trace/${trace}.html`, 'coverage/mint.html', 'bill.html']
      const others = [
        '144/call/TFTPriceModule.setPrices.html',
        'error/SmartContractModule.NodeNotExists.html',
        'coverage.html',
        'versions.html',
      ]
      const rest = [
        ...['machines.html', 'calls.html', 'errors.html', 'events.html', 'event/SmartContractModule.ContractCreated.html', 'promises.html'],
        ...[
          'traces.html',
          'bridge.html',
          '144/rules.html',
          'diff/144-intended.html',
          '144/machine/contract.html',
          'coverage/contract.html',
        ],
      ]
      for (const path of isThorough ? [...coloured, ...others, ...rest] : scheme === 'dark' ? coloured : [...coloured, ...others]) {
        await open(path)
        await page.evaluate(axe)
        const violations = await page.evaluate<readonly { id: string; impact: string; html: readonly string[] }[]>(
          "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, impact, nodes }) => ({ id, impact, html: nodes.slice(0, 2).map((n) => n.html.slice(0, 160)) })))",
        )
        for (const { id, impact, html } of violations)
          if (impact === 'serious' || impact === 'critical') found.push(`${path}: ${id}: ${html.join(' | ')}`)
      }
      await page.emulateMedia({ colorScheme: null })
      expect(found).toEqual([])
    },
    300_000,
  )
})
