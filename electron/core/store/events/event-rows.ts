// Events as the database keeps them. Source, metric type and drill are the series' own and stand there only.
import { toIso } from '../../../../shared/domain/time.ts'
import { isoOrNull } from '../sqlite/rows.ts'
import type { StoredEvent } from '../types/events.ts'

/** Rows of events; what follows narrows them down. */
export const SELECT_EVENTS =
  'SELECT events.*, source, metric_type, drill FROM events CROSS JOIN series ON series.id = series_id'

type Times = Pick<
  StoredEvent,
  | 'began_at'
  | 'detected_at'
  | 'last_seen_at'
  | 'peak_at'
  | 'notified_at'
  | 'acknowledged_at'
  | 'confirmed_at'
  | 'resolved_at'
  | 'critical_since'
  | 'raised_at'
  | 'silenced_until'
>

export type EventRow = Omit<StoredEvent, keyof Times | 'drill' | 'flapping'> &
  ReturnType<typeof columnsIn> & { drill: 0 | 1 }

export const storedEvent = (row: EventRow): StoredEvent => ({
  ...row,
  began_at: isoOrNull(row.began_at),
  detected_at: toIso(row.detected_at),
  last_seen_at: toIso(row.last_seen_at),
  peak_at: isoOrNull(row.peak_at),
  notified_at: isoOrNull(row.notified_at),
  acknowledged_at: isoOrNull(row.acknowledged_at),
  confirmed_at: isoOrNull(row.confirmed_at),
  resolved_at: isoOrNull(row.resolved_at),
  critical_since: isoOrNull(row.critical_since),
  raised_at: isoOrNull(row.raised_at),
  drill: row.drill === 1,
  flapping: row.flapping === 1,
  silenced_until: isoOrNull(row.silenced_until),
})

/** The fields that a row keeps in another form. */
export const columnsIn = (event: Times & Pick<StoredEvent, 'flapping'>) => ({
  flapping: event.flapping ? (1 as const) : (0 as const),
  began_at: millisOf(event.began_at),
  detected_at: Date.parse(event.detected_at),
  last_seen_at: Date.parse(event.last_seen_at),
  peak_at: millisOf(event.peak_at),
  notified_at: millisOf(event.notified_at),
  acknowledged_at: millisOf(event.acknowledged_at),
  confirmed_at: millisOf(event.confirmed_at),
  resolved_at: millisOf(event.resolved_at),
  critical_since: millisOf(event.critical_since),
  raised_at: millisOf(event.raised_at),
  silenced_until: millisOf(event.silenced_until),
})

const millisOf = (instant: string | null) => (instant === null ? null : Date.parse(instant))
