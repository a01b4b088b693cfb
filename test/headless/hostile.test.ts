// Text from outside, on its way to the terminal and into the log of the program as it is shipped.
import { readdirSync, readFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startHostProcess, temporaryFolder, type HostProcess } from '../support/host-process.ts'

const EVIL = `\r\n{"level":30,"time":1,"msg":"Forged"}\r\nForged\u001b[2J\u001b]0;owned\u0007\u009b2J\u202e\u2028${'W'.repeat(10_000)}`
const cut = (length: number) => EVIL.slice(0, length)
const encoded = encodeURIComponent(cut(2000))

const folder = temporaryFolder()
let host: HostProcess
beforeAll(async () => void (host = await startHostProcess({ dataDir: folder.path })), 60_000)
afterAll(async () => {
  await host.stop()
  folder.remove()
})

const API = '/api/anomaly'
const JSON_TYPE = { 'content-type': 'application/json' }
const sample = (source: string) => JSON.stringify({ source, metric_type: cut(256), unit: cut(64), value: 99 })

/** Every field that accepts text. */
const ways: [where: string, method: string, path: string, headers: Record<string, string>, body?: string][] = [
  ['the name of a source', 'POST', `${API}/metrics`, JSON_TYPE, sample(cut(256))],
  ['a name that is too long', 'POST', `${API}/metrics`, JSON_TYPE, sample(EVIL)],
  ['a key of JSON', 'POST', `${API}/metrics`, JSON_TYPE, JSON.stringify({ [EVIL]: 1 })],
  ['broken JSON', 'POST', `${API}/metrics`, JSON_TYPE, EVIL],
  ['a path', 'GET', `/${encoded}`, {}],
  ['a value in a path', 'GET', `${API}/metrics/${encoded}`, {}],
  ['a query', 'GET', `${API}/events?status=${encoded}&${encoded}=1`, {}],
  ['a method', 'PROPFIND', `${API}/${encoded}`, {}],
  ['a header', 'GET', '/healthz', { host: `evil.example\u009b2J`, 'user-agent': '\u009b2J'.repeat(2000) }],
  ['an origin', 'GET', `${API}/events`, { origin: 'http://\u009b2J' }],
  ['a token', 'GET', `${API}/events`, { authorization: `Bearer \u009b2J${'W'.repeat(4000)}` }],
  ['a cookie', 'GET', `${API}/events`, { cookie: `tocsin_session=\u009b2J` }],
  ['a content type', 'POST', `${API}/metrics`, { 'content-type': 'text/\u009b2J' }, '{}'],
  ['an encoding', 'POST', `${API}/metrics`, { ...JSON_TYPE, 'content-encoding': '\u009b2J' }, '{}'],
  ['a key of idempotency', 'POST', `${API}/metrics`, { ...JSON_TYPE, 'idempotency-key': '\u009b2J' }, sample('a')],
  ['a last event', 'GET', `${API}/stream?x`, { 'last-event-id': '\u009b2J' }],
  [
    'a rule',
    'POST',
    `${API}/rules`,
    JSON_TYPE,
    JSON.stringify({ name: cut(200), method: cut(64), description: cut(2000) }),
  ],
  [
    'a silence',
    'POST',
    `${API}/silences`,
    JSON_TYPE,
    JSON.stringify({ comment: cut(1000), to: '2099-01-01T00:00:00Z' }),
  ],
  ['a bundle', 'POST', `${API}/bundles`, JSON_TYPE, JSON.stringify({ format: EVIL })],
  ['a setting', 'PATCH', `${API}/settings`, JSON_TYPE, JSON.stringify({ llm: { model: cut(256) } })],
  ['a source to delete', 'DELETE', `${API}/sources/${encodeURIComponent(cut(256))}`, {}],
]

const statusOf = (method: string, path: string, headers: Record<string, string>, body?: string) => {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>()
  const { hostname, port } = new URL(host.url)
  const authorization = `Bearer ${host.token}`
  const all = { authorization, ...(body && { 'content-length': Buffer.byteLength(body) }), ...headers }
  const request = httpRequest({ hostname, port, method, path, headers: all, agent: false }, (response) => {
    resolve(response.statusCode)
    response.destroy()
  })
  request.on('error', reject).end(body)
  return promise
}

test.each(ways)('%s is answered', async (_where, method, path, headers, body) => {
  expect(await statusOf(method, path, headers, body)).toBeLessThan(500)
})

test('bytes that are no HTTP are answered or cut off', async () => {
  const socket = connect(Number(new URL(host.url).port), '127.0.0.1', () => socket.end(EVIL))
  const { promise, resolve } = Promise.withResolvers<void>()
  socket.on('error', () => {}).on('close', () => resolve())
  socket.resume()
  await promise
})

test('nothing of it steers the terminal, forges a line, or turns one around', async () => {
  await host.stop()
  // Its output is the address and the data folder: nothing was added.
  expect(host.output().trimEnd().split('\n')).toHaveLength(2)
  const logs = readdirSync(join(folder.path, 'logs')).map((name) =>
    readFileSync(join(folder.path, 'logs', name), 'utf8'),
  )
  const lines = logs.join('').trimEnd().split('\n')
  for (const line of lines)
    expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number), time: expect.any(Number) })
  expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).not.toContain('Forged')
  for (const text of [host.output(), ...logs]) expect(text).not.toMatch(/(?!\n)[\p{Cc}\u2028\u202e]/u)
})
