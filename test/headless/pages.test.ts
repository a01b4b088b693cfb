// The browser's way in, over real HTTP in front of the real core.
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp, type App } from '../../electron/core/boot/app.ts'
import { silentLog, systemClock } from '../../electron/core/platform/ports.ts'
import { addPages } from '../../electron/headless/pages.ts'
import { createBrowserSession } from '../../electron/headless/session.ts'

const PAGE = '<!doctype html><title>Tocsin</title>'
const AS_BROWSER = { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }, redirect: 'manual' } as const

let folder: string
let app: App
let port = 0
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tocsin-pages-'))
  const rendererDir = join(folder, 'renderer')
  await mkdir(join(rendererDir, 'assets'), { recursive: true })
  await writeFile(join(rendererDir, 'index.html'), PAGE)
  await writeFile(join(rendererDir, 'assets/index-Ab12.js'), 'start()')
  await writeFile(join(folder, 'secret.txt'), 'not for browsers')
  app = await createApp({
    dataDir: join(folder, 'data'),
    resourcesDir: join(import.meta.dirname, '../../resources'),
    user: 'ada',
    clock: systemClock,
    log: silentLog,
    version: '1.2.3',
    host: '127.0.0.1',
    allowedHosts: [],
    ingestNeedsToken: false,
    session: createBrowserSession,
  })
  await addPages(app.server, {
    rendererDir,
    session: createBrowserSession(
      () => app.token,
      () => port,
    ),
  })
  port = await app.listen(0)
})
afterAll(async () => {
  await app.close()
  await rm(folder, { recursive: true })
})

const get = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init)
const openLink = (token: string) => get(`/?token=${token}`, AS_BROWSER)
const cookieOf = (answer: Response) => answer.headers.get('set-cookie')!.split('; ')[0]!
const withCookie = (cookie: string) => get('/api/anomaly/rules', { headers: { cookie } })

describe('the link', () => {
  test('gives a cookie that opens the API, and leads to the page without the token', async () => {
    const answer = await openLink(app.token)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe('/')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const [cookie, ...attributes] = answer.headers.get('set-cookie')!.split('; ')
    expect(cookie).toMatch(new RegExp(`^tocsin_session_${port}=[\\w-]{43}$`))
    expect(attributes.toSorted()).toEqual(['HttpOnly', 'Max-Age=34560000', 'Path=/', 'SameSite=Strict'])
    expect(answer.headers.get('set-cookie')).not.toContain(app.token)
    expect((await withCookie(`other=1; ${cookie}`)).status).toBe(200)
  })

  test.for([
    ['of another port', (cookie: string) => cookie.replace(/session_\d+/, 'session_1')],
    ['that was changed', (cookie: string) => cookie.slice(0, -1) + (cookie.endsWith('A') ? 'B' : 'A')],
    ['that is the token itself', (cookie: string) => cookie.replace(/=.*/, `=${app.token}`)],
    ['that is empty', (cookie: string) => cookie.replace(/=.*/, '=')],
  ] as const)('a cookie %s opens nothing', async ([, changed]) => {
    const cookie = (await openLink(app.token)).headers.get('set-cookie')!.split('; ')[0]!
    expect((await withCookie(changed(cookie))).status).toBe(401)
  })

  test.for(['wrong', '', `x&token=y`])('with the token %j it explains itself and gives no cookie', async (token) => {
    const answer = await openLink(token)
    expect(answer.status).toBe(401)
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await answer.text()).toContain('This link does not open Tocsin')
  })
})

describe('a new token', () => {
  const rotate = (headers: Record<string, string>) => get('/api/anomaly/token/rotate', { method: 'POST', headers })

  test('keeps the browser in that asked for it, and no other', async () => {
    const before = { token: app.token, cookie: cookieOf(await openLink(app.token)) }
    const answer = await rotate({ cookie: before.cookie })
    expect([answer.status, await answer.json()]).toEqual([200, { token: app.token }])
    expect(app.token).not.toBe(before.token)
    expect((await readFile(join(folder, 'data/token'), 'utf8')).trim()).toBe(app.token)
    expect((await stat(join(folder, 'data/token'))).mode & 0o777).toBe(0o600)
    expect(answer.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Strict$/)
    expect((await withCookie(cookieOf(answer))).status).toBe(200)
    expect((await withCookie(before.cookie)).status).toBe(401)
    expect((await openLink(before.token)).status).toBe(401)
    expect((await openLink(app.token)).status).toBe(303)
  })

  test('gives no cookie to a script, nor with a rejected request', async () => {
    const script = await rotate({ authorization: `Bearer ${app.token}` })
    expect([script.status, script.headers.get('set-cookie')]).toEqual([200, null])
    const stranger = await rotate({ cookie: 'tocsin_session_1=x' })
    expect([stranger.status, stranger.headers.get('set-cookie')]).toEqual([401, null])
  })
})

describe('the pages', () => {
  test('are there without a token, under a strict policy, and are asked for anew', async () => {
    const answer = await get('/', AS_BROWSER)
    expect([answer.status, await answer.text()]).toEqual([200, PAGE])
    expect(answer.headers.get('cache-control')).toBe('no-cache')
    expect(answer.headers.get('content-security-policy')).toBe(
      "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
        "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    )
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  })

  test.for(['/events', '/events/5', '/metrics/web1.example.org/CPU', '/index.html'])('%s is the page', async (path) => {
    const answer = await get(path, AS_BROWSER)
    expect([answer.status, await answer.text()]).toEqual([200, PAGE])
  })

  test('files with a digest in their name are kept for good', async () => {
    const answer = await get('/assets/index-Ab12.js')
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(answer.headers.get('content-type')).toMatch(/javascript/)
    expect(await answer.text()).toBe('start()')
  })

  test.for([
    '/assets/gone-1.js',
    '/robots.txt',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
  ])('a script that asks for %s gets 404', async (path) => {
    const answer = await get(path)
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
  })

  test('below /api there are no pages', async () => {
    expect((await get('/api/nothing', AS_BROWSER)).status).toBe(401)
    const authorization = `Bearer ${app.token}`
    expect((await get('/api/nothing', { headers: { ...AS_BROWSER.headers, authorization } })).status).toBe(404)
  })

  test('a page of another origin gets nowhere with the cookie of this one', async () => {
    const cookie = (await openLink(app.token)).headers.get('set-cookie')!.split('; ')[0]!
    const headers = { cookie, origin: 'http://127.0.0.1:1' }
    expect((await get('/api/anomaly/rules', { headers })).status).toBe(403)
  })
})
