import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { PageMessage } from '../ui/PageMessage.tsx'
import { EVENTS } from '../paths/paths.ts'

export function NotFoundPage() {
  const { t } = useTranslation()
  return (
    <PageMessage alone title={t('problem.notFound')}>
      <Link to={EVENTS}>{t('event.back')}</Link>
    </PageMessage>
  )
}
