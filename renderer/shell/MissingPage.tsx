import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Notice } from '../ui/Notice.tsx'
import { EVENTS } from '../paths/paths.ts'

export function MissingPage() {
  const { t } = useTranslation()
  return (
    <Notice alone title={t('problem.notFound')}>
      <Link to={EVENTS}>{t('event.back')}</Link>
    </Notice>
  )
}
