import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { problem } from '../../../shared/schemas/problem.ts'
import {
  BEARER,
  exampleRequest,
  JSON_TYPE,
  knock,
  OPERATIONS,
  shareTestServer,
  type Answer,
  type TestServer,
} from './test-server.ts'

let server: TestServer
shareTestServer((opened) => (server = opened))

const MIB = 1024 * 1024
const SAMPLE = '{"source":"a","metric_type":"CPU","value":1}'
const GZIP = { ...JSON_TYPE, 'content-encoding': 'gzip' }

const post = (body: string | Buffer, headers: Record<string, string> = JSON_TYPE, path = '/api/anomaly/metrics') =>
  server.ask({ method: 'POST', path, headers: { ...BEARER, ...headers }, body })

const expectProblem = (answer: Answer, status: number) => {
  expect(answer.status).toBe(status)
  expect(server.calls).toEqual([])
  return problem.parse(answer.json())
}

/** Chunked, so that no header states the size. */
const chunked = { ...JSON_TYPE, 'transfer-encoding': 'chunked' }

/** A sample of exactly so many bytes. */
const sampleOf = (bytes: number) => SAMPLE + ' '.repeat(bytes - SAMPLE.length)

describe.each(OPERATIONS.filter(([, declared]) => declared.body))('%s, with a body', (_name, declared) => {
  const request = exampleRequest(declared)
  const send = (body: string, headers: Record<string, string>) =>
    server.ask({ ...request, headers: { ...BEARER, ...headers }, body })

  test.each([
    ['text/plain', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a lookalike', { 'content-type': 'application/jsonp' }],
    ['nonsense', { 'content-type': ';;' }],
    ['no type', {}],
    ['unknown encoding', { ...JSON_TYPE, 'content-encoding': 'br' }],
    ['compressed twice', { ...JSON_TYPE, 'content-encoding': 'gzip, gzip' }],
  ])('415 for %s', async (_what, headers) => {
    expect(expectProblem(await send(request.body as string, headers), 415).detail).toMatch(/application\/json|gzip/)
  })
  test('413, 400 and 422', async () => {
    expect(expectProblem(await send(sampleOf(2 * MIB), JSON_TYPE), 413).detail).toMatch(/1 MiB/)
    expectProblem(await send('{', JSON_TYPE), 400)
    expectProblem(await send('7', JSON_TYPE), 422)
  })
})

describe.each(OPERATIONS.filter(([, declared]) => !declared.body))('%s, without a body', (_name, declared) => {
  const request = exampleRequest(declared)

  test.each([
    ['an empty one called JSON', JSON_TYPE, ''],
    ['JSON', JSON_TYPE, '{"a":1}'],
    ['broken JSON', JSON_TYPE, '{'],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'a=1'],
    ['no type', {}, 'x'],
  ])('does not mind %s', async (_what, headers, body) => {
    const answer = await server.ask({ ...request, headers: { ...BEARER, ...headers }, body })
    expect(answer.status).toBe(declared.status)
  })
})

describe('what is JSON', () => {
  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON',
    'application/json ;charset=UTF-8',
  ])('%s', async (type) => expect((await post(SAMPLE, { 'content-type': type })).status).toBe(202))
  test('names what is broken', async () => {
    const { detail } = expectProblem(await post('{"value": nope}'), 400)
    expect(detail).toMatch(/not valid JSON/)
    expect(detail).toContain('nope')
  })
  test('broken UTF-8 is not guessed at', async () => {
    const broken = Buffer.concat([Buffer.from('{"source":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')])
    expect(expectProblem(await post(broken), 400).detail).toMatch(/UTF-8/)
  })
  test('whole UTF-8 arrives whole, with or without a byte order mark', async () => {
    const body = SAMPLE.replace('"a"', '"é 日本 🔔"')
    for (const text of [body, `\uFEFF${body}`]) expect((await post(text)).status).toBe(202)
    expect(server.calls.map(({ request }) => request.body)).toEqual(
      Array.from({ length: 2 }, () => ({ source: 'é 日本 🔔', metric_type: 'CPU', value: 1 })),
    )
  })
  test.each([
    SAMPLE.replace('{', '{"__proto__":{"admin":true},'),
    SAMPLE.replace('{', '{"tags":{"__proto__":{"x":1}},'),
    SAMPLE.replace('{', '{"\\u005f_proto__":{"x":1},'),
    SAMPLE.replace('{', '{"constructor":{"prototype":{"admin":true}},'),
  ])('refuses a poisoned key: %s', async (body) => {
    expect(expectProblem(await post(body), 400).detail).toContain('__proto__')
  })
  test('a number too large for a number is no number', async () => {
    expect(expectProblem(await post(SAMPLE.replace('1', '1e999')), 422).errors).toMatchObject([{ path: 'value' }])
  })
  test('a missing body is an error that names what is missing, or accepted if nothing is required', async () => {
    expect(expectProblem(await post(''), 422).errors?.map(({ path }) => path)).toEqual([
      'source',
      'metric_type',
      'value',
    ])
    expect((await post('', JSON_TYPE, '/api/anomaly/simulate')).status).toBe(200)
    const bare = await server.ask({ method: 'POST', path: '/api/anomaly/simulate', headers: BEARER })
    expect(bare.status).toBe(200)
    expect(server.calls.at(-1)?.request.body).toMatchObject({ source: 'drill', normal_count: 60 })
  })
})

describe('size', () => {
  test('1 MiB passes and a byte more does not', async () => {
    for (const headers of [JSON_TYPE, chunked]) {
      expect((await post(sampleOf(MIB), headers)).status).toBe(202)
      server.calls.length = 0
      expectProblem(await post(sampleOf(MIB + 1), headers), 413)
    }
  })
  test('of a compressed body, the uncompressed size counts', async () => {
    expect((await post(gzipSync(sampleOf(MIB)), GZIP)).status).toBe(202)
    server.calls.length = 0
    expectProblem(await post(gzipSync(sampleOf(MIB + 1)), GZIP), 413)
    expect((await post(gzipSync(sampleOf(MIB), { level: 0 }), GZIP)).status).toBe(202)
  })
  test('a sender that reads only after it has sent all, and then closes, gets the answer', async () => {
    const head = `POST /api/anomaly/metrics HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n`
    const socket = connect(server.port, '127.0.0.1')
    socket.write(`${head}Connection: close\r\nContent-Length: ${16 * MIB}\r\n\r\n`)
    await new Promise((sent) => socket.write(randomBytes(16 * MIB), sent))
    const [answer] = (await once(socket, 'data')) as [Buffer]
    expect(answer.toString()).toMatch(/^HTTP\/1.1 413 /)
    socket.destroy()
  })
  test('a sender that is still sending gets it too', async () => {
    expectProblem(await post(randomBytes(24 * MIB)), 413)
    expectProblem(await post(randomBytes(24 * MIB), chunked), 413)
    expectProblem(await post(randomBytes(24 * MIB), GZIP), 413)
  })
  test('an announced size is rejected before the body arrives', async () => {
    const head = `POST /api/anomaly/metrics HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n`
    const socket = connect(server.port, '127.0.0.1', () => socket.write(`${head}Content-Length: 99999999\r\n\r\n`))
    const [answer] = (await once(socket, 'data')) as [Buffer]
    expect(answer.toString()).toMatch(/^HTTP\/1.1 413 /)
    socket.destroy()
  })
  test('a batch without measure is refused before its samples are looked at', async () => {
    const long = `[${'{},'.repeat(300_000)}{}]`
    const begun = performance.now()
    const { detail, errors } = expectProblem(await post(long, JSON_TYPE, '/api/anomaly/metrics/batch'), 400)
    expect([detail, errors]).toEqual(['A batch may have 100 samples; this one has 300001.', undefined])
    expect(performance.now() - begun).toBeLessThan(1000)
  })
  test('of very many faults, the first hundred are named and the others counted', async () => {
    const params = Object.fromEntries(Array.from({ length: 60_000 }, (_, at) => [`k${at}`, []]))
    const body = JSON.stringify({ name: 'x', method: 'ZSCORE', params })
    const { detail, errors } = expectProblem(await post(body, JSON_TYPE, '/api/anomaly/rules'), 422)
    expect(errors).toHaveLength(100)
    expect(detail).toMatch(/\(and \d{5} more\)/)
  })
  test('a bomb is cut off early', async () => {
    const bomb = gzipSync(Buffer.alloc(256 * MIB))
    expect(bomb.length).toBeLessThan(MIB)
    const before = process.memoryUsage().rss
    expectProblem(await post(bomb, GZIP), 413)
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * MIB)
  })
})

describe('32 MiB at a time', () => {
  /** All but the last byte of the largest body. */
  async function stall() {
    const socket = connect(server.port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write('POST /api/anomaly/metrics HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n')
    socket.write(`Content-Length: ${MIB}\r\n\r\n`)
    await new Promise((resolve) => socket.write(Buffer.alloc(MIB - 1, ' '), resolve))
    return socket
  }
  test('bounds the memory: more is rejected until there is room again', async () => {
    const stalled = await Promise.all(Array.from({ length: 31 }, stall))
    const last = await stall()
    const small = () => post(sampleOf(1000))
    await expect.poll(async () => (await small()).status).toBe(503)
    expect((await small()).headers).toMatchObject({ 'retry-after': '1' })
    last.destroy()
    await expect.poll(async () => (await post(sampleOf(MIB))).status).toBe(202)
    // It has room as it comes, and none as it is.
    const compressed = gzipSync(sampleOf(MIB))
    expect((await post(compressed, GZIP)).status).toBe(503)
    for (const socket of stalled) socket.destroy()
    await expect.poll(async () => (await post(compressed, GZIP)).status).toBe(202)
  })
  test.each([
    ['taken', () => post(sampleOf(MIB)), 202],
    ['unpacked', () => post(gzipSync(sampleOf(MIB)), GZIP), 202],
    ['too large', () => post(randomBytes(4 * MIB), chunked), 413],
    ['not read at all', () => post(sampleOf(MIB), { 'content-type': 'text/plain' }), 415],
    ['refused by a guard', () => post(sampleOf(MIB), { authorization: 'Bearer wrong' }), 401],
  ])('have room again when a body was %s', async (_what, send, status) => {
    for (let sent = 0; sent < 40; sent++) expect((await send()).status).toBe(status)
    expect((await post(sampleOf(MIB))).status).toBe(202)
  })
})

describe('gzip', () => {
  test('arrives', async () => {
    expect((await post(gzipSync(SAMPLE), GZIP)).status).toBe(202)
    expect((await post(gzipSync(SAMPLE), { ...GZIP, 'content-encoding': 'GZIP' })).status).toBe(202)
    expect(server.calls[0]?.request.body).toEqual({ source: 'a', metric_type: 'CPU', value: 1 })
  })
  test.each([
    ['plain text', Buffer.from(SAMPLE)],
    ['another encoding', deflateSync(SAMPLE)],
    ['half of it', gzipSync(SAMPLE).subarray(0, 30)],
    ['a wrong checksum', Buffer.concat([gzipSync(SAMPLE).subarray(0, -8), Buffer.alloc(8)])],
  ])('400 for %s', async (_what, body) => {
    expect(expectProblem(await post(body, GZIP), 400).detail).toMatch(/gzip/)
  })
})

test('a body shorter than announced is a problem, not a hang', async () => {
  const head = `POST /api/anomaly/metrics HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n`
  const answer = await knock(server.port, `${head}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n`)
  expect(answer).toMatch(/^HTTP\/1.1 400 /)
})
