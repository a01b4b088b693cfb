// A series over time, with the band in which it was expected and the stretch in which it was not.
import './setup.ts'
import { useComputedColorScheme } from '@mantine/core'
import type { ChartData } from 'chart.js'
import { useMemo } from 'react'
import { Line } from 'react-chartjs-2'
import { useTranslation } from 'react-i18next'
import { palettes } from '../../app/palette.ts'
import type { Point } from '../../client/readSamples.ts'
import { useFormat } from '../useFormat.ts'
import { datasetOf } from './dataset.ts'
import { chartOptions, type Surroundings } from './options.ts'
import classes from './SeriesChart.module.css'
import { statisticsOf } from './statistics.ts'

interface Props extends Omit<Surroundings, 'floor' | 'ceiling'> {
  /** Says what is drawn, to those who can't see it. */
  label: string
  unit: string | null
  points: readonly Point[]
}

/** Few points are drawn as such; more would hide the line. */
const FEW = 90

export function SeriesChart({ label, unit, points, from, to, band, stretch }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const palette = palettes[useComputedColorScheme('light', { getInitialValueInEffect: false })]

  const data = useMemo(
    (): ChartData<'line', Point[]> => ({
      datasets: [
        {
          ...datasetOf(points, { colour: palette.chartLine, from, to }),
          pointRadius: points.length < FEW ? 2 : 0,
        },
      ],
    }),
    [points, from, to, palette],
  )
  const statistics = useMemo(() => statisticsOf(points), [points])
  const floor = statistics && statistics.least >= 0 ? 0 : undefined
  const ceiling = unit === '%' && statistics && statistics.most <= 100 ? 100 : undefined
  const options = useMemo(
    () =>
      chartOptions({ from, to, band, stretch, floor, ceiling }, palette, {
        value: (value) => format.value(value, unit),
        instant: format.instant,
      }),
    [from, to, band, stretch, floor, ceiling, palette, format, unit],
  )

  const written = (value: number) => format.value(value, unit)
  const summary = statistics
    ? t('chart.summary', {
        label,
        count: points.length,
        least: written(statistics.least),
        most: written(statistics.most),
        latest: written(statistics.latest),
      })
    : t('chart.empty', { label })
  return (
    <div className={classes.chart} data-testid="series-chart" data-points={points.length}>
      <Line data={data} options={options} aria-label={summary} />
    </div>
  )
}
