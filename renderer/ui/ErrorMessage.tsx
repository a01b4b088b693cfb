// Says in a form or list that an action failed, and why.
import { useTranslation } from 'react-i18next'
import classes from './ErrorMessage.module.css'

export function ErrorMessage({ error }: { error: Error | null }) {
  const { t } = useTranslation()
  if (!error) return null
  return (
    <div role="alert" className={classes.problem}>
      <strong>{t('action.failed')}</strong>
      {error.message}
    </div>
  )
}
