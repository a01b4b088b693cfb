// Says on every screen that what is shown as quiet may only be unjudged yet, or turned away.
import { useTranslation } from 'react-i18next'
import { useHealth } from '../api/queries/useHealth.ts'
import classes from './Shell.module.css'

/** Samples. Fewer wait for a moment whenever many come at once. */
const MIN_BACKLOG_SHOWN = 5000

export function BacklogBanner() {
  const { t } = useTranslation()
  const { data, isError } = useHealth()
  if (isError || !data) return null
  return (
    <>
      {data.samples_waiting > MIN_BACKLOG_SHOWN && (
        <output className={classes.banner} data-testid="backlog">
          {t('behind', { count: data.samples_waiting })}
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
