import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createHash } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { SiteFile } from './data.js'

/** A site that is served from memory, on loopback. */
export interface ServedSite {
  readonly address: string
  /** Replaces the site; open pages load themselves again. */
  readonly replace: (files: readonly SiteFile[]) => void
  readonly close: () => Promise<void>
}

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
}
/** Added to pages by the server only: a site in a folder asks nobody for anything. */
const reload = `const events = new EventSource('/-/changes')\nevents.onmessage = () => location.reload()\n`

/** @param port 0 takes a free one */
export async function serveSite(files: readonly SiteFile[], port: number): Promise<ServedSite> {
  let site = new Map(files.map(({ path, content }) => [path, content]))
  const listening = new Set<ServerResponse>()
  const server = createServer((request, response) => answer(request, response))

  function answer(request: IncomingMessage, response: ServerResponse): void {
    // A page of the web that finds the port must not read what is here under a name of its own.
    const host = request.headers.host?.replace(/:\d+$/, '')
    if (host !== '127.0.0.1' && host !== 'localhost') return refuse(response, 403)
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405)
    const path = pathOf(request.url ?? '/')
    if (path === '-/changes') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      response.write(':\n\n')
      listening.add(response)
      response.on('close', () => listening.delete(response))
      return
    }
    const content = path === '-/reload.js' ? reload : site.get(path)
    if (content === undefined) return refuse(response, 404)
    const type = path.slice(path.lastIndexOf('.') + 1)
    const body = Buffer.from(type === 'html' ? withReload(content) : content)
    const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 24)}"`
    const headers = {
      'content-type': types[type] ?? 'application/octet-stream',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      etag,
    }
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, headers).end()
      return
    }
    response.writeHead(200, { ...headers, 'content-length': body.length })
    response.end(request.method === 'HEAD' ? undefined : body)
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    replace: (next) => {
      site = new Map(next.map(({ path, content }) => [path, content]))
      for (const response of listening) response.write('data: changed\n\n')
    },
    close: () =>
      new Promise((resolve) => {
        for (const response of listening) response.end()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function pathOf(url: string): string {
  try {
    const path = decodeURIComponent(url.replace(/[?#].*$/, '')).replace(/^\/+/, '')
    return path === '' ? 'index.html' : path
  } catch {
    return ''
  }
}

const withReload = (page: string): string =>
  page
    .replace("default-src 'none';", "default-src 'none'; connect-src 'self';")
    .replace('</head>', '<script src="/-/reload.js" defer></script>\n</head>')

function refuse(response: ServerResponse, code: number): void {
  response.writeHead(code, { 'content-type': 'text/plain; charset=utf-8' }).end(`${code}\n`)
}
