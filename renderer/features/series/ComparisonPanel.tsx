// The live chart of several series on one axis.
import { useTranslation } from 'react-i18next'
import { ComparisonChart } from '../charts/ComparisonChart.tsx'
import { commonUnit } from '../charts/statistics.ts'
import { usePlotWidth } from '../charts/usePlotWidth.ts'
import { useStepText } from '../charts/useStepText.ts'
import { StaleDataBanner } from '../../ui/BottomBanner.tsx'
import { MAX_CHARTED, type ChartedSeries, type SeriesRef } from './chartedSeries.ts'
import { Legend } from './Legend.tsx'
import classes from './series.module.css'
import { PanelHeader } from './PanelHeader.tsx'
import type { Minutes } from './seriesFilter.ts'
import { useComparison, type Compared } from './useComparison.ts'
import { MINUTE } from '../../../shared/domain/time.ts'
import card from '../../ui/card.module.css'

interface Props {
  series: readonly ChartedSeries[]
  remove: (series: SeriesRef) => void
  minutes: Minutes
  show: (minutes: Minutes) => void
}

export function ComparisonPanel({ series, remove, minutes, show }: Props) {
  const { t } = useTranslation()
  const { ref, pixels } = usePlotWidth()
  const { compared, error, to } = useComparison(series, minutes, pixels)
  const window = t(`metrics.windows.${minutes}`)
  const title = t('metrics.count', { count: series.length })
  const label = t('metrics.chart', { series: title, window })
  const lines = compared.map((each) => ({ ...each, points: each.history?.points ?? NONE }))
  const isEmpty = compared.every(({ history }) => history?.points.length === 0)
  return (
    <section className={classes.panel} aria-label={label} data-testid="series-panel">
      <PanelHeader minutes={minutes} show={show}>
        {title}
      </PanelHeader>
      <div className={`${card.surface} ${classes.chart}`} ref={ref}>
        {to !== undefined && !isEmpty && (
          <ComparisonChart label={label} lines={lines} from={to - minutes * MINUTE} to={to} />
        )}
        {isEmpty && <p className={classes.none}>{t('metrics.noSamples', { window })}</p>}
        {to === undefined && error && <p className={classes.none}>{t('problem.refresh', { detail: error.message })}</p>}
      </div>
      {to !== undefined && <StaleDataBanner error={error} />}
      <Notes compared={compared} />
      <Legend compared={compared} remove={remove} />
    </section>
  )
}

/** A constant, so that it doesn't count as a change. */
const NONE: [] = []

/** Notes below the chart. */
function Notes({ compared }: { compared: readonly Compared[] }) {
  const { t } = useTranslation()
  const stepText = useStepText()
  const units = [...new Set(compared.map(({ unit }) => unit || t('metrics.unitless')))]
  const steps = [...new Set(compared.flatMap(({ history }) => history?.step ?? []))].map(stepText)
  const notes = [
    ...(commonUnit(compared) === undefined ? [t('metrics.unitsDiffer', { units: units.join(', ') })] : []),
    ...(compared.length >= MAX_CHARTED ? [t('metrics.full', { count: MAX_CHARTED })] : []),
    ...(steps.length > 0 ? [t('metrics.means', { steps: steps.join(', ') })] : []),
  ]
  return (
    <div aria-live="polite" className={classes.notes} data-testid="chart-notes">
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </div>
  )
}
