// The list of events by every filter. An index holds all that is asked for, so that only the rows of the page are read,
// and the names of the series are in memory: a filter that matches nothing is as quick as one that matches all.
import type { Database } from 'better-sqlite3'
import { isLive } from '../../../../shared/domain/event-status.ts'
import { SEVERITIES, STATUSES, type Status } from '../../../../shared/schemas/event.ts'
import type { Catalog } from '../series/catalog.ts'
import { folded, type SeriesHead } from '../series/series-head.ts'
import { SELECT_EVENTS, storedEvent, type EventRow } from './event-rows.ts'
import { addTextSearch, HAS_WORDS, wordsOf } from './event-text.ts'
import { rememberStatements } from '../sqlite/statements.ts'
import type { EventFilter, StoredEvent } from '../types/events.ts'

/** Up to so many series are looked up one by one; with more, the newest events are soon enough of the right ones. */
const FEW_SERIES = 100

/** Looking up a series takes this many times as long as iterating to the next. */
const LOOKUP_COST = 20

const NEWEST_FIRST = 'ORDER BY detected_at DESC, events.id DESC'

export type Names = Pick<Catalog, 'byId' | 'heads' | 'size'>

export interface EventList {
  list(filter: EventFilter): StoredEvent[]
  count(filter: Omit<EventFilter, 'limit' | 'offset'>): number
  /** Before the first event of a series can be listed. */
  addSeries(seriesId: number): void
}

export function createEventList(client: Database, catalog: Names): EventList {
  addTextSearch(client)
  const prepared = rememberStatements(client)
  /** Every series with events. One too many, whose event was rolled back, does no harm. */
  const withEvents = new Set(client.prepare<[], number>('SELECT DISTINCT series_id FROM events').pluck().all())

  function seriesNamed({ source = '', metricType }: Condition): number[] {
    const [part, whole] = [folded(source), metricType === undefined ? undefined : folded(metricType)]
    const isSelected = (series: SeriesHead) =>
      (whole === undefined || series.metricTypeFolded === whole) && series.sourceFolded.includes(part)
    if (withEvents.size * LOOKUP_COST < catalog.size())
      return [...withEvents].filter((id) => {
        const series = catalog.byId(id)
        return series && isSelected(series)
      })
    const ids: number[] = []
    for (const series of catalog.heads()) if (isSelected(series) && withEvents.has(series.id)) ids.push(series.id)
    return ids
  }

  /** Undefined if no event can match. */
  function planFor(filter: Condition) {
    const { source, metricType, text = '' } = filter
    const named = source === undefined && metricType === undefined ? undefined : seriesNamed(filter)
    if (named?.length === 0) return undefined
    const series = named?.length === withEvents.size ? undefined : named
    const index = indexFor(filter, series !== undefined && series.length <= FEW_SERIES)
    const values = { ...filter, series: JSON.stringify(series), words: wordsOf(text) }
    return { index, someSeries: series !== undefined, values }
  }

  return {
    addSeries: (seriesId) => void withEvents.add(seriesId),
    list(filter) {
      const plan = planFor(filter)
      if (!plan) return []
      const { index, someSeries, values } = plan
      return prepared<EventRow>(pageBy(index, filter, someSeries))
        .all(values)
        .map(storedEvent)
    },
    count(filter) {
      const plan = planFor(filter)
      if (!plan) return 0
      const { index, someSeries, values } = plan
      return prepared<{ total: number }>(countBy(index, filter, someSeries)).get(values)!.total
    },
  }
}

type Condition = Omit<EventFilter, 'limit' | 'offset'>

type Index = 'series' | 'state' | 'time' | 'silenced' | 'incident' | 'rule'

/** Live ones are few, whatever rule they are of, whereas a rule may have had many. */
const isOfLive = ({ status }: Condition) => status !== undefined && isLive({ status })

const LIVE = STATUSES.filter((status) => isLive({ status }))

function indexFor(filter: Condition, fewSeries: boolean): Index {
  const { incidentId, ruleId, silenced, status, severity } = filter
  if (incidentId !== undefined) return 'incident'
  if (ruleId !== undefined && !isOfLive(filter)) return 'rule'
  if (silenced) return 'silenced'
  if (fewSeries && !isOfLive(filter)) return 'series'
  return status || severity ? 'state' : 'time'
}

/**
 * The statement of one page; `index` is one of those on events that hold all that is filtered by, or few events. Live
 * events are listed whatever their age; older ones are few, so they are found by their state.
 */
export const pageBy = (index: Index, filter: Condition, someSeries: boolean): string =>
  `${SELECT_EVENTS} WHERE events.id IN (
      SELECT id FROM (${allBy(index, filter, someSeries)} ORDER BY detected_at DESC, id DESC LIMIT @limit OFFSET @offset)
    ) ${NEWEST_FIRST}`

const countBy = (index: Index, filter: Condition, someSeries: boolean): string =>
  `SELECT count(*) AS total FROM (${allBy(index, filter, someSeries)})`

function allBy(index: Index, filter: Condition, someSeries: boolean): string {
  const parts = isOfLive(filter)
    ? [idsBy(index, filter, someSeries)]
    : [idsBy(index, filter, someSeries, 'detected_at >= @since')]
  if (!filter.status) parts.push(idsBy('state', filter, someSeries, 'detected_at < @since', LIVE))
  return parts.join(' UNION ALL ')
}

function idsBy(
  index: Index,
  filter: Condition,
  someSeries: boolean,
  period?: string,
  statuses: readonly Status[] = STATUSES,
): string {
  const conditions = period ? [period] : []
  const byState = index === 'state' || index === 'silenced'
  // The index by state needs each state by name: each is in order of time, and the newest of all are taken.
  if (filter.status || byState) conditions.push(oneOf('status', filter.status, statuses))
  if (filter.severity || byState) conditions.push(oneOf('severity', filter.severity, SEVERITIES))
  // Of those that are not silenced, the rows have to be read: they are nearly all of them.
  if (filter.silenced !== undefined) conditions.push(`silenced_by IS ${filter.silenced ? 'NOT NULL' : 'NULL'}`)
  if (filter.incidentId !== undefined) conditions.push('incident_id = @incidentId')
  if (filter.ruleId !== undefined) conditions.push('rule_id = @ruleId')
  if (someSeries) conditions.push('series_id IN (SELECT value FROM json_each(@series))')
  if (filter.text !== undefined) conditions.push(HAS_WORDS)
  return `SELECT id, detected_at FROM events INDEXED BY events_by_${index} WHERE ${conditions.join(' AND ')}`
}

const oneOf = (column: string, word: string | undefined, words: readonly string[]) =>
  word ? `${column} = @${column}` : `${column} IN (${words.map((each) => `'${each}'`).join(', ')})`
