// The number of open critical events, in the header and in the window title.
import { useDocumentTitle } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import classes from './Shell.module.css'
import { useOpenCriticals } from '../api/queries/useSummary.ts'

export function OpenCriticals() {
  const { t } = useTranslation()
  const count = useOpenCriticals()
  useDocumentTitle(count ? t('title.critical', { count }) : t('title.plain'))
  if (count === undefined) return null
  return (
    <Link
      to="/events?show=OPEN&severity=CRITICAL"
      className={classes.criticals}
      data-any={count > 0 || undefined}
      data-testid="open-criticals"
    >
      {count > 0 ? t('critical.some', { count }) : t('critical.none')}
    </Link>
  )
}
