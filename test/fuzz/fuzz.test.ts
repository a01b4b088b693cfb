// Nothing that comes in makes the program fall, hang or swell: some thousand cases here, 100,000 by `npm run test:fuzz`.
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startHostProcess, temporaryFolder, type HostProcess } from '../support/host-process.ts'
import { fuzz } from './fuzz.ts'

const CASES = 1500

const folder = temporaryFolder()
let host: HostProcess
beforeAll(async () => {
  host = await startHostProcess({ dataDir: folder.path, inspected: true })
}, 60_000)
afterAll(async () => {
  await host.stop()
  folder.remove()
})

const isAlive = async () => (await fetch(`${host.url}/healthz`, { signal: AbortSignal.timeout(2000) })).status

const STALLS = [
  '',
  'GET /healthz HT',
  'GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: ',
  'POST /api/anomaly/metrics HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n',
  'POST /api/anomaly/metrics HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{',
  'POST /api/anomaly/metrics HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{',
]

/** They stay while all the others knock. */
const stalled: Socket[] = []
let closed = 0

test('300 stalled connections block no other request', async () => {
  const { port } = new URL(host.url)
  for (let at = 0; at < 300; at++) {
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(STALLS[at % STALLS.length]!))
    stalled.push(socket)
    socket.on('error', () => {}).on('close', () => closed++)
    socket.resume()
  }
  const answers: number[] = []
  for (let at = 0; at < 40; at++) {
    const begun = performance.now()
    expect(await isAlive()).toBe(200)
    answers.push(performance.now() - begun)
    await pause(25)
  }
  expect(Math.max(...answers)).toBeLessThan(1000)
})

test(`${CASES} cases: only 2xx and 4xx, no hang, no growth`, { timeout: 60_000 }, async () => {
  const seed = Date.now() % 2 ** 31
  const { statuses } = await fuzz(host, CASES, seed)
  const count = (from: number, to: number) =>
    Object.entries(statuses).reduce(
      (sum, [status, times]) => sum + (Number(status) >= from && Number(status) < to ? times : 0),
      0,
    )
  // Both kinds came often enough to mean something.
  expect(count(200, 300), `seed ${seed}`).toBeGreaterThan(CASES / 10)
  expect(count(400, 500), `seed ${seed}`).toBeGreaterThan(CASES / 10)
  expect(await isAlive()).toBe(200)
})

// Each is one request that some reader takes for two. The hidden one is the only one that could be answered with 200.
const HIDDEN = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n'
const smuggled = (headers: string, body: string) =>
  `POST /api/anomaly/rules HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n\r\n${body}`
const chunkOf = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`
const length = HIDDEN.length

test.each([
  ['length and chunks', smuggled(`Content-Length: ${length}\r\nTransfer-Encoding: chunked`, `0\r\n\r\n${HIDDEN}`)],
  ['chunks and length', smuggled(`Transfer-Encoding: chunked\r\nContent-Length: 4`, `0\r\n\r\n${HIDDEN}`)],
  ['two lengths', smuggled(`Content-Length: 0\r\nContent-Length: ${length}`, HIDDEN)],
  ['two lengths in one', smuggled(`Content-Length: 0, ${length}`, HIDDEN)],
  ['a length with a sign', smuggled(`Content-Length: +0`, HIDDEN)],
  ['a negative length', smuggled(`Content-Length: -1`, HIDDEN)],
  ['a length in hex', smuggled(`Content-Length: 0x0`, HIDDEN)],
  ['a length beyond all numbers', smuggled(`Content-Length: 18446744073709551616`, HIDDEN)],
  ['a space before the colon', smuggled(`Content-Length : 0\r\nContent-Length: ${length}`, HIDDEN)],
  ['a folded header', smuggled(`Content-Length: ${length}\r\nTransfer-Encoding:\r\n chunked`, `0\r\n\r\n${HIDDEN}`)],
  ['a folded length', smuggled(`X: a\r\n Content-Length: 0\r\nContent-Length: ${length}`, HIDDEN)],
  ['a bare LF between headers', smuggled(`X: a\nTransfer-Encoding: chunked\r\nContent-Length: ${length}`, HIDDEN)],
  ['a bare CR between headers', smuggled(`X: a\rContent-Length: 0\r\nContent-Length: ${length}`, HIDDEN)],
  ['a zero byte in a header', smuggled(`X: a\0b\r\nContent-Length: ${length}`, HIDDEN)],
  ['an encoding nobody knows', smuggled(`Transfer-Encoding: xchunked\r\nContent-Length: ${length}`, HIDDEN)],
  ['chunked, but not in the end', smuggled(`Transfer-Encoding: chunked, identity`, `0\r\n\r\n${HIDDEN}`)],
  [
    'chunked with a tab before it',
    smuggled(`Transfer-Encoding:\tchunked\r\nContent-Length: ${length}`, `0\r\n\r\n${HIDDEN}`),
  ],
  ['chunked in quotes', smuggled(`Transfer-Encoding: "chunked"\r\nContent-Length: ${length}`, HIDDEN)],
  ['two transfer encodings', smuggled(`Transfer-Encoding: chunked\r\nTransfer-Encoding: identity`, chunkOf(HIDDEN))],
  ['a chunk size beyond all numbers', smuggled('Transfer-Encoding: chunked', `fffffffffffffffff\r\n${HIDDEN}`)],
  ['a chunk size with a sign', smuggled('Transfer-Encoding: chunked', `+0\r\n\r\n${HIDDEN}`)],
  ['a chunk size in 0x', smuggled('Transfer-Encoding: chunked', `0x0\r\n\r\n${HIDDEN}`)],
  ['a chunk that ends with LF', smuggled('Transfer-Encoding: chunked', `1\na\n0\n\n${HIDDEN}`)],
  ['a request within a chunk', smuggled('Transfer-Encoding: chunked\r\nConnection: close', chunkOf(HIDDEN))],
  ['a request within the length', smuggled(`Connection: close\r\nContent-Length: ${length}`, HIDDEN)],
])('%s smuggles nothing in', async (_what, bytes) => {
  const text = await answerTo(bytes)
  const statuses = [...text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status))
  expect(statuses.length, text).toBeGreaterThanOrEqual(1)
  for (const status of statuses) expect([status >= 400 && status < 500, status]).toEqual([true, status])
  expect(await isAlive()).toBe(200)
})

test('connections that never ask are closed', { timeout: 40_000 }, async () => {
  // 250 of them have sent no whole head: they are closed after ten seconds, looked at every five.
  await expect.poll(() => closed, { timeout: 20_000, interval: 200 }).toBeGreaterThanOrEqual(150)
  for (const socket of stalled) socket.destroy()
})

/** What comes back until the server closes, which it must within some seconds. */
function answerTo(bytes: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let text = ''
  const socket = connect(Number(new URL(host.url).port), '127.0.0.1', () => socket.end(bytes, 'latin1'))
  const hang = setTimeout(() => {
    socket.destroy()
    reject(new Error(`no end after: ${text}`))
  }, 5000)
  socket.on('data', (more) => (text += more.toString()))
  socket.on('error', () => {})
  socket.on('close', () => {
    clearTimeout(hang)
    resolve(text)
  })
  return promise
}
