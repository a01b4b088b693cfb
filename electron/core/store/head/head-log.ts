// The head log on disk: one row for each commit, appended and later deleted as a whole, never changed.
import type { Database } from 'better-sqlite3'
import { NO_METADATA, type Head, type SampleMetadata } from './head.ts'
import type { Transactions } from '../sqlite/transactions.ts'

/** Places in the dictionary of metadata are numbers of two bytes. */
const MAX_PER_ROW = 50_000

/** Called with one sample of the log. Whether it is late follows from the samples before it. */
type Take = (id: number, seriesId: number, time: number, value: number, metadata: SampleMetadata) => void

export interface HeadLog {
  /** Inside a transaction: writes the samples from `firstId` on. */
  write(head: Head, firstId: number): void
  /** All samples, in the order of ids. */
  read(take: Take): void
  /** The id of the oldest sample in the log. */
  firstId(): number | undefined
  /** Bytes on disk, without a query. */
  bytes(): number
  /** Inside a transaction: deletes at most `limit` rows without newer samples, and returns their number. */
  deleteUpTo(id: number, limit: number): number
}

export function createHeadLog(client: Database, { onUndo }: Pick<Transactions, 'onUndo'>): HeadLog {
  const insert = client.prepare<[first: number, last: number, data: Uint8Array]>(
    'INSERT INTO log (first_id, last_id, data) VALUES (?, ?, ?)',
  )
  const all = client.prepare<[], { first_id: number; last_id: number; data: Buffer }>(
    'SELECT * FROM log ORDER BY first_id',
  )
  const first = client.prepare<[], number | null>('SELECT min(first_id) FROM log').pluck()
  const deletion = client
    .prepare<[id: number, limit: number], number>(
      'DELETE FROM log WHERE first_id IN (SELECT first_id FROM log WHERE last_id <= ? ORDER BY first_id LIMIT ?) ' +
        'RETURNING length(data)',
    )
    .pluck()
  let bytes = client.prepare<[], number>('SELECT ifnull(sum(length(data)), 0) FROM log').pluck().get() ?? 0

  function grow(by: number) {
    bytes += by
    onUndo(() => void (bytes -= by))
  }

  return {
    write(head, firstId) {
      for (let from = firstId; from < head.nextId; from += MAX_PER_ROW) {
        const to = Math.min(from + MAX_PER_ROW, head.nextId)
        const data = encoded(head, from, to)
        insert.run(from, to - 1, data)
        grow(data.length)
      }
    },
    read(take) {
      for (const { first_id, last_id, data } of all.iterate()) decode(data, first_id, last_id - first_id + 1, take)
    },
    firstId: () => first.get() ?? undefined,
    bytes: () => bytes,
    deleteUpTo(id, limit) {
      const deleted = deletion.all(id, limit)
      grow(-deleted.reduce((sum, length) => sum + length, 0))
      return deleted.length
    },
  }
}

/**
 * Columns one after the other, the wide ones first so that each is aligned: times and values (float64), series (int32),
 * places in the dictionary of metadata (uint16), and the dictionary as JSON. Little-endian, as on all machines that
 * Tocsin runs on. Whether a sample is late is not stored.
 */
function columnsIn(buffer: ArrayBuffer, count: number) {
  return {
    times: new Float64Array(buffer, 0, count),
    values: new Float64Array(buffer, 8 * count, count),
    series: new Int32Array(buffer, 16 * count, count),
    places: new Uint16Array(buffer, 20 * count, count),
  }
}
const BYTES_PER_SAMPLE = 22

function encoded(head: Head, from: number, to: number): Uint8Array {
  const count = to - from
  const buffer = new ArrayBuffer(BYTES_PER_SAMPLE * count)
  const columns = columnsIn(buffer, count)
  head.copy(from, columns)
  const dictionary: SampleMetadata[] = []
  const placeOf = new Map<SampleMetadata, number>()
  let metadata: SampleMetadata | undefined
  let place = 0
  for (let i = 0; i < count; i++) {
    const itsMetadata = head.metadataOf(from + i)
    if (itsMetadata !== metadata) {
      metadata = itsMetadata
      place = placeOf.get(metadata) ?? -1
      if (place < 0) placeOf.set(metadata, (place = dictionary.push(metadata) - 1))
    }
    columns.places[i] = place
  }
  return Buffer.concat([new Uint8Array(buffer), Buffer.from(JSON.stringify(dictionary))])
}

function decode(data: Buffer, firstId: number, count: number, take: Take): void {
  const { times, values, series, places } = columnsIn(new Uint8Array(data).buffer, count)
  const dictionary = JSON.parse(data.toString('utf8', BYTES_PER_SAMPLE * count)) as SampleMetadata[]
  for (let i = 0; i < count; i++)
    take(firstId + i, series[i]!, times[i]!, values[i]!, dictionary[places[i]!] ?? NO_METADATA)
}
