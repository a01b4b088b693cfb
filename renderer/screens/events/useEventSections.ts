// What the Events screen shows: what rings and what somebody is on, or one list of another view.
import { useMemo } from 'react'
import type { Status } from '../../../shared/schemas/event.ts'
import type { EventFilter } from './filter.ts'
import type { Section } from './sections.ts'
import { useEventList } from './useEventList.ts'

export function useEventSections(filter: EventFilter) {
  const { show } = filter
  const attention = show === 'attention'
  // The program filters by one status at a time. Both lists turn their pages together, so none hides the other.
  const first = useEventList(firstStatus(filter), filter, true)
  const second = useEventList('ACKNOWLEDGED', filter, attention)

  const sections = useMemo((): Section[] | undefined => {
    if (!first.events || (attention && !second.events)) return undefined
    if (attention)
      return [
        { kind: 'ringing', events: first.events },
        { kind: 'acknowledged', events: second.events ?? [] },
      ]
    return [{ kind: show === 'OPEN' ? 'ringing' : 'all', events: first.events }]
  }, [attention, show, first.events, second.events])

  const lists = attention ? [first, second] : [first]
  return {
    sections,
    more: lists.some(({ more }) => more),
    moreRinging: first.more,
    busy: lists.some(({ isPlaceholderData }) => isPlaceholderData),
    error: lists.find(({ error }) => error)?.error ?? undefined,
    retry: () => void Promise.all(lists.map(({ refetch }) => refetch())),
  }
}

function firstStatus({ show }: EventFilter): Status | undefined {
  if (show === 'attention') return 'OPEN'
  return show === 'all' ? undefined : show
}
