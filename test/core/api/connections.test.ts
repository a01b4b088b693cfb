// Very many connections at a time, all of them real.
import { once } from 'node:events'
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { problem } from '../../../shared/schemas/problem.ts'
import { STREAM_PATH } from '../../../shared/contract/stream.ts'
import { BEARER, openTestServer, type TestServer } from './test-server.ts'

const MAX_CONNECTIONS = 1000
const HEALTH = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n'

let server: TestServer
let opened: Socket[]
beforeEach(async () => {
  server = await openTestServer()
  opened = []
})
afterEach(async () => {
  for (const socket of opened) socket.destroy()
  await server.app.close()
})

async function open(count: number, bytes: string): Promise<void> {
  for (let i = 0; i < count; i++) {
    const socket = connect(server.port, '127.0.0.1').on('error', () => {})
    opened.push(socket)
    await once(socket, 'connect')
    if (!bytes) continue
    socket.write(bytes)
    await once(socket, 'data')
  }
}

const served = async () =>
  new Promise<number>((resolve, reject) =>
    server.app.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  )
const isGone = (socket: Socket) => socket.destroyed || socket.readableEnded

test.each([
  ['send nothing', ''],
  ['sent half of a request', 'POST /api/anomaly/metrics HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n'],
  ['asked once', HEALTH],
])('of those that %s, the oldest make room: who comes is served', async (_what, bytes) => {
  // A client that sends half of a request gets no answer to wait for.
  await open(MAX_CONNECTIONS, bytes === HEALTH ? bytes : '')
  if (bytes && bytes !== HEALTH) for (const socket of opened) socket.write(bytes)
  const first = [...opened]
  await open(150, '')
  expect((await server.ask({ path: '/healthz' })).status).toBe(200)
  await expect.poll(served, { timeout: 10_000 }).toBeLessThanOrEqual(MAX_CONNECTIONS)
  for (const socket of first) socket.resume()
  await expect.poll(() => first.filter(isGone).length, { timeout: 10_000 }).toBeGreaterThanOrEqual(150)
  expect(first.slice(151).filter(isGone)).toEqual([])
})

test('a stream stays, and so does a connection that is used', async () => {
  const streaming = httpRequest({
    host: '127.0.0.1',
    port: server.port,
    path: STREAM_PATH,
    headers: BEARER,
    agent: false,
  })
  streaming.end()
  const [stream] = (await once(streaming, 'response')) as [IncomingMessage]
  let received = ''
  stream.on('data', (chunk: Buffer) => (received += chunk.toString()))
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const sockets = new Set<Socket>()
  const ask = () =>
    new Promise<number>((resolve, reject) =>
      httpRequest({ host: '127.0.0.1', port: server.port, path: '/healthz', agent }, (response) =>
        response.resume().on('end', () => resolve(response.statusCode!)),
      )
        .on('socket', (socket) => sockets.add(socket))
        .on('error', reject)
        .end(),
    )
  for (let i = 0; i < 6; i++) {
    expect(await ask()).toBe(200)
    await open(400, '')
  }
  expect(sockets.size).toBe(1)
  server.change()
  await expect.poll(() => received, { timeout: 10_000 }).toContain('event: event_updated')
  agent.destroy()
  stream.destroy()
})

test('streams have their own limit, and ending one makes room', async () => {
  const streams: IncomingMessage[] = []
  const follow = async () => {
    const asked = httpRequest({
      host: '127.0.0.1',
      port: server.port,
      path: STREAM_PATH,
      headers: BEARER,
      agent: false,
    })
    asked.end()
    const [response] = (await once(asked, 'response')) as [IncomingMessage]
    return response.on('error', () => {})
  }
  for (let i = 0; i < 200; i++) streams.push(await follow())
  expect(streams.map(({ statusCode }) => statusCode)).toEqual(Array.from({ length: 200 }, () => 200))
  const refused = await server.ask({ path: STREAM_PATH, headers: BEARER })
  expect(problem.parse(refused.json()).status).toBe(503)
  expect(refused.headers['retry-after']).toBe('15')
  streams[0]!.destroy()
  await expect.poll(() => server.listeners(), { timeout: 10_000 }).toBe(199)
  const another = await follow()
  expect(another.statusCode).toBe(200)
  for (const stream of [...streams, another]) stream.destroy()
})
