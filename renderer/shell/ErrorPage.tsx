// Shown instead of a page that failed to render.
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { PageMessage } from '../ui/PageMessage.tsx'

export function ErrorPage() {
  const { t } = useTranslation()
  return (
    <PageMessage alone title={t('problem.broken')} text={t('problem.brokenMeans')}>
      <Button onClick={() => window.location.reload()}>{t('problem.reload')}</Button>
    </PageMessage>
  )
}
