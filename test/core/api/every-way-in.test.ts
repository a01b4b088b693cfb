// The rules about who gets in, for every way in. The ways are read from the contract and from the API's own document, so
// that one that is added is held to the rules by itself.
import { request as httpRequest } from 'node:http'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operations } from '../../../shared/contract/operations.ts'
import { STREAM_PATH } from '../../../shared/contract/stream.ts'
import type { Access } from '../../../electron/core/api/paths.ts'
import { addPages } from '../../../electron/headless/pages.ts'
import { createBrowserSession, type BrowserSession } from '../../../electron/headless/session.ts'
import { exampleRequest, JSON_TYPE, openTestServer, OPERATIONS, type Asked, type TestServer } from './test-server.ts'

interface Way {
  name: string
  access: Access
  request: Asked
  /** Of success. */
  status: number
}

const operationWays = OPERATIONS.map(([name, declared]): Way => ({
  name,
  access: declared.open ? 'open' : 'token',
  request: exampleRequest(declared),
  status: declared.status,
}))

const HTML = { accept: 'text/html' }
const OTHER_WAYS: Way[] = [
  { name: 'stream', access: 'token', request: { path: STREAM_PATH }, status: 200 },
  { name: 'openapi', access: 'token', request: { path: '/api/openapi.json' }, status: 200 },
  { name: 'metrics', access: 'token', request: { path: '/metrics' }, status: 200 },
  { name: 'health', access: 'public', request: { path: '/healthz' }, status: 200 },
]
const PAGES: Way[] = [
  { name: 'the page', access: 'public', request: { path: '/', headers: HTML }, status: 200 },
  { name: 'a page below', access: 'public', request: { path: '/events/5', headers: HTML }, status: 200 },
  { name: 'a script of the page', access: 'public', request: { path: '/assets/index-Ab12.js' }, status: 200 },
  // Below /api nothing is open by mistake, nor there at all.
  { name: 'a route without a declaration', access: 'token', request: { path: '/api/undeclared' }, status: 404 },
]
const WAYS = [...operationWays, ...OTHER_WAYS, ...PAGES]

interface BrowserHost {
  server: TestServer
  token: () => string
  cookie: () => string
}

const folder = mkdtempSync(join(tmpdir(), 'tocsin-ways-'))
mkdirSync(join(folder, 'assets'))
writeFileSync(join(folder, 'index.html'), '<!doctype html>')
writeFileSync(join(folder, 'assets/index-Ab12.js'), 'start()')

/** The server with the pages and the session of the browser's host. */
async function openBrowserHost({ ingestNeedsToken = false } = {}): Promise<BrowserHost> {
  let session: BrowserSession | undefined
  const server = await openTestServer(
    {
      ingestNeedsToken,
      session: { valid: (request) => session!.valid(request), renew: (reply) => session!.renew(reply) },
    },
    {},
    async (app, token, port) => {
      session = createBrowserSession(token.current, port)
      await addPages(app, { rendererDir: folder, session })
      app.get('/api/undeclared', () => 'secret')
    },
  )
  const cookie = () => {
    const [name, value] = session!.cookie()
    return `${name}=${value}`
  }
  return { server, token: () => `Bearer ${server.token.current()}`, cookie }
}

let host: BrowserHost
let strict: BrowserHost
let rotated: BrowserHost
let old: { token: string; cookie: string }
beforeAll(async () => {
  host = await openBrowserHost()
  strict = await openBrowserHost({ ingestNeedsToken: true })
  rotated = await openBrowserHost()
  old = { token: rotated.token(), cookie: rotated.cookie() }
  rotated.server.token.rotate()
})
afterAll(async () => {
  for (const { server } of [host, strict, rotated]) await server.app.close()
  rmSync(folder, { recursive: true })
})

type Headers = Record<string, string>
type Transport = (server: TestServer, request: Asked) => Promise<number>

/** The status is all that counts: a stream would never end. */
const overHttp: Transport = ({ port }, { method = 'GET', path, headers = {}, body }) => {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
  const options = { host: '127.0.0.1', port, method, path, headers: { ...length, ...headers }, agent: false }
  const request = httpRequest(options, (response) => {
    resolve(response.statusCode ?? 0)
    request.destroy()
  })
  request.on('error', reject)
  request.end(body)
  return promise
}

/** As the desktop carries the requests of its page. */
const inMemory: Transport = async ({ app }, { method = 'GET', path, headers = {}, body }) =>
  (
    await app.inject({
      method: method as 'GET',
      url: path,
      headers: { host: 'localhost', ...headers },
      ...(body !== undefined && { payload: body }),
    })
  ).statusCode

const TRANSPORTS: [string, Transport][] = [
  ['HTTP', overHttp],
  ['memory', inMemory],
]

const withHeaders = (request: Asked, headers: Headers): Asked => ({
  ...request,
  headers: { ...request.headers, ...headers },
})

/** Whoever asks, and whatever they bring. */
const credentials = ({ token, cookie }: BrowserHost): Headers[] => [
  {},
  { authorization: token() },
  { cookie: cookie() },
  { authorization: 'Bearer wrong' },
]

const FOREIGN: [what: string, headers: (port: number) => Headers, status: number][] = [
  ['a foreign Host', () => ({ host: 'evil.example' }), 421],
  ['a foreign Host on our port', (port) => ({ host: `evil.example:${port}` }), 421],
  ['a Host that begins like ours', (port) => ({ host: `localhost.evil.example:${port}` }), 421],
  ['a foreign Origin', () => ({ origin: 'http://evil.example' }), 403],
  ['a foreign Origin on our port', (port) => ({ origin: `http://evil.example:${port}` }), 403],
  ['the null Origin of a sandbox or a file', () => ({ origin: 'null' }), 403],
  ['another program on this machine', (port) => ({ origin: `http://localhost:${port + 1}` }), 403],
  ['our name under another scheme', (port) => ({ origin: `https://localhost:${port}` }), 403],
  ['a cross-site fetch', () => ({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }), 403],
  ['a fetch from another port', () => ({ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }), 403],
]

const SIMPLE_TYPES = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', '']

test('the table has every operation that the API describes', async () => {
  const { paths } = (await host.server.app
    .inject({
      url: '/api/openapi.json',
      headers: { authorization: host.token() },
    })
    .then((answer) => answer.json())) as { paths: Record<string, object> }
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((each) => `${each} ${path}`),
  )
  const contract = OPERATIONS.map(([, { method, path }]) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
  const others = OTHER_WAYS.map(({ request }) => `GET ${request.path}`)
  expect(described.map((way) => way.toLowerCase()).toSorted()).toEqual(
    [...contract, ...others].map((way) => way.toLowerCase()).toSorted(),
  )
})

describe.each(WAYS)('$name', ({ access, request, status }) => {
  const isStream = request.path === STREAM_PATH
  /** In memory a stream has no end to wait for. */
  const admitting = TRANSPORTS.filter(([name]) => name === 'HTTP' || !isStream)

  const expectFor = async (of: BrowserHost, headers: Headers, wanted: number, asked = request) => {
    for (const [name, carry] of wanted === status ? admitting : TRANSPORTS) {
      expect([name, headers, await carry(of.server, withHeaders(asked, headers))]).toEqual([name, headers, wanted])
    }
  }

  test.each(FOREIGN)('rejects %s, whatever else it sends', async (_what, headersFor, rejection) => {
    host.server.calls.length = 0
    for (const brought of credentials(host))
      await expectFor(host, { ...brought, ...headersFor(host.server.port) }, rejection)
    expect(host.server.calls).toEqual([])
  })

  test('accepts the token and the cookie only', async () => {
    const { token, cookie, server } = host
    const own = { origin: `http://localhost:${server.port}`, 'sec-fetch-site': 'same-origin' }
    await expectFor(host, { authorization: token() }, status)
    await expectFor(host, { cookie: cookie() }, status)
    await expectFor(host, { cookie: cookie(), ...own }, status)
    const stranger = access === 'token' ? 401 : status
    await expectFor(host, {}, stranger)
    for (const wrong of [
      cookie().replace(/session_\d+/, `session_${server.port + 1}`),
      cookie().replace(/=.*/, `=${server.token.current()}`),
      cookie().slice(0, -2),
      'tocsin_session_',
    ])
      await expectFor(host, { cookie: wrong }, stranger)
    const mistaken = access === 'public' ? status : 401
    for (const wrong of [
      'Bearer wrong',
      'Bearer',
      `${token()}x`,
      token().slice(0, -1),
      token().replace('Bearer', 'Basic'),
    ])
      await expectFor(host, { authorization: wrong }, mistaken)
    // A good cookie does not make up for a wrong token.
    await expectFor(host, { authorization: 'Bearer wrong', cookie: cookie() }, mistaken)
  })

  test('requires the token from everybody if a setting says so', async () => {
    await expectFor(strict, {}, access === 'public' ? status : 401)
    await expectFor(strict, { authorization: strict.token() }, status)
  })

  test('is closed to what was rotated away', async () => {
    await expectFor(rotated, { authorization: old.token }, access === 'public' ? status : 401)
    await expectFor(rotated, { cookie: old.cookie }, access === 'token' ? 401 : status)
    await expectFor(rotated, { authorization: rotated.token() }, status)
    await expectFor(rotated, { cookie: rotated.cookie() }, status)
  })

  test.runIf(request.method !== undefined && request.method !== 'GET')(
    'takes no simple request of a page',
    async () => {
      host.server.calls.length = 0
      for (const type of SIMPLE_TYPES) {
        const asked = { ...request, headers: type ? { 'content-type': type } : {} }
        // With what a browser adds by itself, and from one that adds nothing.
        await expectFor(host, { cookie: host.cookie(), origin: 'http://evil.example' }, 403, asked)
        const rejection = access === 'open' ? 415 : 401
        await expectFor(host, {}, rejection, asked)
        if (request.body !== undefined) await expectFor(host, { cookie: host.cookie() }, 415, asked)
      }
      expect(host.server.calls).toEqual([])
    },
  )
})

test('what is open takes JSON alone, so that no page can post without being asked about first', () => {
  const open = OPERATIONS.filter(([, declared]) => declared.open)
  expect(open.length).toBeGreaterThan(0)
  for (const [name, { method, body }] of open) expect([name, method, Boolean(body)]).toEqual([name, 'POST', true])
  expect(exampleRequest(operations.postMetric).headers).toEqual(JSON_TYPE)
})

describe('a rotation', () => {
  test('ends the streams of the old token', async () => {
    const { server, token, cookie } = await openBrowserHost()
    const url = `http://127.0.0.1:${server.port}${STREAM_PATH}`
    const open = (headers: Headers) => fetch(url, { headers })
    const [byToken, byCookie] = [await open({ authorization: token() }), await open({ cookie: cookie() })]
    expect([byToken.status, byCookie.status, server.listeners()]).toEqual([200, 200, 2])
    const before = { token: token(), cookie: cookie() }
    server.token.rotate()
    expect(await byToken.text()).toContain('retry:')
    expect(await byCookie.text()).toContain('retry:')
    expect(server.listeners()).toBe(0)
    expect((await open({ authorization: before.token })).status).toBe(401)
    expect((await open({ cookie: before.cookie })).status).toBe(401)
    const again = await open({ cookie: cookie() })
    expect(again.status).toBe(200)
    await again.body?.cancel()
    await server.app.close()
  })
})
