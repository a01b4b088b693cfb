// The result of a drill: raised events, a chart and the detection in words.
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { RULES } from '../../paths/paths.ts'
import { Card } from '../../ui/Page.tsx'
import { DrillChart } from './DrillChart.tsx'
import { DrillEvent } from './DrillEvent.tsx'
import classes from './simulate.module.css'
import type { LastDrill } from './useDrill.ts'
import { DetectionResult } from './DetectionResult.tsx'
import text from '../../ui/text.module.css'

export function DrillResult({ drill }: { drill: LastDrill }) {
  const { t } = useTranslation()
  const { events, events_created: raised, explanation } = drill.result
  return (
    <div className={classes.result} data-testid="drill-result">
      <Card title={t('simulate.firings.title')}>
        <output className={classes.verdict}>
          {t(raised > 0 ? 'simulate.firings.some' : 'simulate.firings.none', { count: raised })}
        </output>
        {raised === 0 && (
          <p className={text.note}>
            {t('simulate.firings.noneMeans')} <Link to={RULES}>{t('simulate.firings.toRules')}</Link>
          </p>
        )}
        {raised > 0 && (
          <>
            <ul className={classes.events}>
              {events.map((event) => (
                <DrillEvent key={event.id} raised={event} />
              ))}
            </ul>
            <p className={text.note}>{t('simulate.firings.someMeans')}</p>
          </>
        )}
      </Card>
      <DrillChart drill={drill} />
      <Card title={t('simulate.detection.title')}>
        <DetectionResult result={drill.result} />
        {explanation && (
          <p className={classes.explanation}>
            <strong>
              {explanation.model === null
                ? t('simulate.explanation')
                : t('why.answeredBy', { model: explanation.model })}
            </strong>{' '}
            {explanation.text}
          </p>
        )}
      </Card>
    </div>
  )
}
