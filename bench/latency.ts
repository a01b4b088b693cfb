// How long it takes from a post that fires to its event on the stream, over a bare round trip of the same client:
// `npm run bench:latency -- [--seconds N] [--small] [--check]`. Beside it, samples come in at a steady rate.
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import build from '../test/support/build.ts'
import { temporaryFolder } from '../test/support/host-process.ts'
import { quantile, table } from './figures.ts'
import { openConnection, postPaced, type Post } from './load.ts'
import { jsonRequest, jsonRequests, SINGLE_PATH } from './requests.ts'
import { followStream } from './stream.ts'
import { RULES, startFloor, startTocsin } from './targets.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    small: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
  },
})
const seconds = values.small ? 2 : Number(values.seconds)

const BACKGROUND = { batch: 10, postsPerSecond: 100, connections: 4, series: 1000 }
/** Milliseconds between two posts that fire; no divisor of any interval of the background load. */
const PROBE_EVERY = 37
/** Seconds of the background before the first: series that are new cost more. */
const WARM_UP = values.small ? 0.5 : 3
/** Milliseconds that an event may take over the bare round trip. */
const MAX_OVERHEAD = 10
const FIRING_RULE = {
  name: 'Fires at once',
  source: 'probe-*',
  method: 'THRESHOLD',
  threshold: 0,
} as (typeof RULES)[number]

type Probe = (index: number) => Promise<number>

await build()
const folder = temporaryFolder()
const host = await startTocsin(folder.path, [...RULES, FIRING_RULE])
const floor = await startFloor('parse', folder.path)
const bare = await measure(floor.url, roundTrips)
const events = await measure(host.url, eventTimes)
await Promise.all([floor.stop(), host.stop()])
folder.remove()

const over = quantile(events, 0.99) - quantile(bare, 0.99)
const { batch, postsPerSecond } = BACKGROUND
console.log(`Post to event, ${events.length} of them, beside ${batch * postsPerSecond} samples/s, in milliseconds`)
const row = (name: string, times: number[]) => [name, ...[0.5, 0.99, 1].map((at) => quantile(times, at).toFixed(2))]
console.log(table([['', 'p50', 'p99', 'largest'], row('bare round trip', bare), row('event on the stream', events)]))
console.log(`p99 over the bare round trip: ${over.toFixed(2)} ms (target: at most ${MAX_OVERHEAD})`)
if (values.check && !(over <= MAX_OVERHEAD)) process.exitCode = 1

/** Gives the times of all probes, sorted. */
async function measure(url: string, probesOf: (url: string) => Promise<{ probe: Probe; end(): void }>) {
  const { probe, end } = await probesOf(url)
  const background = postPaced({
    connections: BACKGROUND.connections,
    seconds: WARM_UP + seconds,
    perSecond: BACKGROUND.postsPerSecond,
    requestsOf: (connection) => jsonRequests(url, { ...BACKGROUND, connection }),
  })
  await pause(WARM_UP * 1000)
  const times: number[] = []
  const until = performance.now() + seconds * 1000
  while (performance.now() < until) {
    times.push(await probe(times.length))
    await pause(PROBE_EVERY)
  }
  await background
  end()
  return times.toSorted((one, other) => one - other)
}

async function roundTrips(url: string): Promise<{ probe: Probe; end(): void }> {
  const connection = openConnection()
  return {
    async probe(index) {
      const request = firingPost(url, index)
      const begun = performance.now()
      await connection.send(request)
      return performance.now() - begun
    },
    end: connection.close,
  }
}

/** Each probe is the first of its source, so that it raises an event of its own. */
async function eventTimes(url: string): Promise<{ probe: Probe; end(): void }> {
  const connection = openConnection()
  let awaited: { source: string; received(at: number): void } | undefined
  const endStream = await followStream(host, ({ source }, raised) => {
    if (raised && source === awaited?.source) awaited.received(performance.now())
  })
  return {
    async probe(index) {
      const request = firingPost(url, index)
      const { promise, resolve } = Promise.withResolvers<number>()
      awaited = { source: sourceOf(index), received: resolve }
      const begun = performance.now()
      await connection.send(request)
      return (await promise) - begun
    },
    end() {
      endStream()
      connection.close()
    },
  }
}

function firingPost(url: string, index: number): Post {
  return jsonRequest(url + SINGLE_PATH, { source: sourceOf(index), metric_type: 'LATENCY', value: 1 })
}

function sourceOf(index: number): string {
  return `probe-${index}`
}
