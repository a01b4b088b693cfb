// Warns on every page that samples are rejected because of a series limit.
import { useTranslation } from 'react-i18next'
import { useHealth } from '../api/queries/useHealth.ts'
import classes from './Shell.module.css'

export function SeriesLimitBanner() {
  const { t } = useTranslation()
  const { data } = useHealth()
  const rejection = data?.series_rejection
  if (!rejection) return null
  return (
    <output className={classes.banner} data-testid="series-limit">
      {t(rejection.limit === 'series' ? 'seriesLimit.all' : 'seriesLimit.source', {
        source: rejection.source,
        count: rejection.max,
      })}
    </output>
  )
}
