import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createOutbox } from '../../electron/agent/outbox.ts'
import { openSpool, type TimedSample } from '../../electron/agent/spool.ts'
import { createPost } from '../../electron/agent/post.ts'
import { silentLog } from '../../electron/core/platform/ports.ts'
import { temporaryFolder } from '../support/host-process.ts'
import { startReceiver, storedOnce, taken, until, type Answering } from './receiver.ts'

const START = Date.parse('2026-03-01T00:00:00Z')
let folder: ReturnType<typeof temporaryFolder>
let receiver: Awaited<ReturnType<typeof startReceiver>>

beforeEach(async () => {
  vi.useFakeTimers({ now: START, toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  receiver = await startReceiver()
  folder = temporaryFolder()
})
afterEach(async () => {
  vi.useRealTimers()
  folder.remove()
  await receiver.stop()
})

const samples = (from: number, count: number): TimedSample[] =>
  Array.from({ length: count }, (_, index) => ({
    source: 'web1',
    metric_type: 'CPU',
    value: from + index,
    recorded_at: new Date().toISOString(),
  }))

function openOutbox({ token }: { token?: () => string } = {}) {
  const log = { ...silentLog, warn: vi.fn(), info: vi.fn() }
  const post = createPost({ url: receiver.url, token })
  let underWay = 0
  const counted: typeof post = async (...args) => {
    underWay++
    return post(...args).finally(() => underWay--)
  }
  const spool = openSpool(folder.path, log)
  const outbox = createOutbox({ post: counted, spool, clock: { now: () => Date.now() }, log })
  /** Time goes on by `ms`, but stands still while an attempt is under way at its start or end. */
  async function pass(ms: number) {
    await until(() => underWay === 0, 'an attempt to end')
    await vi.advanceTimersByTimeAsync(ms)
    await until(() => underWay === 0, 'an attempt to end')
  }
  /** The longest pause, in steps so short that no attempt within it runs out of time. */
  async function passLongestPause() {
    for (let step = 0; step < 12; step++) await pass(2_500)
  }
  return { log, outbox, pass, passLongestPause }
}
const values = () => storedOnce(receiver.received).map(({ value }) => value)
const arrived = (count: number) => until(() => receiver.received.length >= count, `${count} posts`)
const lastArrived = (value: number) =>
  until(() => receiver.received.at(-1)?.samples.at(-1)?.value === value, `the sample ${value}`)
/** Answers with the statuses in turn, then with 202. */
const answering = (...statuses: number[]): Answering => {
  return (response, request) => {
    const status = statuses.shift()
    if (status) response.writeHead(status, { 'content-type': 'application/problem+json' }).end(problemOf(status))
    else taken(response, request)
  }
}
const problemOf = (status: number) =>
  JSON.stringify({ type: 'about:blank', title: 'Title', status, detail: 'value: must be a number' })

test('posts a batch with its key, its times and the token', async () => {
  const { outbox } = openOutbox({ token: () => 'secret' })
  outbox.add(samples(1, 2))
  await arrived(1)
  const [post] = receiver.received
  expect(post).toMatchObject({ method: 'POST', path: '/api/anomaly/metrics/batch' })
  expect(post!.headers).toMatchObject({ 'content-type': 'application/json', authorization: 'Bearer secret' })
  expect(post!.key).toMatch(/^[0-9a-f-]{36}$/)
  expect(post!.samples).toEqual(samples(1, 2))
})

test('sends at most 100 samples at a time, in order, one batch after the other', async () => {
  const { outbox } = openOutbox()
  outbox.add(samples(0, 1))
  for (let from = 1; from < 500; from += 10) outbox.add(samples(from, 10))
  await lastArrived(500)
  expect(values()).toEqual(Array.from({ length: 501 }, (_, value) => value))
  expect(receiver.received.map((post) => post.samples.length)).toEqual([1, 100, 100, 100, 100, 100])
  expect(receiver.mostAtOnce).toBe(1)
})

test('after a lost answer the same key and contents are sent again, whatever was added since', async () => {
  const { outbox, pass } = openOutbox()
  receiver.answer = (response) => void response.destroy()
  outbox.add(samples(0, 3))
  await arrived(1)
  outbox.add(samples(3, 3))
  receiver.answer = taken
  await pass(500)
  await arrived(3)
  const [lost, again, next] = receiver.received
  expect(again!.key).toBe(lost!.key)
  expect(again!.body).toBe(lost!.body)
  expect(next!.key).not.toBe(lost!.key)
  expect(values()).toEqual([0, 1, 2, 3, 4, 5])
})

test('an answer that breaks off in the middle counts as lost', async () => {
  const { outbox, pass } = openOutbox()
  receiver.answer = (response) => {
    response.writeHead(202, { 'content-length': 100 })
    response.write('{"saved"', () => response.destroy())
  }
  outbox.add(samples(0, 1))
  await arrived(1)
  receiver.answer = taken
  await pass(500)
  await arrived(2)
  expect(new Set(receiver.received.map((post) => post.key)).size).toBe(1)
})

test('an hour without Tocsin loses nothing and nothing arrives twice', async () => {
  const { port } = receiver
  const { outbox, log, pass, passLongestPause } = openOutbox()
  outbox.add(samples(0, 12))
  await arrived(1)
  await pass(0)
  await receiver.stop()
  for (let reading = 1; reading <= 720; reading++) {
    await pass(5_000)
    outbox.add(samples(reading * 12, 12))
  }
  const before = receiver.received.flatMap((post) => post.samples)
  receiver = await startReceiver(port)
  await passLongestPause()
  await lastArrived(721 * 12 - 1)
  expect([...before.map((sample) => sample.value), ...values()]).toEqual(
    Array.from({ length: 721 * 12 }, (_, value) => value),
  )
  expect(storedOnce(receiver.received).at(-1)!.recorded_at).toBe('2026-03-01T01:00:00.000Z')
  // The queue leaves in full batches, not in 720 small ones.
  expect(receiver.received.length).toBeLessThan(90)
  await until(() => log.info.mock.calls.length > 0)
  expect(log.warn).toHaveBeenCalledTimes(1)
})

test('pauses grow from half a second to thirty', async () => {
  const { outbox, pass } = openOutbox()
  receiver.answer = answering(...Array.from({ length: 9 }, () => 503))
  outbox.add(samples(0, 1))
  await arrived(1)
  for (const seconds of [0.5, 1, 2, 4, 8, 16, 30, 30, 30]) {
    const before = receiver.received.length
    await pass(seconds * 1000 - 1)
    expect(receiver.received.length).toBe(before)
    await pass(1)
    expect(receiver.received.length).toBe(before + 1)
  }
  expect(values()).toEqual([0])
})

test.for(['20', 'Sun, 01 Mar 2026 00:00:20 GMT'])('Retry-After: %s is honoured', async (value) => {
  const { outbox, pass } = openOutbox()
  receiver.answer = (response) => void response.writeHead(503, { 'retry-after': value }).end()
  outbox.add(samples(0, 1))
  await arrived(1)
  await pass(19_999)
  expect(receiver.received.length).toBe(1)
  receiver.answer = taken
  await pass(1)
  expect(receiver.received.length).toBe(2)
})

test.for([408, 429, 500, 503])('a batch that was answered with %i is kept', async (status) => {
  const { outbox, pass } = openOutbox()
  receiver.answer = answering(status)
  outbox.add(samples(0, 2))
  await arrived(1)
  await pass(500)
  expect(receiver.received.map(({ body }) => body)).toEqual([receiver.received[0]!.body, receiver.received[0]!.body])
})

test('a batch that is itself at fault is dropped, with the reason in the log, and the next ones go on', async () => {
  const { outbox, log } = openOutbox()
  receiver.answer = answering(422)
  outbox.add(samples(0, 1))
  outbox.add(samples(1, 2))
  await arrived(2)
  expect(receiver.received.map((post) => post.samples.length)).toEqual([1, 2])
  expect(log.warn.mock.calls).toEqual([
    [{ reason: '422 value: must be a number', samples: 1 }, 'Tocsin rejected a batch of samples; the batch is dropped'],
  ])
})

test('no answer within 5 s is a lost answer', async () => {
  const { outbox, log } = openOutbox()
  receiver.answer = () => {}
  outbox.add(samples(0, 1))
  await arrived(1)
  await vi.advanceTimersByTimeAsync(4_999)
  expect(log.warn).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  await until(() => log.warn.mock.calls.length > 0)
  expect(log.warn.mock.calls[0]![0]).toEqual({ reason: 'no answer within 5 s' })
  receiver.answer = taken
  await vi.advanceTimersByTimeAsync(500)
  await arrived(2)
  expect(new Set(receiver.received.map((post) => post.key)).size).toBe(1)
})

test('what waits for more than a day is dropped, the oldest first, and counted', async () => {
  const { port } = receiver
  const { outbox, log, pass, passLongestPause } = openOutbox()
  await receiver.stop()
  for (let hour = 0; hour <= 30; hour++) {
    outbox.add(samples(hour * 100, 100))
    vi.setSystemTime(START + (hour + 1) * 3_600_000)
    await pass(30_000)
  }
  receiver = await startReceiver(port)
  await passLongestPause()
  await lastArrived(3099)
  expect(values()).toEqual(Array.from({ length: 2300 }, (_, index) => 800 + index))
  await until(() => log.info.mock.calls.length > 0)
  expect(log.warn).toHaveBeenCalledTimes(2)
  expect(log.info.mock.calls.at(-1)![0]).toMatchObject({ dropped: 800 })
})

test('closing delivers what is left', async () => {
  const { outbox, pass } = openOutbox()
  receiver.answer = answering(503)
  outbox.add(samples(0, 1))
  await arrived(1)
  await pass(0)
  outbox.add(samples(1, 150))
  await outbox.close()
  expect(values().length).toBe(151)
})

test.for([
  ['hangs', () => {}],
  ['refuses for now', answering(...Array.from({ length: 50 }, () => 503))],
] as const)('closing gives up after a second where Tocsin %s', async ([, answer]) => {
  const { outbox, log } = openOutbox()
  receiver.answer = answer
  outbox.add(samples(0, 3))
  await arrived(1)
  let closed = false
  const closing = outbox.close().then(() => (closed = true))
  await vi.advanceTimersByTimeAsync(999)
  expect(closed).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  await closing
  expect(log.warn.mock.calls.at(-1)![0]).toEqual({ left: 3 })
})

describe('what is on disk', () => {
  test('goes on with the next agent, in order and with the same keys, however the last one ended', async () => {
    const first = openOutbox()
    receiver.answer = (response) => void response.destroy()
    first.outbox.add(samples(0, 3))
    await arrived(1)
    first.outbox.add(samples(3, 150))
    await first.pass(0)
    // Nobody closes it: its files are all that is left.
    const [lost] = receiver.received
    const before = receiver.received.length
    receiver.answer = taken
    openOutbox()
    await lastArrived(152)
    const sent = receiver.received.slice(before)
    expect(sent[0]).toMatchObject({ key: lost!.key, body: lost!.body })
    expect(sent.map((post) => post.samples.length)).toEqual([3, 100, 50])
    expect(sent.flatMap((post) => post.samples.map(({ value }) => value))).toEqual(
      Array.from({ length: 153 }, (_, value) => value),
    )
    await until(() => readdirSync(folder.path).length === 0, 'the files to go')
  })

  test('takes nothing more, since it may have been sent, and is dropped after a day', async () => {
    receiver.answer = (response) => void response.destroy()
    const first = openOutbox()
    first.outbox.add(samples(0, 2))
    await arrived(1)
    first.outbox.add(samples(2, 2))
    await first.pass(0)
    vi.setSystemTime(START + 3_600_000)
    const second = openOutbox()
    second.outbox.add(samples(4, 2))
    await second.pass(0)
    const sizes = () =>
      readdirSync(folder.path)
        .toSorted()
        .map((name) => JSON.parse(readFileSync(join(folder.path, name), 'utf8')).length)
    expect(sizes()).toEqual([2, 2, 2])
    vi.setSystemTime(START + 86_400_000 + 1)
    receiver.answer = taken
    openOutbox()
    await lastArrived(5)
    expect(receiver.received.at(-1)!.samples.map(({ value }) => value)).toEqual([4, 5])
  })

  test('may be damaged: the rest is sent, and a line is logged', async () => {
    receiver.answer = (response) => void response.destroy()
    const first = openOutbox()
    first.outbox.add(samples(0, 150))
    await arrived(1)
    await first.pass(0)
    const [oldest] = readdirSync(folder.path).toSorted()
    writeFileSync(join(folder.path, oldest!), '')
    receiver.answer = taken
    const before = receiver.received.length
    const { log } = openOutbox()
    await lastArrived(149)
    expect(receiver.received.slice(before).map((post) => post.samples.length)).toEqual([50])
    expect(log.warn).toHaveBeenCalledTimes(1)
  })

  test('may be impossible: what is in memory is sent, and a line is logged once', async () => {
    folder.remove()
    writeFileSync(folder.path, 'no folder')
    const { outbox, log } = openOutbox()
    outbox.add(samples(0, 150))
    await lastArrived(149)
    outbox.add(samples(150, 1))
    await lastArrived(150)
    expect(values()).toHaveLength(151)
    expect(log.warn).toHaveBeenCalledTimes(1)
  })
})
