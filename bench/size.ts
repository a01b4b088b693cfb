// How many bytes a sample of the host agent takes once it is cold:
// `npm run bench:size -- [--data-dir FOLDER] [--readings N] [--small] [--check]`.
//
// With a data folder, what stands in it is packed in a copy and weighed. Without one, this machine is read as often as
// it can be, at times that are five seconds apart, as the host agent's are.
import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import Database from 'better-sqlite3'
import { thisMachine } from '../electron/core/agent/machine.ts'
import { createReadings } from '../electron/core/agent/readings.ts'
import { silentLog } from '../electron/core/ports.ts'
import { openStore } from '../electron/core/store/open.ts'
import type { NewSample, Store } from '../electron/core/store/store.ts'
import { unitOf } from '../shared/units.ts'
import { temporaryFolder } from '../test/host-process.ts'
import { grouped, table } from './figures.ts'

const WANTED = 3
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
  if (given) copyDatabase(join(given, 'tocsin.db'), file)
  const store = openStore({ file, migrationsDir: join(import.meta.dirname, '../resources/migrations'), log: silentLog })
  if (!given) await fill(store, values.small ? 300 : Number(values.readings))
  while (store.samples.pack(store.samples.newestId()));
  store.close()
  const bytes = report(file)
  if (values.check && !(bytes <= WANTED)) process.exitCode = 1
} finally {
  folder.remove()
}

/** Together with what is in its write-ahead log, where there is one. */
function copyDatabase(from: string, to: string): void {
  for (const suffix of ['', '-wal']) if (existsSync(from + suffix)) copyFileSync(from + suffix, to + suffix)
}

async function fill(store: Store, readings: number): Promise<void> {
  const read = createReadings(thisMachine(), silentLog)
  const start = Date.now() - readings * INTERVAL
  for (let i = 0; i < readings; i++) {
    const time = start + i * INTERVAL + Math.floor(Math.random() * JITTER)
    const found = await read(time)
    store.transaction(() =>
      store.samples.append(found.map(({ metricType, value }) => sampleOf(metricType, value, time))),
    )
  }
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
    .prepare<[], { name: string; samples: number; blocks: number; packed: number }>(
      `SELECT metric_type AS name, sum(blocks.count) AS samples, count(*) AS blocks, sum(length(data)) AS packed
       FROM blocks JOIN series ON series.id = series_id WHERE tier = 0 GROUP BY series_id ORDER BY name`,
    )
    .all()
  client.close()
  const samples = series.reduce((sum, each) => sum + each.samples, 0)
  const bytes = pages.reduce((sum, each) => sum + each.bytes, 0)
  console.log(
    table([
      ['series', 'samples', 'blocks', 'bytes each, packed'],
      ...series.map((each) => [
        each.name,
        grouped(each.samples),
        grouped(each.blocks),
        (each.packed / each.samples).toFixed(2),
      ]),
    ]),
  )
  console.log(pages.map(({ name, bytes }) => `${name}: ${grouped(bytes)} bytes`).join(', '))
  console.log(
    `${(bytes / samples).toFixed(2)} bytes for each of ${grouped(samples)} samples on disk (wanted: ${WANTED} at most)`,
  )
  return bytes / samples
}
