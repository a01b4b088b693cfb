import { IconBellRinging, IconCheck, IconEye, IconThumbDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Status } from '../../../shared/schemas/event.ts'
import classes from './badges.module.css'

const ICONS = { OPEN: IconBellRinging, ACKNOWLEDGED: IconEye, RESOLVED: IconCheck, FALSE_POSITIVE: IconThumbDown }

export function StatusBadge({ status }: { status: Status }) {
  const { t } = useTranslation()
  const Icon = ICONS[status]
  return (
    <span className={classes.status} data-kind={status} data-testid="status">
      <Icon size={15} aria-hidden />
      {t(`status.${status}`)}
    </span>
  )
}
