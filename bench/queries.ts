// How quick answers are over a month of data, while samples come in: `npm run bench:queries -- [--small] [--check]`.
// A folder named with `--data-dir` is filled if it has no database yet, and stays for the next run.
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { z } from 'zod'
import type { Client } from '../shared/client/client.ts'
import type { eventsQuery } from '../shared/schemas/event.ts'
import build from '../test/support/build.ts'
import { randomFrom } from '../test/support/random.ts'
import { startHostProcess, temporaryFolder } from '../test/support/host-process.ts'
import { grouped, quantile, table } from './figures.ts'
import { fill, LONG, nameOf, type Sizes } from './queries-data.ts'
import { answerClock, postSteadily, SAMPLES_PER_SECOND } from './queries-load.ts'

const FULL: Sizes = {
  series: 1000,
  samples: 10_000_000,
  longSeries: 1_000_000,
  quietSeries: 99_000,
  events: 100_000,
}
const SMALL: Sizes = { series: 100, samples: 100_000, longSeries: 10_000, quietSeries: 5000, events: 2000 }

/** Rounds. */
const WARM_UP = 20
/** Milliseconds that no kind of query may take longer than, one in a hundred left out. */
const MAX_P99 = 20

const { values } = parseArgs({
  options: {
    small: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    'data-dir': { type: 'string' },
  },
})
const sizes = values.small ? SMALL : FULL
const rounds = Number(values.rounds ?? (values.small ? 100 : 1000))

await build()
const folder = values['data-dir'] === undefined ? temporaryFolder() : keptFolder(values['data-dir'])
try {
  if (!existsSync(join(folder.path, 'tocsin.db'))) fillFolder()
  await measureHost(folder.path)
} finally {
  folder.remove()
}

function keptFolder(path: string) {
  mkdirSync(path, { recursive: true })
  return { path, remove() {} }
}

function fillFolder(): void {
  const begun = performance.now()
  fill(folder.path, sizes, Date.now())
  console.log(`${describe(sizes)}, filled in ${((performance.now() - begun) / 1000).toFixed(0)} s`)
}

async function measureHost(dataDir: string): Promise<void> {
  const host = await startHostProcess({ dataDir })
  const ingest = postSteadily(host.url, sizes.series)
  try {
    const clock = answerClock(host)
    const slow = report(await measure(queriesOf(clock.client), clock.took))
    const { perSecond, refused } = await ingest.stop()
    console.log(`beside ${grouped(perSecond)} samples/s coming in, ${refused} posts refused`)
    const late = perSecond < 0.95 * SAMPLES_PER_SECOND || refused > 0
    if (values.check && (slow || late)) process.exitCode = 1
  } finally {
    await ingest.stop()
    await host.stop()
  }
}

/** Each gives the number of rows or points that came, so that an empty answer is seen. */
type Queries = Record<string, () => Promise<number>>

function queriesOf(client: Client): Queries {
  const random = randomFrom(2)
  const any = <T>(things: readonly T[]): T => things[Math.floor(random() * things.length)]!
  const anyName = () => nameOf(Math.floor(random() * sizes.series))
  const anyTime = () => new Date(Date.now() - random() * 6 * 86_400_000).toISOString()
  const history = async ({ source, metric_type }: typeof LONG, until?: string) => {
    const query = { metric_type, hours: 168, limit: 1000, ...(until ? { until } : {}) }
    return (await client.getMetrics({ params: { source }, query })).length
  }
  const points = async ({ source, metric_type }: typeof LONG, hours: number) =>
    (await client.getHistory({ params: { source }, query: { metric_type, hours, points: 1000 } })).length
  const events = async (query: z.input<typeof eventsQuery>) =>
    (await client.listEvents({ query: { hours: 720, ...query } })).length
  const explanation = async () => {
    const [event] = await client.listEvents({ query: { hours: 720, limit: 1, offset: Math.floor(random() * 200) } })
    const { facts } = await client.explainEvent({ params: { event_id: event!.id } })
    return 1 + facts.events_around.length + facts.earlier.last.length
  }
  const search = async (source: string, offset = 0) => (await client.listSeries({ query: { source, offset } })).length
  const summary = async (hours: number, tz: string) => (await client.getSummary({ query: { hours, tz } })).total_events

  return {
    'history of a series': () => history(anyName()),
    'history of the longest': () => history(LONG),
    'history, some days back': () => history(any([LONG, anyName()]), anyTime()),
    'a day in points': () => points(anyName(), 24),
    'a week in points': () => points(anyName(), 168),
    'the longest, a week in points': () => points(LONG, 168),
    'series, found': () => search(any(['host-1', 'DEVICE-', 'device-7'])),
    'series, none found': () => search('nothing'),
    'series, far down': () => search('device-', Math.floor(sizes.quietSeries * 0.9)),
    'events, open': () => events({ status: 'OPEN' }),
    'events, all': () => events({ limit: 200, offset: any([0, 200, 1000]) }),
    'events of a severity': () => events({ severity: any(['WARNING', 'CRITICAL']) }),
    'events of a severity, none': () => events({ severity: 'INFO' }),
    'events of a status, none': () => events({ status: 'ACKNOWLEDGED' }),
    'events of a source': () => events({ source: anyName().source, status: 'RESOLVED' }),
    'events of a source, none': () => events({ source: 'device-9' }),
    'events of a metric type': () => events({ metric_type: 'disk', severity: 'CRITICAL' }),
    'events of a metric type, none': () => events({ metric_type: 'disks' }),
    'why an event fired': explanation,
    'summary of a day': () => summary(24, 'UTC'),
    'summary of a month': () => summary(720, any(['UTC', 'Europe/Berlin', 'Asia/Kathmandu'])),
  }
}

interface Answers {
  /** Milliseconds, sorted. */
  took: number[]
  rows: number[]
}

/** One after the other, each kind once in a round. The first rounds, in which the code gets warm, don't count. */
async function measure(queries: Queries, took: () => number): Promise<Map<string, Answers>> {
  const answers = new Map<string, Answers>(Object.keys(queries).map((kind) => [kind, { took: [], rows: [] }]))
  for (let round = -WARM_UP; round < rounds; round++)
    for (const [kind, query] of Object.entries(queries)) {
      const rows = await query()
      if (round < 0) continue
      answers.get(kind)!.took.push(took())
      answers.get(kind)!.rows.push(rows)
    }
  for (const { took } of answers.values()) took.sort((one, other) => one - other)
  return answers
}

/** Gives whether any was too slow. */
function report(answers: Map<string, Answers>): boolean {
  const rows = [...answers].map(([kind, { took, rows }]) => [
    kind,
    `${Math.min(...rows)}–${Math.max(...rows)}`,
    ...[0.5, 0.99, 1].map((share) => quantile(took, share).toFixed(1)),
    quantile(took, 0.99) < MAX_P99 ? '' : 'too slow',
  ])
  console.log(table([['', 'rows', 'p50 ms', 'p99 ms', 'max ms', ''], ...rows]))
  return rows.some((row) => row.at(-1) !== '')
}

function describe({ series, samples, longSeries, quietSeries, events }: Sizes): string {
  const regular = `${grouped(samples)} samples of ${grouped(series)} series`
  return `${regular} and ${grouped(longSeries)} of one, ${grouped(quietSeries)} series more, ${grouped(events)} events`
}
