// Compacts the samples of an earlier version into blocks: databases of 0.1.0 before the log held one row for each
// sample. It is done once, when the store opens, with a transaction for each series, so that a start after a crash
// continues.
import type { Database } from 'better-sqlite3'
import { MINUTE } from '../../../../shared/domain/time.ts'
import type { Tags } from '../../../../shared/schemas/sample.ts'
import type { Log } from '../../platform/ports.ts'
import type { Segment } from './block-codec.ts'
import type { BlockTable } from './blocks.ts'
import type { SampleMetadata } from '../head/head.ts'
import { newestIdIn, setNewestId } from './compaction.ts'
import { blockOf, partsOf } from './segments.ts'
import { createSampleCounts } from '../head/sample-counts.ts'
import { EVALUATED_UP_TO } from '../sqlite/watermarks.ts'
import type { Store } from '../types/store.ts'

const ROWS = 'samples_as_rows'
const ROWS_AT_ONCE = 10_000

interface Row {
  id: number
  time: number
  value: number
  server_id: number | null
  unit: string | null
  tags: string | null
}

interface Deps {
  client: Database
  blocks: Pick<BlockTable, 'insert'>
  settings: Store['settings']
  log: Log
}

export function convertRows({ client, blocks, settings, log }: Deps): void {
  const isThere = client.prepare<[name: string]>('SELECT 1 FROM sqlite_schema WHERE name = ?').get(ROWS)
  if (!isThere) return
  const newest = client.prepare<[], number | null>(`SELECT max(id) FROM ${ROWS}`).pluck().get() ?? 0
  const given = client.prepare<[string], number>('SELECT seq FROM sqlite_sequence WHERE name = ?').pluck().get(ROWS)
  if (newest > 0) log.info({ samples: newest }, 'Compacting the samples of an earlier version; this is done once')
  setNewestId(settings, Math.max(newestIdIn(settings), given ?? 0))
  settings.set(EVALUATED_UP_TO, String(newestIdIn(settings)))
  const series = client.prepare<[], number>(`SELECT DISTINCT series_id FROM ${ROWS}`).pluck().all()
  const convert = client.transaction(createConverter(client, blocks))
  for (const seriesId of series) convert(seriesId)
  client.exec(`DROP TABLE ${ROWS}`)
}

function createConverter(client: Database, blocks: Pick<BlockTable, 'insert'>): (seriesId: number) => void {
  const counts = createSampleCounts(client)
  const rows = client.prepare<[series: number, late: number, after: number], Row>(
    `SELECT id, time, value, server_id, unit, tags FROM ${ROWS}
     WHERE series_id = ? AND late = ? AND id > ? ORDER BY +id LIMIT ${ROWS_AT_ONCE}`,
  )
  const setCompactedUpTo = client.prepare<[upTo: number, series: number]>(
    'UPDATE series SET cold_up_to = max(cold_up_to, ?) WHERE id = ?',
  )
  const deletion = client.prepare<[series: number]>(`DELETE FROM ${ROWS} WHERE series_id = ?`)
  return (seriesId) => {
    for (const late of [0, 1]) {
      let last = 0
      for (;;) {
        const some = rows.all(seriesId, late, last)
        if (some.length === 0) break
        for (const part of partsOf(segmentOf(some))) blocks.insert({ series_id: seriesId, late, ...blockOf(part) })
        for (const { time } of some) counts.addTo(Math.floor(time / MINUTE), 1)
        last = some.at(-1)!.id
        setCompactedUpTo.run(last, seriesId)
      }
    }
    deletion.run(seriesId)
  }
}

const segmentOf = (rows: readonly Row[]): Segment => ({
  ids: rows.map(({ id }) => id),
  times: rows.map(({ time }) => time),
  values: rows.map(({ value }) => value),
  metadata: rows.map(({ unit, server_id, tags }): SampleMetadata => ({
    unit,
    serverId: server_id,
    tags: tags === null ? null : (JSON.parse(tags) as Tags),
  })),
})
