import { IconBellZ } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Event } from '../../../shared/schemas/event.ts'
import classes from './badges.module.css'
import { useFormat } from '../../ui/useFormat.ts'

/** Says that an event doesn't notify, and until when; nothing where it does. */
export function SilencedTag({ event: { status, silenced_by, silenced_until } }: { event: Event }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!silenced_by) return null
  const isOver = status !== 'OPEN' && status !== 'ACKNOWLEDGED'
  const until = format.moment(silenced_until ?? '')
  return (
    <span className={classes.silenced} title={t('silenced.hint')} data-testid="silenced">
      <IconBellZ size={14} aria-hidden />
      {isOver ? t('silenced.was') : t(`silenced.${silenced_by}`, { until })}
    </span>
  )
}
