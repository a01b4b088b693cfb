import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Notice } from '../components/Notice.tsx'

export function MissingPage() {
  const { t } = useTranslation()
  return (
    <Notice alone title={t('problem.notFound')}>
      <Link to="/">{t('event.back')}</Link>
    </Notice>
  )
}
