// The live chart of one series.
import { useTranslation } from 'react-i18next'
import type { History } from '../charts/readHistory.ts'
import { ChartLegend } from '../charts/ChartLegend.tsx'
import { SeriesChart } from '../charts/SeriesChart.tsx'
import { computeStatistics } from '../charts/statistics.ts'
import { useHistory } from '../charts/useHistory.ts'
import { usePlotWidth } from '../charts/usePlotWidth.ts'
import { MetricLabel } from '../../ui/MetricLabel.tsx'
import { StaleDataBanner } from '../../ui/BottomBanner.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import type { SeriesRef } from './chartedSeries.ts'
import { DeleteSource } from './DeleteSource.tsx'
import { liveHistory } from './liveHistory.ts'
import classes from './series.module.css'
import { PanelHeader } from './PanelHeader.tsx'
import type { Minutes } from './seriesFilter.ts'
import { useUnit } from './useUnit.ts'
import card from '../../ui/card.module.css'

interface Props {
  series: SeriesRef
  minutes: Minutes
  show: (minutes: Minutes) => void
  /** Removes the series from the chart. */
  leave: () => void
}

export function SeriesPanel({ series, minutes, show, leave }: Props) {
  const { t } = useTranslation()
  const { source, metricType } = series
  const unit = useUnit(series)
  const { ref, pixels } = usePlotWidth()
  const { data, error } = useHistory(liveHistory(series, minutes, pixels))
  const window = t(`metrics.windows.${minutes}`)
  const label = t('metrics.chart', { series: `${metricType}, ${source}`, window })
  return (
    <section className={classes.panel} aria-label={label} data-testid="series-panel">
      <PanelHeader minutes={minutes} show={show}>
        <MetricLabel metricType={metricType} />
        <span className={classes.panelSource}>{source}</span>
        <DeleteSource key={source} source={source} deleted={leave} />
      </PanelHeader>
      <div className={`${card.surface} ${classes.chart}`} ref={ref}>
        {data && data.points.length > 0 && (
          <SeriesChart label={label} unit={unit} points={data.points} step={data.step} from={data.from} to={data.to} />
        )}
        {data?.points.length === 0 && <p className={classes.none}>{t('metrics.noSamples', { window })}</p>}
        {!data && error && <p className={classes.none}>{t('problem.refresh', { detail: error.message })}</p>}
      </div>
      {data && <StaleDataBanner error={error} />}
      <StatisticsRow history={data} unit={unit} />
    </section>
  )
}

function StatisticsRow({ history, unit }: { history: History | undefined; unit: string | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  const statistics = history && computeStatistics(history.points)
  const written = (value: number | undefined) => (value === undefined ? '–' : format.value(value, unit))
  return (
    <div className={classes.statisticsRow}>
      <dl className={classes.statistics}>
        {(['latest', 'min', 'mean', 'max'] as const).map((name) => (
          <div key={name}>
            <dt>{t(`metrics.${name}`)}</dt>
            <dd data-testid={name}>{written(statistics?.[name])}</dd>
          </div>
        ))}
      </dl>
      {history?.step !== undefined && <ChartLegend step={history.step} />}
    </div>
  )
}
