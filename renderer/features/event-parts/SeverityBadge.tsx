import { IconAlertOctagonFilled, IconAlertTriangleFilled, IconInfoCircleFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Event } from '../../../shared/schemas/event.ts'
import classes from './badges.module.css'

const ICONS = { CRITICAL: IconAlertOctagonFilled, WARNING: IconAlertTriangleFilled, INFO: IconInfoCircleFilled }

interface Props {
  event: Pick<Event, 'severity' | 'status'> & Partial<Pick<Event, 'silenced_by'>>
}

/** Red only while the event is open and not silenced. */
export function SeverityBadge({ event: { severity, status, silenced_by } }: Props) {
  const { t } = useTranslation()
  const Icon = ICONS[severity]
  return (
    <span
      className={classes.badge}
      data-kind={severity}
      data-open={(status === 'OPEN' && !silenced_by) || undefined}
      data-testid="severity"
    >
      <Icon size={14} aria-hidden />
      {t(`severity.${severity}`)}
    </span>
  )
}
