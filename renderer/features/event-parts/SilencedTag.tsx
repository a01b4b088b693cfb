import { IconBellZ } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { isLive } from '../../../shared/domain/event-status.ts'
import type { Event } from '../../../shared/schemas/event.ts'
import classes from './badges.module.css'
import { useFormat } from '../../ui/useFormat.ts'

/** Says that an event is silenced, and until when; nothing if it isn't. */
export function SilencedTag({ event }: { event: Event }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { silenced_by, silenced_until } = event
  if (!silenced_by) return null
  const until = format.moment(silenced_until ?? '')
  return (
    <span className={classes.silenced} title={t('silenced.hint')} data-testid="silenced">
      <IconBellZ size={14} aria-hidden />
      {isLive(event) ? t(`silenced.${silenced_by}`, { until }) : t('silenced.was')}
    </span>
  )
}
