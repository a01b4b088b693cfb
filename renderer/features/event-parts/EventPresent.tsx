// What is true of an event now: its value, its peak, and since when.
import { useTranslation } from 'react-i18next'
import { isLive } from '../../../shared/domain/event-status.ts'
import { formatDuration } from '../../../shared/domain/format.ts'
import { onsetOf } from '../../../shared/domain/onset.ts'
import type { Event } from '../../../shared/schemas/event.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useNow } from '../../ui/useNow.ts'

/** The value of now; of an event that has ended, its peak. */
export const presentValue = (event: Event): number =>
  isLive(event) ? (event.current_value ?? event.value) : event.peak_value

/** One line, such as `For 12 min. Peak: 412 ms 3 min ago.` */
export function EventPresent({ event, className }: { event: Event; className?: string | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const { side, peak_value, peak_at, unit } = event
  const began = Date.parse(onsetOf(event))
  const ended = isLive(event) ? now : Date.parse(event.resolved_at ?? event.last_seen_at)
  const duration = formatDuration(ended - began)
  const lasting = t(isLive(event) ? 'event.lasting' : 'event.lasted', { duration, time: format.moment(began) })
  const hasPeak = side !== 'silent' && side !== 'stuck' && peak_at !== null && isLive(event)
  const peak = hasPeak
    ? t('event.peak', { value: format.value(peak_value, unit), age: format.age(now - Date.parse(peak_at)) })
    : ''
  return (
    <p className={className}>
      {lasting} {peak}
    </p>
  )
}
