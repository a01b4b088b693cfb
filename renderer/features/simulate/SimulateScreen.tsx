// Drills: synthetic samples, to see what would fire.
import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/Page.tsx'
import { DrillForm } from './DrillForm.tsx'
import { DrillResult } from './DrillResult.tsx'
import classes from './simulate.module.css'
import { useLastDrill } from './useDrill.ts'

export function Component() {
  const { t } = useTranslation()
  const last = useLastDrill()
  return (
    <Page title={t('simulate.name')}>
      <p className={classes.intro}>{t('simulate.means')}</p>
      <div className={classes.columns}>
        <DrillForm last={last?.result.simulation} />
        {last ? <DrillResult key={last.at} drill={last} /> : <p className={classes.empty}>{t('simulate.empty')}</p>}
      </div>
    </Page>
  )
}
