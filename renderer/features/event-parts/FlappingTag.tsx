import { useTranslation } from 'react-i18next'
import classes from './badges.module.css'

export function FlappingTag() {
  const { t } = useTranslation()
  return (
    <span className={classes.flapping} title={t('flapping.hint')} data-testid="flapping">
      {t('flapping.tag')}
    </span>
  )
}
