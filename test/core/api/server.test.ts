// The server itself: what isn't proper HTTP, what stalls, and how it ends.
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { problem } from '../../../shared/schemas/problem.ts'
import { BEARER, knock, openTestServer, type TestServer } from './test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await openTestServer()
})
afterAll(() => server.app.close())

function parseAnswer(text: string) {
  const [head = '', body = ''] = text.split('\r\n\r\n')
  expect(head.toLowerCase()).toContain('content-type: application/problem+json')
  expect(head.toLowerCase()).toContain('x-content-type-options: nosniff')
  expect(head.toLowerCase()).toContain('connection: close')
  expect(Number(/content-length: (\d+)/i.exec(head)?.[1])).toBe(Buffer.byteLength(body))
  const parsed = problem.parse(JSON.parse(body))
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${parsed.status} `))
  return parsed
}

test.each([
  ['no HTTP at all', 'hello\r\n\r\n'],
  ['TLS', Buffer.from([0x16, 0x03, 0x01, 0x00, 0xa5, 0x01, 0x00])],
  ['a broken header', 'GET / HTTP/1.1\r\nHost: localhost\r\nbad header\r\n\r\n'],
  ['two lengths', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
  [
    'length and chunks',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
])('400 for %s', async (_what, bytes) => {
  expect(parseAnswer(await knock(server.port, bytes)).status).toBe(400)
})

test('431 for headers without end', async () => {
  const answer = await knock(server.port, `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)
  expect(parseAnswer(answer).status).toBe(431)
})

test('408 for a request that does not arrive', async () => {
  const client = connect(server.port, '127.0.0.1', () => client.write('GET / HTTP/1.1\r\n'))
  const [socket] = (await once(server.app.server, 'connection')) as [Socket]
  // As node does when its limits are passed.
  server.app.server.emit('clientError', Object.assign(new Error('late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket)
  const [answer] = (await once(client, 'data')) as [Buffer]
  expect(parseAnswer(answer.toString()).status).toBe(408)
  const { headersTimeout, requestTimeout, timeout } = server.app.server
  expect([headersTimeout, requestTimeout, timeout]).toEqual([10_000, 30_000, 120_000])
})

test('a path that can not be decoded is 400, after the guards', async () => {
  const path = '/api/anomaly/metrics/%zz'
  const statusOf = async (headers: Record<string, string>) => {
    const answer = await server.ask({ path, headers })
    expect(problem.parse(answer.json()).status).toBe(answer.status)
    expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' })
    return answer.status
  }
  expect(await statusOf(BEARER)).toBe(400)
  expect(await statusOf({})).toBe(401)
  expect(await statusOf({ ...BEARER, origin: 'null' })).toBe(403)
  expect(await statusOf({ ...BEARER, host: 'evil.example' })).toBe(421)
})

test('414 for a value in the path beyond all measure', async () => {
  const url = `/api/anomaly/metrics/${'x'.repeat(17_000)}`
  const answer = await server.app.inject({ url, headers: { host: 'localhost', ...BEARER } })
  expect(problem.parse(answer.json()).status).toBe(414)
})

test('a connection serves many requests', async () => {
  const request = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n'
  const last = request.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n')
  expect((await knock(server.port, request + request + last)).match(/HTTP\/1.1 200/g)).toHaveLength(3)
})

test('a refused body does not cost the connection', async () => {
  const body = 'x'.repeat(100_000)
  const refused = `POST /api/nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  const next = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'
  expect((await knock(server.port, refused + next)).match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 401', 'HTTP/1.1 200'])
})

test('close is quick with any open connections', async () => {
  const opened = await openTestServer()
  const half = ['', 'GET / HTT', 'POST /api/anomaly/metrics HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n']
  const sockets = half.map((bytes) => {
    const socket = connect(opened.port, '127.0.0.1', () => socket.write(bytes))
    socket.on('error', () => {})
    return socket
  })
  await Promise.all(sockets.map((socket) => once(socket, 'connect')))
  await opened.ask({ path: '/healthz' })
  const start = performance.now()
  await opened.app.close()
  expect(performance.now() - start).toBeLessThan(500)
  await expect(opened.ask({ path: '/healthz' })).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  for (const socket of sockets) socket.destroy()
})
