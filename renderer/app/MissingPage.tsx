import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Notice } from '../components/Notice.tsx'
import { EVENTS } from './addresses.ts'

export function MissingPage() {
  const { t } = useTranslation()
  return (
    <Notice alone title={t('problem.notFound')}>
      <Link to={EVENTS}>{t('event.back')}</Link>
    </Notice>
  )
}
