// Shown if loading failed and there is no older data to show.
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { statusOf } from '../api/client.ts'
import { PageMessage } from './PageMessage.tsx'

interface Props {
  error: Error
  retry: () => void
  /** The page has no other heading. */
  alone?: boolean
}

export function LoadError({ error, retry, alone = false }: Props) {
  const { t } = useTranslation()
  const answered = statusOf(error) !== undefined
  return (
    <PageMessage
      urgent
      alone={alone}
      title={answered ? t('problem.failed') : t('problem.noAnswer')}
      text={answered ? error.message : t('problem.noAnswerMeans')}
    >
      <Button onClick={retry}>{t('problem.retry')}</Button>
    </PageMessage>
  )
}
