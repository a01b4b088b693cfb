// Says that what is shown is no longer live, and since when.
import { useTranslation } from 'react-i18next'
import { useFormat } from '../components/useFormat.ts'
import { useLive } from '../state/live.ts'
import classes from './Shell.module.css'

export function LostStrip() {
  const { t } = useTranslation()
  const format = useFormat()
  const lostAt = useLive(({ connection, since }) => (connection === 'lost' ? since : undefined))
  if (lostAt === undefined) return null
  return (
    <div role="alert" className={classes.lost}>
      {t('lost', { time: format.clock(lostAt) })}
    </div>
  )
}
