// Says beside a form or a list that a step didn't work, and why.
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
