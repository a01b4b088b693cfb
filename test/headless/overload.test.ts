// More than can be evaluated, stored or kept in memory: what is rejected, what is kept, and how it goes on. On the program as it
// is shipped.
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_WAITING } from '../../electron/core/ingest/ingest.ts'
import type { Overload } from '../../shared/schemas/health.ts'
import { problem } from '../../shared/schemas/problem.ts'
import type { SampleIn } from '../../shared/schemas/sample.ts'
import { startHostProcess, temporaryFolder, type HostProcess } from '../support/host-process.ts'
import { metricsOf, openPoster, p95, watch } from './flood.ts'

const MIB = 1024 * 1024

/**
 * What may be in memory at a time: 32 MiB of bodies and a head log of 48 MiB, to which those bodies may still come. As objects
 * they take up to four times as much. The rest is the program itself, its database's caches, and what waits to be
 * collected.
 */
const MAX_MEMORY = 4 * (32 + 48 + 32) * MIB + 300 * MIB

/** Milliseconds in which the interface has its answer, 19 times of 20. */
const PATIENCE = 2000

let folder: ReturnType<typeof temporaryFolder>
let host: HostProcess
beforeEach(async () => {
  folder = temporaryFolder()
  host = await startHostProcess({ dataDir: folder.path })
})
afterEach(async () => {
  await host.kill()
  folder.remove()
})

const waiting = async () => (await metricsOf(host))('tocsin_samples_waiting')

async function restart() {
  const { port } = new URL(host.url)
  await host.kill()
  host = await startHostProcess({ dataDir: folder.path, port: Number(port) })
}

/** What somebody does who looks at the interface and takes one event after the other, as long as there are some. */
const asPerson = (open: { id: number }[]) => [
  () => host.client.listEvents({ query: { limit: 50 } }),
  () => host.client.getSummary(),
  () => host.client.getHealth(),
  async () => {
    const event = open.pop()
    if (event) await host.client.acknowledgeEvent({ params: { event_id: event.id } })
  },
]

/** A reader of the stream that never reads. */
async function openDeafReader() {
  const socket = connect(Number(new URL(host.url).port), '127.0.0.1')
  socket.on('error', () => {})
  socket.write(`GET /api/anomaly/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${host.token}\r\n\r\n`)
  await once(socket, 'readable')
  return socket
}

describe('agents that post more than can be evaluated', () => {
  const SOURCES = ['a', 'b', 'c', 'd']
  const CONNECTIONS = 32
  const MARK = 1000

  /** 89 samples that cost, ten that come late, and one that fires, by which the batch is known. */
  const batch = (source: string, number: number): SampleIn[] => [
    ...Array.from({ length: 89 }, (_, at) => ({ source, metric_type: 'LOAD', value: (number + at) % 7 })),
    { source, metric_type: 'MARK', value: MARK + number },
    ...Array.from({ length: 10 }, (_, at) => ({
      source,
      metric_type: 'LATE',
      value: at,
      recorded_at: new Date(Date.now() - 3_600_000 * (at + 1)).toISOString(),
    })),
  ]

  /** Each batch is sent until it has an answer; the numbers of the batches by the answer. */
  function flood() {
    const poster = openPoster(host.url)
    const life = { ending: false }
    const taken = new Map<string, number[]>(SOURCES.map((source) => [source, []]))
    const refused = new Map<string, number[]>(SOURCES.map((source) => [source, []]))
    const rejections: Awaited<ReturnType<typeof poster.post>>[] = []
    let next = 0
    async function send(source: string, number: number): Promise<void> {
      for (;;) {
        try {
          const answer = await poster.post(batch(source, number), `${source} ${number}`)
          if (answer.status !== 202) rejections.push(answer)
          return void (answer.status === 202 ? taken : refused).get(source)!.push(number)
        } catch {
          await pause(50)
        }
      }
    }
    async function run(source: string) {
      while (!life.ending) await send(source, next++)
    }
    const running = Array.from({ length: CONNECTIONS }, (_, at) => run(SOURCES[at % SOURCES.length]!))
    return {
      taken,
      refused,
      rejections,
      async end() {
        life.ending = true
        await Promise.all(running)
        poster.end()
      },
    }
  }

  async function marksOf(source: string): Promise<number[]> {
    const marks = []
    for (let until: string | undefined; ;) {
      const page = await host.client.getMetrics({
        params: { source },
        query: { metric_type: 'MARK', limit: 1000, ...(until !== undefined && { until }) },
      })
      marks.push(...page.map(({ id, value }) => ({ id, number: value - MARK })))
      if (page.length < 1000) break
      until = page.at(-1)!.recorded_at
    }
    return [...new Map(marks.map(({ id, number }) => [id, number])).values()].toSorted((one, other) => one - other)
  }

  it('rejects what is too much, stays within its bounds, goes on after kill -9 and recovers automatically', async () => {
    for (const method of ['SEASONAL', 'ADAPTIVE', 'SEASONAL', 'ADAPTIVE', 'SEASONAL'])
      await host.client.createRule({ body: { name: `${method} ${Math.random()}`, metric_type: 'LOAD', method } })
    await host.client.createRule({
      body: { name: 'mark', metric_type: 'MARK', method: 'THRESHOLD', threshold: MARK / 2 },
    })
    await host.client.postMetricsBatch({
      body: Array.from({ length: 100 }, (_, at) => ({ source: `open-${at}`, metric_type: 'MARK', value: MARK })),
    })
    const listOpen = () => host.client.listEvents({ query: { status: 'OPEN', limit: 200 } })
    await expect.poll(async () => (await listOpen()).length).toBe(100)
    const open = await listOpen()
    const deaf = await Promise.all(Array.from({ length: 20 }, openDeafReader))

    const agents = flood()
    const before = watch(host, asPerson(open))
    await expect.poll(() => agents.rejections.length, { timeout: 30_000 }).toBeGreaterThan(100)
    expect(await host.client.getHealth()).toMatchObject({ overload: 'overloaded' })
    const seen = await before.end()
    const left = await waiting()

    // What waits is counted while it is caught up with, and the bound holds.
    await restart()
    const atStart = await waiting()
    expect(atStart).toBeGreaterThan(left / 2)
    const after = watch(host, asPerson(open))
    const until = agents.rejections.length + 100
    await expect.poll(() => agents.rejections.length, { timeout: 30_000 }).toBeGreaterThan(until)
    await agents.end()
    const seenAfter = await after.end()
    for (const socket of deaf) socket.destroy()

    const maxWaiting = Math.max(seen.mostWaiting, seenAfter.mostWaiting)
    expect(maxWaiting).toBeGreaterThan(0.9 * MAX_WAITING)
    expect(maxWaiting).toBeLessThanOrEqual(MAX_WAITING)
    expect(Math.max(seen.mostMemory, seenAfter.mostMemory)).toBeLessThan(MAX_MEMORY)
    expect(p95(seen.took)).toBeLessThan(PATIENCE)
    expect(p95(seenAfter.took)).toBeLessThan(PATIENCE)
    for (const { status, retryAfter, text } of agents.rejections) {
      expect([status, retryAfter]).toEqual([503, '1'])
      expect(problem.parse(JSON.parse(text)).detail).toBe('Too many samples wait for their evaluation.')
    }

    // At a thousandth of the speed of an idle machine this would take half a minute.
    await expect.poll(waiting, { timeout: 60_000, interval: 200 }).toBe(0)
    const events = await host.client.listEvents({ query: { limit: 200 } })
    const series = await host.client.listSeries({ query: { limit: 200 } })
    expect(events.filter(({ status }) => status === 'ACKNOWLEDGED').length).toBe(100 - open.length)
    for (const source of SOURCES) {
      const taken = agents.taken.get(source)!.toSorted((one, other) => one - other)
      expect(await marksOf(source)).toEqual(taken)
      expect(agents.refused.get(source)!.filter((number) => taken.includes(number))).toEqual([])
      const counts = Object.fromEntries(
        series.filter((one) => one.source === source).map((one) => [one.metric_type, one.count]),
      )
      expect(counts).toEqual({ LOAD: 89 * taken.length, MARK: taken.length, LATE: 10 * taken.length })
      const fired = events.filter((event) => event.source === source && event.rule_name === 'mark')
      expect(fired.map(({ occurrences }) => occurrences)).toEqual([taken.length])
    }
    await host.client.postMetric({ body: { source: 'a', metric_type: 'LOAD', value: 1 } })
  }, 120_000)
})

/** A kind of overload, which ends on demand. */
interface Way {
  overload: Overload
  detail: string
  begin(): { answers: { status: number; retryAfter: string | undefined; text: string }[]; end(): Promise<void> }
}

const TAGS = Object.fromEntries(Array.from({ length: 63 }, (_, at) => ['k'.repeat(60) + at, 'v'.repeat(60)]))

/** Nearly as large as a body may be: tags that no other sample has. */
const heavyBatch = (number: number): SampleIn[] =>
  Array.from({ length: 100 }, (_, at) => ({
    source: 'heavy',
    metric_type: `M${at}`,
    value: number,
    tags: { ...TAGS, number },
  }))

const ways: Way[] = [
  {
    overload: 'hot_log',
    detail: 'The samples that wait to be evaluated and compacted take too much memory.',
    begin() {
      const poster = openPoster(host.url)
      const answers: Awaited<ReturnType<typeof poster.post>>[] = []
      const life = { ending: false }
      const running = Array.from({ length: 16 }, async (_, at) => {
        for (let number = at; !life.ending; number += 16) answers.push(await poster.post(heavyBatch(number)))
      })
      return {
        answers,
        async end() {
          life.ending = true
          await Promise.all(running)
          poster.end()
        },
      }
    },
  },
  {
    overload: 'bodies',
    detail: 'Too many request bodies are being read at the moment.',
    begin() {
      // All but the last byte of the largest body, on very many connections.
      const answers: Awaited<ReturnType<ReturnType<typeof openPoster>['post']>>[] = []
      const sockets = Array.from({ length: 300 }, () => {
        const socket = connect(Number(new URL(host.url).port), '127.0.0.1')
        socket.on('error', () => {})
        socket.setEncoding('utf8').on('data', (text: string) => {
          const [head = '', body = ''] = text.split('\r\n\r\n')
          answers.push({
            status: Number(head.slice(9, 12)),
            retryAfter: /^retry-after: (\S+)/im.exec(head)?.[1],
            text: body,
          })
        })
        socket.write('POST /api/anomaly/metrics HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n')
        socket.write(`Content-Length: ${MIB}\r\n\r\n`)
        socket.write(Buffer.alloc(MIB - 1, ' '))
        return socket
      })
      return { answers, end: async () => sockets.forEach((socket) => socket.destroy()) }
    },
  },
]

describe.each(ways)('too much: $overload', ({ overload, detail, begin }) => {
  it('is rejected with its reason, takes no more memory, is shown in the interface, and ends', async () => {
    const agents = begin()
    const watching = watch(host, asPerson([]))
    const rejected = () => agents.answers.filter(({ status }) => status !== 202)
    await expect.poll(() => rejected().length, { timeout: 30_000 }).toBeGreaterThan(20)
    expect(await host.client.getHealth()).toMatchObject({ overload })
    for (const { status, retryAfter, text } of rejected()) {
      expect([status, retryAfter]).toEqual([503, '1'])
      expect(problem.parse(JSON.parse(text)).detail).toBe(detail)
    }
    const metric = await metricsOf(host)
    expect(metric(`tocsin_posts_refused_total{reason="${overload}"}`)).toBeGreaterThan(20)
    await agents.end()
    const { mostMemory: maxMemory, took } = await watching.end()
    expect(maxMemory).toBeLessThan(MAX_MEMORY)
    expect(p95(took)).toBeLessThan(PATIENCE)

    const accepted = async () =>
      host.client.postMetric({ body: { source: 'after', metric_type: 'CPU', value: 1 } }).then(
        () => true,
        () => false,
      )
    await expect.poll(accepted, { timeout: 30_000, interval: 200 }).toBe(true)
    const heavy = await host.client.listSeries({ query: { source: 'heavy', limit: 200 } })
    const taken = agents.answers.length - rejected().length
    expect(heavy.every(({ count }) => count === taken)).toBe(true)
    expect(heavy.length).toBe(taken > 0 ? 100 : 0)
  }, 90_000)
})

it('hundreds of agents that post one sample at a time are accepted, each sample once, and delay no other client', async () => {
  const poster = openPoster(host.url)
  const watching = watch(host, asPerson([]))
  const life = { ending: false }
  setTimeout(() => (life.ending = true), 2000)
  let taken = 0
  await Promise.all(
    Array.from({ length: 300 }, async (_, at) => {
      while (!life.ending) {
        const { status } = await poster.post([{ source: 'many', metric_type: `M${at % 10}`, value: at }])
        expect(status).toBe(202)
        taken++
      }
    }),
  )
  poster.end()
  const { took } = await watching.end()
  expect(p95(took)).toBeLessThan(PATIENCE)
  const series = await host.client.listSeries({ query: { source: 'many', limit: 200 } })
  expect(series.reduce((sum, { count }) => sum + count, 0)).toBe(taken)
  expect(await host.client.getHealth()).toMatchObject({ overload: null, rejected_posts: 0 })
  await expect.poll(waiting).toBe(0)
})
