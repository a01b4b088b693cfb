// Says that what is shown is no longer live, and since when.
import { useTranslation } from 'react-i18next'
import { BottomBanner } from '../ui/BottomBanner.tsx'
import { useFormat } from '../ui/useFormat.ts'
import { useLive } from '../api/live.ts'

export function DisconnectedBanner() {
  const { t } = useTranslation()
  const format = useFormat()
  const lostAt = useLive(({ connection, since }) => (connection === 'lost' ? since : undefined))
  if (lostAt === undefined) return null
  return <BottomBanner text={t('lost', { time: format.clock(lostAt) })} />
}
