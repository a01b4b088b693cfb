// Says that the page is no longer live, and since when.
import { useTranslation } from 'react-i18next'
import { BottomBanner } from '../ui/BottomBanner.tsx'
import { useFormat } from '../ui/useFormat.ts'
import { useLive } from '../api/live.ts'

export function DisconnectedBanner() {
  const { t } = useTranslation()
  const format = useFormat()
  const lostAt = useLive(({ connection, since }) => (connection === 'disconnected' ? since : undefined))
  if (lostAt === undefined) return null
  return <BottomBanner text={t('disconnected', { time: format.clock(lostAt) })} />
}
