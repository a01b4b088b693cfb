// Warns on every page that detection is behind or that posts are rejected, so that silence is not taken for health.
import { useTranslation } from 'react-i18next'
import { useHealth } from '../api/queries/useHealth.ts'
import classes from './Shell.module.css'

/** Samples. A shorter backlog is normal after a large batch. */
const MIN_BACKLOG_SHOWN = 5000

export function BacklogBanner() {
  const { t } = useTranslation()
  const { data, isError } = useHealth()
  if (isError || !data) return null
  return (
    <>
      {data.samples_waiting > MIN_BACKLOG_SHOWN && (
        <output className={classes.banner} data-testid="backlog">
          {t('backlog', { count: data.samples_waiting })}
        </output>
      )}
      {data.overload && (
        <output className={classes.banner} data-testid="overload">
          {t(`overload.${data.overload}`)}
        </output>
      )}
    </>
  )
}
