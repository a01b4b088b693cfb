import { useTranslation } from 'react-i18next'
import classes from './badges.module.css'

export function DrillTag() {
  const { t } = useTranslation()
  return (
    <span className={classes.drill} title={t('drill.hint')} data-testid="drill">
      {t('drill.tag')}
    </span>
  )
}
