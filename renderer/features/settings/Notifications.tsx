// Which severities notify.
import { Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { onDesktop } from '../../api/client.ts'
import { SEVERITIES, type Severity } from '../../../shared/schemas/event.ts'
import type { Settings } from '../../../shared/schemas/settings.ts'
import { Card } from '../../ui/Page.tsx'
import classes from './settings.module.css'
import { useSaveSettings } from './useSaveSettings.ts'

export function Notifications({ notify }: Pick<Settings, 'notify'>) {
  const { t } = useTranslation()
  const { save } = useSaveSettings()
  const change = (severity: Severity, on: boolean) => {
    const name = t(`severity.${severity}`)
    save({ notify: { [severity]: on } }, t(on ? 'settings.notifies' : 'settings.doesntNotify', { severity: name }))
  }
  return (
    <Card title={t('settings.notifications')}>
      <p className={classes.note}>{t(onDesktop ? 'settings.notifyDesktop' : 'settings.notifyBrowser')}</p>
      <div className={classes.switches}>
        {SEVERITIES.toReversed().map((severity) => (
          <Switch
            key={severity}
            label={t(`severity.${severity}`)}
            checked={notify[severity]}
            onChange={({ currentTarget: { checked } }) => change(severity, checked)}
          />
        ))}
      </div>
    </Card>
  )
}
