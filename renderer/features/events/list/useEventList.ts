// One list of events as it is now: read once, then kept up by the stream.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { client } from '../../../api/client.ts'
import { queryKeys } from '../../../api/queries/queryKeys.ts'
import { useLive } from '../../../api/live.ts'
import { applyChanges } from '../../../api/applyChanges.ts'
import { matches, PAGE, type EventFilter, type ListSelector } from './eventFilter.ts'

export function useEventList({ status, silenced }: ListSelector, filter: EventFilter, enabled: boolean) {
  const query = useQuery({
    queryKey: [...queryKeys.events, status, silenced, filter],
    queryFn: () => read({ status, silenced }, filter),
    placeholderData: keepPreviousData,
    enabled,
  })
  const changes = useLive((live) => live.changes)
  const now = useMemo(() => {
    if (!query.data) return { events: undefined, more: false }
    // One more than a page holds was asked for, to know whether there is a next one.
    const snapshot = { ...query.data, newest: filter.offset === 0, limit: PAGE + 1 }
    const events = applyChanges(snapshot, changes, (event) =>
      matches(event, { status, silenced }, filter, snapshot.asOf),
    )
    return { events: events.slice(0, PAGE), more: events.length > PAGE }
  }, [query.data, changes, status, silenced, filter])
  return { ...query, ...now }
}

async function read(part: ListSelector, { severity, source, metricType, ruleId, hours, offset }: EventFilter) {
  const asOf = Date.now()
  const events = await client.listEvents({
    query: {
      ...part,
      severity,
      source: source || undefined,
      metric_type: metricType || undefined,
      rule_id: ruleId,
      hours,
      limit: PAGE + 1,
      offset,
    },
  })
  return { events, asOf }
}
