import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { editionAt } from '../../spec/versions/editions.js'
import { SiteFolderError, writeSite } from './folder.js'
import { buildForTests, endless, folderForTests, hostile, inputForTests, someFixtures } from './for-tests.js'
import { makeSite } from './site.js'
import { asReport } from './reports.js'

const folder = folderForTests()
const traces = [...hostile, endless(350), ...someFixtures(16)]
const editions = [editionAt(123), editionAt(144)]
let files: readonly string[] = []
const read = (path: string): string => readFileSync(join(folder, path), 'utf8')

beforeAll(async () => {
  await buildForTests(folder, traces, editions)
  files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => statSync(join(folder, name)).isFile())
}, 180_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('two runs give the same bytes', async () => {
  for await (const { path, content } of makeSite(inputForTests(traces, editions)))
    if (read(path) !== content) expect.fail(`${path} differs`)
})

test('every link inside the site leads somewhere, to the very place', () => {
  const all = new Set(files)
  const anchors = new Map<string, ReadonlySet<string>>()
  const anchorsOf = (path: string): ReadonlySet<string> => {
    let found = anchors.get(path)
    if (found === undefined) anchors.set(path, (found = new Set([...read(path).matchAll(/ id="([^"]*)"/g)].map(([, id]) => id!))))
    return found
  }
  const broken = new Set<string>()
  for (const path of files.filter((name) => name.endsWith('.html')))
    for (const [, href] of read(path).matchAll(/ (?:href|src)="([^"]*)"/g)) {
      if (href!.startsWith('data:')) continue
      const [file, hash] = href!.split('#') as [string, string | undefined]
      const target = file === '' ? path : posix.join(dirname(path), file)
      if (!all.has(target)) broken.add(`${path} → ${href}`)
      else if (hash !== undefined && !/^step-\d+$/.test(hash) && !anchorsOf(target).has(hash)) broken.add(`${path} → ${href}`)
    }
  expect([...broken].slice(0, 10)).toEqual([])
  const searched = [...read('search.js').matchAll(/\["\w+","[^"]*","(?:[^"\\]|\\.)*","([^"]*)"/g)].map(([, href]) => href!.split('#')[0]!)
  expect(searched.length).toBeGreaterThan(1000)
  expect(searched.filter((path) => !all.has(path))).toEqual([])
})

test('ids are unique in every page', () => {
  for (const path of files.filter((name) => name.endsWith('.html'))) {
    const ids = [...read(path).matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
    if (new Set(ids).size !== ids.length) expect.fail(`${path}: ${ids.filter((id, i) => ids.indexOf(id) !== i).join(', ')}`)
  }
})

test('the first page, with all that it loads, is under 500 KB', () => {
  const parts = ['index.html', 'site.css', 'site.js', 'find.js', 'theme.js']
  expect(parts.reduce((sum, path) => sum + statSync(join(folder, path)).size, 0)).toBeLessThan(500_000)
})

test('text of a file is never markup, and no name leaves the folder', () => {
  for (const path of files) {
    if (!/\.(html|js)$/.test(path)) continue
    const text = read(path)
    if (text.includes('<img src=x') || text.includes('<script>window.hacked') || (path.endsWith('.js') && text.includes('\u2028')))
      expect.fail(path)
  }
  expect(files.some((path) => path.includes('..'))).toBe(false)
})

test('what is no trace is told of, with its reason', () => {
  const page = read('traces.html')
  expect(page).toContain('lacks-its-steps')
  expect(page).toContain('no-json')
})

test('a long trace comes in files of a hundred steps', () => {
  expect(files.filter((path) => /^trace\/endless\.\d+\.js$/.test(path))).toHaveLength(4)
  expect(read('trace/endless.html').length).toBeLessThan(60_000)
})

test('a folder with something else in it is left alone', async () => {
  const other = folderForTests()
  writeFileSync(join(other, 'thesis.txt'), 'mine')
  await expect(writeSite(other, makeSite(inputForTests([], editions)))).rejects.toBeInstanceOf(SiteFolderError)
  expect(readdirSync(other)).toEqual(['thesis.txt'])
  rmSync(other, { recursive: true })
})

test('a report that is none names the field', () => {
  expect(() => asReport({ tool: 'x' })).toThrow(/^at must be a text/)
  expect(() => asReport({ ...inputForTests([], editions).report, rules: { 'SC-1': '<b>' } })).toThrow(/rules must be an object of numbers/)
})
