// What is shown where something couldn't be read and nothing older is there to show.
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { statusOf } from '../api/client.ts'
import { PageMessage } from './PageMessage.tsx'

interface Props {
  error: Error
  retry: () => void
  /** There is no other heading on the page. */
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
