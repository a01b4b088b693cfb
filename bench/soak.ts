// Whether it stays as it is: a steady load for an hour, and at its end how memory and latency went.
// `npm run bench:soak -- [--minutes N] [--small] [--check]`
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import build from '../test/support/build.ts'
import { temporaryFolder } from '../test/support/host-process.ts'
import { grouped, quantile, slope } from './figures.ts'
import { postPaced, type Outcome } from './load.ts'
import { jsonRequests } from './requests.ts'
import { followStream } from './stream.ts'
import { scrape, startTocsin, type Metrics } from './targets.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    small: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
  },
})
const minutes = values.small ? 4 : Number(values.minutes)
const secondsPerMinute = values.small ? 0.5 : 60

const LOAD = { batch: 100, postsPerSecond: 50, connections: 4, series: 200 }
/** Milliseconds between two rounds of queries. */
const ASK_EVERY = 1000
/** The drift per hour that counts as none: shares of the mean. */
const MAX_DRIFT = { memory: 0.05, latency: 0.2 }
/** The share of the time after which windows, caches and the head log have their size. */
const SETTLED = 0.25

interface Minute {
  posts: Outcome
  /** Milliseconds of the queries, sorted. */
  queries: number[]
  metrics: Metrics
}

await build()
const folder = temporaryFolder()
const host = await startTocsin(folder.path)
let received = 0
const endStream = await followStream(host, () => void received++)
const samplesPerSecond = LOAD.batch * LOAD.postsPerSecond
console.log(
  `${grouped(samplesPerSecond)} samples/s over ${LOAD.series} series, a reader of the stream, queries every second`,
)
console.log(
  line('minute', 'post p50', 'p99', 'query p99', 'loop p99.9', 'resident', 'heap', 'head', 'database', 'stream'),
)
const all: Minute[] = []
for (let count = 1; count <= minutes; count++) {
  const minute = await measure()
  all.push(minute)
  print(count, minute)
}
endStream()
await host.stop()
folder.remove()
conclude()

async function measure(): Promise<Minute> {
  const ended = new AbortController()
  const asked = askUntil(ended.signal)
  const posts = await postPaced({
    connections: LOAD.connections,
    seconds: secondsPerMinute,
    perSecond: LOAD.postsPerSecond,
    requestsOf: (connection) => jsonRequests(host.url, { ...LOAD, connection }),
  })
  ended.abort()
  return { posts, queries: await asked, metrics: await scrape(host) }
}

/** What a person looks at, again and again. */
async function askUntil(signal: AbortSignal): Promise<number[]> {
  const { client } = host
  const queries = [
    () => client.getSummary(),
    () => client.listEvents(),
    () => client.listSeries(),
    () => client.getMetrics({ params: { source: 'host-7' }, query: { limit: 500 } }),
  ]
  const times: number[] = []
  while (!signal.aborted) {
    for (const query of queries) {
      const begun = performance.now()
      await query()
      times.push(performance.now() - begun)
    }
    await pause(ASK_EVERY, undefined, { signal }).catch(() => {})
  }
  return times.toSorted((one, other) => one - other)
}

function print(count: number, { posts, queries, metrics }: Minute): void {
  const read = (name: string) => metrics.get(name) ?? NaN
  const megabytes = (name: string) => grouped(read(name) / 1e6)
  console.log(
    line(
      String(count),
      posts.p50.toFixed(2),
      posts.p99.toFixed(2),
      quantile(queries, 0.99).toFixed(2),
      (read('tocsin_event_loop_delay_seconds{quantile="0.999"}') * 1000).toFixed(1),
      megabytes('process_resident_memory_bytes'),
      megabytes('nodejs_heap_size_used_bytes'),
      grouped(read('tocsin_hot_log_samples')),
      megabytes('tocsin_database_size_bytes{file="database"}'),
      grouped(received),
    ),
  )
}

/** Times in milliseconds, memory and files in MB. */
function line(...cells: string[]): string {
  return cells.map((cell) => cell.padStart(10)).join(' ')
}

function conclude(): void {
  const settled = all.slice(Math.floor(all.length * SETTLED))
  const drifts = [
    drift(
      'resident memory',
      MAX_DRIFT.memory,
      settled.map(({ metrics }) => metrics.get('process_resident_memory_bytes') ?? NaN),
    ),
    drift(
      'p99 of posts',
      MAX_DRIFT.latency,
      settled.map(({ posts }) => posts.p99),
    ),
    drift(
      'p99 of queries',
      MAX_DRIFT.latency,
      settled.map(({ queries }) => quantile(queries, 0.99)),
    ),
  ]
  const refused = all.reduce((sum, { posts }) => sum + posts.refused, 0)
  console.log(`${grouped(refused)} posts refused`)
  const steady = drifts.every(Boolean) && refused === 0
  console.log(steady ? 'Stable.' : 'Not stable.')
  if (values.check && !steady) process.exitCode = 1
}

/** Prints the slope through the settled minutes; true if an hour changes it no more than allowed. */
function drift(name: string, max: number, perMinute: number[]): boolean {
  const mean = perMinute.reduce((sum, value) => sum + value, 0) / perMinute.length
  const perHour = (slope(perMinute) * 60) / mean
  console.log(`${name}: ${(100 * perHour).toFixed(1)} % an hour (target: at most ${100 * max} %)`)
  return perHour <= max
}
