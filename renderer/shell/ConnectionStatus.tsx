import { IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLive } from '../api/live.ts'
import classes from './Shell.module.css'

export function ConnectionStatus() {
  const { t } = useTranslation()
  const connection = useLive((live) => live.connection)
  const Icon = connection === 'disconnected' ? IconPlugConnectedX : IconPlugConnected
  const text = t(`connection.${connection}`)
  return (
    <output className={classes.connection} data-state={connection} data-testid="connection" title={text}>
      <Icon size={16} aria-hidden />
      <span className={classes.connectionText}>{text}</span>
    </output>
  )
}
