// The events beside one event, in its series and in its time. An index gives which, and only those rows are read.
import type { Database } from 'better-sqlite3'
import { SELECT_EVENTS, storedEvent, type EventRow } from './event-rows.ts'
import type { EventStore } from '../types/events.ts'

interface Span {
  from: number
  to: number
  limit: number
  /** JSON of their ids. */
  series: string
}

const NEWEST_FIRST = 'ORDER BY detected_at DESC, events.id DESC'

export function createEventNeighbours(client: Database): Pick<EventStore, 'earlier' | 'near'> {
  const earlier = client.prepare<[{ series: number; time: number; id: number; limit: number }], EventRow>(
    rowsOf(`events INDEXED BY events_by_series
      WHERE series_id = @series AND (detected_at, id) < (@time, @id)
      ORDER BY detected_at DESC, id DESC`),
  )
  const inSpan = 'detected_at BETWEEN @from AND @to'
  const ofSeries = `${inSpan} AND series_id IN (SELECT value FROM json_each(@series))`
  const statements = (direction: 'DESC' | 'ASC') => ({
    all: client.prepare<[Span], EventRow>(
      rowsOf(`events INDEXED BY events_by_time WHERE ${inSpan} ORDER BY detected_at ${direction}, id ${direction}`),
    ),
    some: client.prepare<[Span], EventRow>(
      rowsOf(`events INDEXED BY events_by_series WHERE ${ofSeries} ORDER BY detected_at ${direction}, id ${direction}`),
    ),
  })
  const before = statements('DESC')
  const after = statements('ASC')
  return {
    earlier: ({ id, series_id, detected_at }, limit) =>
      earlier.all({ series: series_id, time: Date.parse(detected_at), id, limit }).map(storedEvent),
    near(time, { from, to, seriesIds }, limit) {
      const which = seriesIds ? 'some' : 'all'
      const rest = { limit, series: JSON.stringify(seriesIds ?? []) }
      return [
        ...after[which].all({ from: time + 1, to, ...rest }),
        ...before[which].all({ from, to: time, ...rest }),
      ].map(storedEvent)
    },
  }
}

const rowsOf = (which: string) =>
  `${SELECT_EVENTS} WHERE events.id IN (SELECT id FROM ${which} LIMIT @limit) ${NEWEST_FIRST}`
