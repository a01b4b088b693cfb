// How fast samples come in, beside its floors in the same run:
// `npm run bench:ingest -- [--seconds N] [--rounds N] [--small] [--check]`.
//
// The targets take turns, each on a fresh folder, and medians are compared, since machines are noisy. Of Tocsin only
// what is durable and evaluated counts: its time ends when nothing waits any more. With `durable_writes` it waits for the
// disk with every commit, which matters if the folder for temporary files is on one.
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import build from '../test/support/build.ts'
import { temporaryFolder, type HostProcess } from '../test/support/host-process.ts'
import type { SettingsPatch } from '../shared/schemas/settings.ts'
import { grouped, median, table } from './figures.ts'
import { postFlatOut, type Outcome, type Requests } from './load.ts'
import { jsonRequests, remoteWriteRequests } from './requests.ts'
import {
  allEvaluated,
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
  /** The share of its speed that Tocsin must reach, for batches and for single samples. */
  minRatio?: { batches?: number; singles?: number }
  measure(folder: string, batch: number): Promise<Round>
}

const CONNECTIONS = 16
const SERIES = 1000
/** The head log comes and goes, and should be no larger in the last ten seconds than in the first twenty. */
const LOOKS = { from: 10, to: 20, last: 10 }

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
  const floor = (name: string, server: 'parse' | 'sqlite', minRatio: Target['minRatio'] = {}): Target => ({
    name,
    minRatio,
    measure: async (folder, batch) => json(await startFloor(server, folder), batch),
  })
  return [
    { name: 'Tocsin', measure: measureTocsin },
    { name: 'durable_writes', measure: (folder, batch) => measureTocsin(folder, batch, { durable_writes: true }) },
    floor('parse-and-discard baseline', 'parse', { batches: 0.25, singles: 0.8 }),
    floor('a transaction each', 'sqlite', { batches: 4 }),
    ...(prometheus && kind === 'batches'
      ? [{ name: 'Prometheus', minRatio: { batches: 1 }, measure: measurePrometheus }]
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

async function measureTocsin(folder: string, batch: number, body: SettingsPatch = {}): Promise<Round> {
  const host = await startTocsin(folder)
  await host.client.updateSettings({ body })
  const before = await scrape(host)
  const loaded = load((connection) => jsonRequests(host.url, share(connection, batch)))
  const [looks, outcome] = await Promise.all([lookNowAndThen(host), loaded])
  const begun = performance.now()
  await allEvaluated(host)
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
    notes: notesOf(looks, after, drained),
  }
}

function risen(before: Metrics, after: Metrics, name: string): number {
  return (after.get(name) ?? NaN) - (before.get(name) ?? NaN)
}

interface Looks {
  early: Metrics[]
  /** The first of them ends the longest time between two looks, of which it has the delays of the event loop. */
  late: Metrics[]
}

/** Every second in two parts of the time; a run that is too short for that gives none. */
async function lookNowAndThen(host: HostProcess): Promise<Looks> {
  const begun = performance.now()
  const looks: Looks = { early: [], late: [] }
  if (seconds - LOOKS.last <= LOOKS.to) return looks
  const lookAt = async (second: number) => {
    await pause(begun + second * 1000 - performance.now())
    return scrape(host)
  }
  for (let second = LOOKS.from; second <= LOOKS.to; second++) looks.early.push(await lookAt(second))
  for (let second = seconds - LOOKS.last; second < seconds; second++) looks.late.push(await lookAt(second))
  return looks
}

function largest(looks: Metrics[], name: string): number {
  return Math.max(...looks.map((look) => look.get(name) ?? NaN))
}

function notesOf({ early, late }: Looks, end: Metrics, drained: number): Note[] {
  const all = [...early, ...late, end]
  const delay = (looks: Metrics[], quantile: string) =>
    `${(largest(looks, `tocsin_event_loop_delay_seconds{quantile="${quantile}"}`) * 1000).toFixed(1)} ms`
  const headSamples = (looks: Metrics[]) => grouped(largest(looks, 'tocsin_hot_log_samples'))
  return [
    ['evaluated after the last answer', `${(drained * 1000).toFixed(0)} ms`],
    [
      'head at most',
      early.length === 0
        ? headSamples([end])
        : `${headSamples(early)} samples in the first 20 s, ${headSamples(late)} in the last 10 s`,
    ],
    [
      'event loop',
      `p99.9 ${delay(late.slice(0, 1).concat(early.length === 0 ? end : []), '0.999')}, longest ${delay(all, '1')}`,
    ],
    ['resident memory', `${grouped(largest(all, 'process_resident_memory_bytes') / 2 ** 20)} MiB at most`],
  ]
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
  const rows = [...outcomes].map(([{ name, minRatio }, each]) => {
    const ratio = speedOf(tocsin) / speedOf(each)
    const target = minRatio?.[kind]
    if (target !== undefined && !(ratio >= target)) failed = true
    const share = each === tocsin ? '' : `${ratio.toFixed(2)}${target === undefined ? '' : ` (target: ${target})`}`
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
