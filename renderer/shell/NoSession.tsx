// Shown while this browser has no session. Polls, so that it disappears once the link was opened.
import { IconKey } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { PageMessage } from '../ui/PageMessage.tsx'
import classes from './Shell.module.css'
import { useSummary } from '../api/queries/useSummary.ts'

const POLL_MS = 3000

export function NoSession() {
  const { t } = useTranslation()
  useSummary(POLL_MS)
  return (
    <PageMessage alone icon={<IconKey size={32} aria-hidden />} title={t('session.title')} text={t('session.text')}>
      <code className={classes.sample}>{`${window.location.origin}/?token=…`}</code>
      <p>{t('session.then')}</p>
    </PageMessage>
  )
}
