// One maintenance window in the list, with its next occurrence.
import { Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { WINDOWS } from '../../paths/paths.ts'
import { formatDuration } from '../../../shared/domain/format.ts'
import type { MaintenanceWindowOut } from '../../../shared/schemas/maintenance-windows.ts'
import { toast } from '../../ui/toast.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useNow } from '../../ui/useNow.ts'
import { MatcherSummary } from './MatcherSummary.tsx'
import list from '../../ui/list.module.css'
import text from '../../ui/text.module.css'
import classes from './silences.module.css'
import { useDayNames } from '../../ui/useDayNames.ts'
import { useToggleWindow } from '../../api/queries/useSilences.ts'
import { MINUTE } from '../../../shared/domain/time.ts'

export function WindowRow({ window }: { window: MaintenanceWindowOut }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const { formatDays } = useDayNames()
  const { id, name, days, start, minutes, time_zone, is_active, next_from, next_to } = window
  const isOn = Date.parse(next_from) <= now
  const next = isOn
    ? t('silences.now', { until: format.moment(next_to) })
    : t('silences.next', { from: format.moment(next_from) })
  return (
    <li className={`${list.row} ${classes.row}`} data-testid="window-row" data-off={!is_active || undefined}>
      <div className={list.cell}>
        <Link to={`${WINDOWS}/${id}`} className={list.name}>
          {name}
        </Link>
        <span className={text.note}>{is_active ? next : t('silences.windowDisabled')}</span>
      </div>
      <MatcherSummary matcher={window} />
      <div className={list.cell}>
        <span>
          {t('silences.times', { days: formatDays(days), start, duration: formatDuration(minutes * MINUTE) })}
        </span>
        <span className={text.note}>{time_zone}</span>
      </div>
      <Toggle window={window} />
    </li>
  )
}

function Toggle({ window: { id, name, is_active } }: { window: MaintenanceWindowOut }) {
  const { t } = useTranslation()
  const { mutate, isPending } = useToggleWindow()
  return (
    <Switch
      aria-label={t('rules.activeName', { name })}
      label={is_active ? t('rules.on') : t('rules.off')}
      checked={is_active}
      disabled={isPending}
      onChange={() =>
        mutate(
          { id, is_active: !is_active },
          { onError: (error) => toast(t('action.failed'), error.message, t('action.close')) },
        )
      }
    />
  )
}
