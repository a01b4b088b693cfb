import { IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLive } from '../state/live.ts'
import classes from './Shell.module.css'

export function ConnectionState() {
  const { t } = useTranslation()
  const connection = useLive((live) => live.connection)
  const Icon = connection === 'lost' ? IconPlugConnectedX : IconPlugConnected
  return (
    <output className={classes.connection} data-state={connection} data-testid="connection">
      <Icon size={16} aria-hidden />
      {t(`connection.${connection}`)}
    </output>
  )
}
