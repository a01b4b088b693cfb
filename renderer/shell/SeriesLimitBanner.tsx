// Says on every screen that samples are refused, since their series would be too many.
import { useTranslation } from 'react-i18next'
import { useHealth } from '../api/queries/useHealth.ts'
import classes from './Shell.module.css'

export function SeriesLimitBanner() {
  const { t } = useTranslation()
  const { data } = useHealth()
  const refusal = data?.series_rejection
  if (!refusal) return null
  return (
    <output className={classes.banner} data-testid="series-limit">
      {t(refusal.limit === 'series' ? 'full.all' : 'full.source', { source: refusal.source, count: refusal.max })}
    </output>
  )
}
