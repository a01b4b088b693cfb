// How fast samples come in, beside its floors in the same run:
// `npm run bench:ingest -- [--seconds N] [--rounds N] [--small] [--check]`.
//
// The targets take turns, each on a fresh folder, and medians are compared, since machines are noisy. Of Tocsin only
// what is durable and judged counts: its time ends when nothing waits any more.
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import build from '../test/build.ts'
import { temporaryFolder } from '../test/host-process.ts'
import { grouped, median, table } from './figures.ts'
import { postFlatOut, type Outcome, type Requests } from './load.ts'
import { jsonRequests, remoteWriteRequests } from './requests.ts'
import {
  allJudged,
  findPrometheus,
  REMOTE_WRITE_PATH,
  scrape,
  startFloor,
  startPrometheus,
  startTocsin,
  type Metrics,
  type Running,
} from './targets.ts'

interface Round extends Outcome {
  samplesPerSecond: number
  /** What stands beside Tocsin's figures. */
  notes: Note[]
}

type Note = [name: string, text: string]

interface Target {
  name: string
  /** What Tocsin must reach of it at least, for batches and for singles. */
  wanted?: { batches?: number; singles?: number }
  measure(folder: string, batch: number): Promise<Round>
}

const CONNECTIONS = 16
const SERIES = 1000
/** Seconds after which the hot log should have its size. */
const SETTLED = 20

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    rounds: { type: 'string', default: '3' },
    small: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
  },
})
const seconds = values.small ? 0.5 : Number(values.seconds)
const rounds = values.small ? 1 : Number(values.rounds)

await build()
const prometheus = findPrometheus()
if (!prometheus) console.log('Prometheus was not run: there is none on the path (apt-get install prometheus).')
let failed = false
for (const [kind, batch] of [
  ['batches', 100],
  ['singles', 1],
] as const) {
  const outcomes = new Map<Target, Round[]>(targets(kind).map((target) => [target, []]))
  for (let round = 0; round < rounds; round++)
    for (const [target, each] of outcomes) each.push(await measured(target, batch))
  report(kind, batch, outcomes)
}
if (values.check && failed) process.exitCode = 1

function targets(kind: 'batches' | 'singles'): Target[] {
  const floor = (name: string, server: 'parse' | 'sqlite', wanted: Target['wanted'] = {}): Target => ({
    name,
    wanted,
    measure: async (folder, batch) => json(await startFloor(server, folder), batch),
  })
  return [
    { name: 'Tocsin', measure: measureTocsin },
    floor('parse and forget', 'parse', { batches: 0.25, singles: 0.8 }),
    floor('a transaction each', 'sqlite', { batches: 4 }),
    ...(prometheus && kind === 'batches'
      ? [{ name: 'Prometheus', wanted: { batches: 1 }, measure: measurePrometheus }]
      : []),
  ]
}

async function measured({ measure }: Target, batch: number): Promise<Round> {
  const folder = temporaryFolder()
  try {
    return await measure(folder.path, batch)
  } finally {
    folder.remove()
  }
}

async function json(target: Running, batch: number): Promise<Round> {
  const outcome = await load((connection) => jsonRequests(target.url, share(connection, batch)))
  await target.stop()
  return { ...outcome, samplesPerSecond: (outcome.taken * batch) / outcome.seconds, notes: [] }
}

async function measurePrometheus(folder: string, batch: number): Promise<Round> {
  const target = await startPrometheus(prometheus!, folder)
  const url = target.url + REMOTE_WRITE_PATH
  const outcome = await load((connection) => remoteWriteRequests(url, share(connection, batch)))
  await target.stop()
  return { ...outcome, samplesPerSecond: (outcome.taken * batch) / outcome.seconds, notes: [] }
}

async function measureTocsin(folder: string, batch: number): Promise<Round> {
  const host = await startTocsin(folder)
  const before = await scrape(host)
  const loaded = load((connection) => jsonRequests(host.url, share(connection, batch)))
  const settled = seconds > SETTLED ? await pause(SETTLED * 1000).then(() => scrape(host)) : undefined
  const outcome = await loaded
  const begun = performance.now()
  await allJudged(host)
  const drained = (performance.now() - begun) / 1000
  const after = await scrape(host)
  await host.stop()

  const samples = outcome.taken * batch
  for (const name of ['tocsin_samples_stored_total', 'tocsin_samples_judged_total'])
    if (risen(before, after, name) !== samples)
      throw new Error(`${name} rose by ${risen(before, after, name)}, while ${samples} samples were acknowledged.`)
  return {
    ...outcome,
    samplesPerSecond: samples / (outcome.seconds + drained),
    notes: notesOf(settled, after, drained),
  }
}

function risen(before: Metrics, after: Metrics, name: string): number {
  return (after.get(name) ?? NaN) - (before.get(name) ?? NaN)
}

function notesOf(settled: Metrics | undefined, end: Metrics, drained: number): Note[] {
  const longest = (name: string) => Math.max(settled?.get(name) ?? 0, end.get(name) ?? NaN)
  const turn = (quantile: string) =>
    `${(longest(`tocsin_event_loop_delay_seconds{quantile="${quantile}"}`) * 1000).toFixed(1)} ms`
  return [
    ['judged after the last answer', `${(drained * 1000).toFixed(0)} ms`],
    ['hot log', `${settled ? `${hotSamples(settled)} samples after ${SETTLED} s, ` : ''}${hotSamples(end)} at the end`],
    ['event loop', `p99.9 ${turn('0.999')}, longest ${turn('1')}`],
    ['resident memory', `${grouped((end.get('process_resident_memory_bytes') ?? NaN) / 2 ** 20)} MiB at the end`],
  ]
}

function hotSamples(metrics: Metrics): string {
  return grouped(metrics.get('tocsin_hot_log_samples') ?? NaN)
}

function load(requestsOf: (connection: number) => Requests): Promise<Outcome> {
  return postFlatOut({ connections: CONNECTIONS, seconds, requestsOf })
}

function share(connection: number, batch: number) {
  return { connection, connections: CONNECTIONS, series: SERIES, batch }
}

function report(kind: 'batches' | 'singles', batch: number, outcomes: Map<Target, Round[]>): void {
  const speedOf = (each: Round[]) => median(each.map(({ samplesPerSecond }) => samplesPerSecond))
  const tocsin = [...outcomes].find(([{ name }]) => name === 'Tocsin')![1]
  const rows = [...outcomes].map(([{ name, wanted }, each]) => {
    const ratio = speedOf(tocsin) / speedOf(each)
    const least = wanted?.[kind]
    if (least !== undefined && !(ratio >= least)) failed = true
    const share = each === tocsin ? '' : `${ratio.toFixed(2)}${least === undefined ? '' : ` (wanted: ${least})`}`
    const [p50, p99] = (['p50', 'p99'] as const).map((key) => `${median(each.map((one) => one[key])).toFixed(2)} ms`)
    const refused = each.reduce((sum, one) => sum + one.refused, 0)
    return [name, grouped(speedOf(each)), p50!, p99!, grouped(refused), share]
  })
  console.log(
    `\n${kind}: ${batch} in a post, ${SERIES} series, ${CONNECTIONS} connections, medians of ${rounds} × ${seconds} s`,
  )
  console.log(table([['', 'samples/s', 'p50', 'p99', 'refused', 'Tocsin reaches'], ...rows]))
  tocsin.forEach(({ notes }, round) =>
    console.log(`Tocsin, round ${round + 1}: ${notes.map((note) => note.join(' ')).join('; ')}`),
  )
}
