// Four totals of the period.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { EVENTS } from '../../paths/paths.ts'
import { useOpenCriticals } from '../../api/queries/useSummary.ts'
import type { Summary } from '../../../shared/schemas/summary.ts'
import { useFormat } from '../../ui/useFormat.ts'
import type { Period } from './period.ts'
import classes from './summary.module.css'
import { useSilentSeries } from './usePeriodSummary.ts'
import card from '../../ui/card.module.css'

interface Props {
  summary: Summary
  period: Period
}

export function Totals({ summary, period }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const open = useOpenCriticals()
  const silent = useSilentSeries().data
  const within = t(`events.within.${period}`)
  return (
    <dl className={classes.totals}>
      <Total name={t('summary.events')} note={within} testId="total-events">
        <Link to={`${EVENTS}?show=all&hours=${period}`}>{format.number(summary.total_events)}</Link>
      </Total>
      <Total name={t('summary.openCriticals')} note={t('summary.now')} testId="total-criticals" urgent={Boolean(open)}>
        <Link to={`${EVENTS}?show=OPEN&severity=CRITICAL`}>{open === undefined ? '–' : format.number(open)}</Link>
      </Total>
      <Total name={t('summary.samples')} note={within} testId="total-samples">
        {format.number(summary.metric_snapshots)}
      </Total>
      <Total name={t('summary.silent')} note={t('summary.silentNote')} testId="total-silent">
        {silent ? format.number(silent.series.length) + (silent.more ? '+' : '') : '–'}
      </Total>
    </dl>
  )
}

interface TotalProps {
  name: string
  note: string
  testId: string
  urgent?: boolean
  children: ReactNode
}

const Total = ({ name, note, testId, urgent = false, children }: TotalProps) => (
  <div className={`${card.surface} ${classes.total}`} data-urgent={urgent || undefined}>
    <dt>{name}</dt>
    <dd data-testid={testId}>{children}</dd>
    <dd className={classes.note}>{note}</dd>
  </div>
)
