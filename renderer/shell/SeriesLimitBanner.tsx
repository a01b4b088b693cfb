// Warns on every page that samples are rejected because of a series limit.
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
      {t(refusal.limit === 'series' ? 'seriesLimit.all' : 'seriesLimit.source', {
        source: refusal.source,
        count: refusal.max,
      })}
    </output>
  )
}
