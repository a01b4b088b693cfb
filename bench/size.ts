// How many bytes a sample of the host agent takes once it is cold:
// `npm run bench:size -- [--data-dir FOLDER] [--readings N] [--small] [--check]`.
//
// With a data folder of one machine, its samples are taken from there. Without one, this machine is read as often as it
// can be, at times that are five seconds apart, as the host agent's are. Each of several machines posts the same, so that
// half-empty pages weigh no more than in a database of some size.
import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import Database from 'better-sqlite3'
import { thisMachine } from '../electron/agent/machine.ts'
import { createReadings } from '../electron/agent/readings.ts'
import { silentLog } from '../electron/core/platform/ports.ts'
import { openStore } from '../electron/core/store/open.ts'
import type { NewSample } from '../electron/core/store/types/samples.ts'
import type { Store } from '../electron/core/store/types/store.ts'
import { unitOf } from '../shared/domain/units.ts'
import { temporaryFolder } from '../test/support/host-process.ts'
import { grouped, table } from './figures.ts'

/** Bytes per sample. */
const TARGET = 3
const MACHINES = 20
const INTERVAL = 5000
/** Timers are some milliseconds off. */
const JITTER = 3

const { values } = parseArgs({
  options: {
    'data-dir': { type: 'string' },
    readings: { type: 'string', default: '3000' },
    small: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
  },
})

const folder = temporaryFolder()
try {
  const file = join(folder.path, 'tocsin.db')
  const given = values['data-dir']
  const readings = given ? readBack(given) : await readOften(values.small ? 300 : Number(values.readings))
  const store = open(file)
  for (const samples of readings)
    for (let machine = 1; machine <= MACHINES; machine++)
      store.transaction(() => store.samples.append(samples.map((each) => ({ ...each, source: `machine-${machine}` }))))
  while (store.samples.compact(store.samples.newestId()));
  store.close()
  const bytes = report(file)
  if (values.check && !(bytes <= TARGET)) process.exitCode = 1
} finally {
  folder.remove()
}

function open(file: string): Store {
  return openStore({ file, migrationsDir: join(import.meta.dirname, '../resources/migrations'), log: silentLog })
}

/** What the agent posted together, in the order of time. */
function readBack(dataDir: string): NewSample[][] {
  const copy = join(folder.path, 'given.db')
  for (const suffix of ['', '-wal'])
    if (existsSync(`${dataDir}/tocsin.db${suffix}`)) copyFileSync(`${dataDir}/tocsin.db${suffix}`, copy + suffix)
  const store = open(copy)
  const samples = store.series
    .all()
    .flatMap(({ id }) => store.samples.newest([id], 0, Number.MAX_SAFE_INTEGER, 1e6))
    .map(({ metric_type, value, recorded_at }) => sampleOf(metric_type, value, Date.parse(recorded_at)))
  store.close()
  const byTime = [...Map.groupBy(samples, ({ time }) => time)]
  return byTime.toSorted(([one], [other]) => one - other).map(([, together]) => together)
}

async function readOften(times: number): Promise<NewSample[][]> {
  const read = createReadings(thisMachine(), silentLog)
  const start = Date.now() - times * INTERVAL
  const readings: NewSample[][] = []
  for (let i = 0; i < times; i++) {
    const time = start + i * INTERVAL + Math.floor(Math.random() * JITTER)
    readings.push((await read(time)).map(({ metricType, value }) => sampleOf(metricType, value, time)))
  }
  return readings
}

function sampleOf(metricType: string, value: number, time: number): NewSample {
  return {
    source: 'this-machine',
    metricType,
    value,
    unit: unitOf(metricType) || null,
    tags: null,
    serverId: null,
    time,
    drill: false,
  }
}

/** All pages of the blocks and of their indexes count, the half-empty ones too. */
function report(file: string): number {
  const client = new Database(file, { readonly: true })
  const pages = client
    .prepare<[], { name: string; bytes: number }>(
      "SELECT name, sum(pgsize) AS bytes FROM dbstat WHERE name LIKE 'blocks%' GROUP BY name ORDER BY name",
    )
    .all()
  const series = client
    .prepare<[], { name: string; samples: number; blocks: number; compacted: number }>(
      `SELECT metric_type AS name, sum(blocks.count) AS samples, count(*) AS blocks, sum(length(data)) AS compacted
       FROM blocks JOIN series ON series.id = series_id WHERE tier = 0 GROUP BY name ORDER BY name`,
    )
    .all()
  client.close()
  const samples = series.reduce((sum, each) => sum + each.samples, 0)
  const bytes = pages.reduce((sum, each) => sum + each.bytes, 0)
  console.log(
    table([
      ['series', 'samples', 'blocks', 'bytes each, compacted'],
      ...series.map((each) => [
        each.name,
        grouped(each.samples),
        grouped(each.blocks),
        (each.compacted / each.samples).toFixed(2),
      ]),
    ]),
  )
  console.log(pages.map(({ name, bytes }) => `${name}: ${grouped(bytes)} bytes`).join(', '))
  console.log(
    `${(bytes / samples).toFixed(2)} bytes for each of ${grouped(samples)} samples on disk (target: at most ${TARGET})`,
  )
  return bytes / samples
}
