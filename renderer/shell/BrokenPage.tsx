// Shown instead of a screen whose code has failed.
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Notice } from '../ui/Notice.tsx'

export function BrokenPage() {
  const { t } = useTranslation()
  return (
    <Notice alone title={t('problem.broken')} text={t('problem.brokenMeans')}>
      <Button onClick={() => window.location.reload()}>{t('problem.reload')}</Button>
    </Notice>
  )
}
