// The number of samples per minute and per day (UTC). It is kept in the transaction that stores the samples, so that a
// summary doesn't have to read them.
import type { Database } from 'better-sqlite3'
import { DAY, MINUTE } from '../../../../shared/domain/time.ts'
import type { Head } from './head.ts'

const SPANS = [MINUTE, DAY]

export function createSampleCounts(client: Database) {
  const add = client.prepare<[span: number, start: number, samples: number]>(
    `INSERT INTO sample_counts (span, start, samples) VALUES (?, ?, ?)
     ON CONFLICT (span, start) DO UPDATE SET samples = samples + excluded.samples`,
  )
  const takeOff = client.prepare<[samples: number, span: number, start: number]>(
    'UPDATE sample_counts SET samples = samples - ? WHERE span = ? AND start = ?',
  )
  const deletion = client.prepare<[span: number, lastStart: number]>(
    'DELETE FROM sample_counts WHERE span = ? AND start <= ?',
  )

  const addTo = (minute: number, samples: number) => {
    for (const span of SPANS) add.run(span, Math.floor((minute * MINUTE) / span) * span, samples)
  }

  return {
    /** Inside a transaction: counts the head samples from `firstId` on. */
    add(head: Head, firstId: number): void {
      let minute = NaN
      let samples = 0
      for (let id = firstId; id < head.nextId; id++) {
        const itsMinute = Math.floor(head.timeOf(id) / MINUTE)
        if (itsMinute !== minute && samples > 0) addTo(minute, samples)
        samples = itsMinute === minute ? samples + 1 : 1
        minute = itsMinute
      }
      if (samples > 0) addTo(minute, samples)
    },
    addTo,
    /** Inside a transaction: subtracts samples of these times, if they are still counted. */
    takeOff(times: readonly number[]): void {
      for (const span of SPANS)
        for (const [start, ofSpan] of Map.groupBy(times, (time) => Math.floor(time / span) * span))
          takeOff.run(ofSpan.length, span, start)
    },
    /** Inside a transaction: removes the counts of spans that ended before this time. */
    removeBefore(time: number): void {
      for (const span of SPANS) deletion.run(span, time - span)
    },
  }
}
