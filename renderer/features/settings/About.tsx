import { useTranslation } from 'react-i18next'
import type { SettingsOut } from '../../../shared/schemas/settings.ts'
import { Card } from '../../ui/Page.tsx'
import { Copyable } from './Copyable.tsx'
import classes from './settings.module.css'

export function About({ about }: Pick<SettingsOut, 'about'>) {
  const { t } = useTranslation()
  return (
    <Card title={t('settings.about')}>
      <dl className={classes.list}>
        <Copyable name={t('settings.dataFolder')} text={about.data_dir} />
        <div>
          <dt>{t('settings.version')}</dt>
          <dd data-testid="version">{about.version}</dd>
        </div>
        <div>
          <dt>{t('settings.user')}</dt>
          <dd>{t('settings.userMeans', { user: about.user })}</dd>
        </div>
      </dl>
    </Card>
  )
}
