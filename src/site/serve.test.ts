import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { serveSite, type ServedSite } from './serve.js'
import { watchPlaces } from './watch.js'

const page = '<html><head><meta content="default-src \'none\'; x"></head><body>first</body></html>'
const open: ServedSite[] = []
const serve = async (port = 0): Promise<ServedSite> => {
  const site = await serveSite([{ path: 'index.html', content: page }], port)
  open.push(site)
  return site
}
afterEach(async () => {
  for (const site of open.splice(0)) await site.close()
})
const portOf = ({ address }: ServedSite): number => Number(new URL(address).port)

/** `fetch` sets the host itself. */
const get = (port: number, path: string, host: string, method = 'GET'): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method, headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })

test('the site is served on loopback, to nobody who calls it by another name', async () => {
  const site = await serve()
  expect(site.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
  const port = portOf(site)
  expect(await get(port, '/', `127.0.0.1:${port}`)).toBe(200)
  expect(await get(port, '/', `localhost:${port}`)).toBe(200)
  expect(await get(port, '/', 'evil.example')).toBe(403)
  expect(await get(port, '/', '127.0.0.1', 'POST')).toBe(405)
  expect(await get(port, '/../../etc/passwd', '127.0.0.1')).toBe(404)
  expect(await get(port, '/%', '127.0.0.1')).toBe(404)
})

test('a port that is taken is an error, not a crash', async () => {
  const site = await serve()
  await expect(serve(portOf(site))).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

test('an open page is told that the site is another', async () => {
  const site = await serve()
  const events = (await fetch(`${site.address}-/changes`)).body!.pipeThrough(new TextDecoderStream()).getReader()
  await events.read()
  site.replace([{ path: 'index.html', content: page.replace('first', 'second') }])
  expect((await events.read()).value).toContain('data: changed')
  const served = await (await fetch(site.address)).text()
  expect(served).toContain('second')
  expect(served).toContain('/-/reload.js')
  await events.cancel()
})

test('a file is followed through being replaced, and an error keeps nobody from the next change', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tfspec-watch-'))
  const file = join(folder, 'report.json')
  writeFileSync(file, '1')
  let calls = 0
  let told = 0
  let resolve: () => void = () => undefined
  const next = (): Promise<void> => new Promise((done) => (resolve = done))
  const watching = watchPlaces(
    [file],
    () => {
      calls++
      resolve()
      return calls === 1 ? Promise.reject(new Error('no JSON')) : Promise.resolve()
    },
    () => told++,
  )
  for (let i = 1; i <= 2; i++) {
    const changed = next()
    writeFileSync(`${file}.part`, String(i))
    renameSync(`${file}.part`, file)
    await changed
  }
  watching.close()
  rmSync(folder, { recursive: true })
  expect([calls, told]).toEqual([2, 1])
}, 20_000)
