// The sections of the Events page: firing, acknowledged and silenced events, or one list for another view.
import { useMemo } from 'react'
import { STATUSES } from '../../../../shared/schemas/event.ts'
import type { EventFilter, ListSelector } from './eventFilter.ts'
import type { Section } from './sections.ts'
import { useEventList } from './useEventList.ts'

const FIRING: ListSelector = { status: 'OPEN', silenced: false }
const ACKNOWLEDGED: ListSelector = { status: 'ACKNOWLEDGED' }
const SILENCED: ListSelector = { status: 'OPEN', silenced: true }

export function useEventSections(filter: EventFilter) {
  const { show } = filter
  const attention = show === 'attention'
  // The program filters by one status at a time. The lists turn their pages together, so none hides another.
  const first = useEventList(attention ? FIRING : statusOf(filter), filter, true)
  const second = useEventList(ACKNOWLEDGED, filter, attention)
  const third = useEventList(SILENCED, filter, attention)

  const sections = useMemo((): Section[] | undefined => {
    if (!first.events || (attention && !(second.events && third.events))) return undefined
    if (attention)
      return [
        { kind: 'firing', events: first.events },
        { kind: 'acknowledged', events: second.events ?? [] },
        { kind: 'silenced', events: third.events ?? [] },
      ]
    return [{ kind: show === 'OPEN' ? 'firing' : 'all', events: first.events }]
  }, [attention, show, first.events, second.events, third.events])

  const lists = attention ? [first, second, third] : [first]
  return {
    sections,
    more: lists.some(({ more }) => more),
    moreFiring: first.more,
    isUpdating: lists.some(({ isPlaceholderData }) => isPlaceholderData),
    error: lists.find(({ error }) => error)?.error ?? undefined,
    retry: () => void Promise.all(lists.map(({ refetch }) => refetch())),
  }
}

const statusOf = ({ show }: EventFilter): ListSelector => ({ status: STATUSES.find((each) => each === show) })
