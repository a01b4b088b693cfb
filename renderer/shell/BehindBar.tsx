// Says on every screen that what is shown as quiet may only be unjudged yet, or turned away.
import { useTranslation } from 'react-i18next'
import { useHealth } from '../api/queries/useHealth.ts'
import classes from './Shell.module.css'

/** Samples. Fewer wait for a moment whenever many come at once. */
const BEHIND = 5000

export function BehindBar() {
  const { t } = useTranslation()
  const { data, isError } = useHealth()
  if (isError || !data) return null
  return (
    <>
      {data.samples_waiting > BEHIND && (
        <output className={classes.behind} data-testid="behind">
          {t('behind', { count: data.samples_waiting })}
        </output>
      )}
      {data.overload && (
        <output className={classes.behind} data-testid="overload">
          {t(`overload.${data.overload}`)}
        </output>
      )}
    </>
  )
}
