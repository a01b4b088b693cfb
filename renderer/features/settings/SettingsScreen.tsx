// The settings of the program. Each card is saved separately.
import { useTranslation } from 'react-i18next'
import { LoadError } from '../../ui/LoadError.tsx'
import { ListSkeleton } from '../../ui/ListSkeleton.tsx'
import { Page } from '../../ui/Page.tsx'
import { StaleDataBanner } from '../../ui/BottomBanner.tsx'
import { useSettings } from '../../api/queries/useSettings.ts'
import { About } from './About.tsx'
import { Access } from './Access.tsx'
import { Appearance } from './Appearance.tsx'
import { Backups } from './Backups.tsx'
import { SystemStatus } from './SystemStatus.tsx'
import { LanguageModel } from './LanguageModel.tsx'
import { Notifications } from './Notifications.tsx'
import { QuietHours } from './QuietHours.tsx'
import { Retention } from './Retention.tsx'
import classes from './settings.module.css'

export function Component() {
  const { t } = useTranslation()
  const { data, error, refetch } = useSettings()
  return (
    <Page title={t('settings.name')}>
      {data ? (
        <div className={classes.cards}>
          <Appearance />
          <Notifications notify={data.notify} />
          <QuietHours hours={data.quiet_hours} />
          <Retention saved={data} />
          <Backups />
          <LanguageModel llm={data.llm} />
          <Access about={data.about} />
          <SystemStatus />
          <About about={data.about} />
          <StaleDataBanner error={error} />
        </div>
      ) : error ? (
        <LoadError error={error} retry={() => void refetch()} />
      ) : (
        <ListSkeleton rows={4} height={110} />
      )}
    </Page>
  )
}
