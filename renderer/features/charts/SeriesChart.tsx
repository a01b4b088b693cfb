// A series over time, with the band in which it was expected and the stretch in which it was not.
import './setup.ts'
import { useComputedColorScheme } from '@mantine/core'
import type { ChartData } from 'chart.js'
import { useMemo } from 'react'
import { Line } from 'react-chartjs-2'
import { useTranslation } from 'react-i18next'
import { palettes } from '../../ui/theme/palette.ts'
import type { Point } from './readSamples.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { datasetOf, rangeOf } from './dataset.ts'
import { chartOptions, type Surroundings } from './options.ts'
import classes from './SeriesChart.module.css'
import { statisticsOf } from './statistics.ts'
import { useStep } from './useStep.ts'

interface Props extends Omit<Surroundings, 'floor' | 'ceiling'> {
  /** Says what is drawn, to those who can't see it. */
  label: string
  unit: string | null
  points: readonly Point[]
  /** Where the points are means: how far they lie apart, in milliseconds. */
  step?: number | undefined
}

/** Few points are drawn as such; more would hide the line. */
const FEW = 90

export function SeriesChart({ label, unit, points, step, from, to, band, stretch }: Props) {
  const { t } = useTranslation()
  const written = useStep()
  const format = useFormat()
  const palette = palettes[useComputedColorScheme('light', { getInitialValueInEffect: false })]

  const data = useMemo(
    (): ChartData<'line', Point[]> => ({
      datasets: [
        {
          ...datasetOf(points, { colour: palette.chartLine, from, to }),
          pointRadius: points.length < FEW ? 2 : 0,
        },
        ...(step === undefined ? [] : rangeOf(points, { colour: palette.chartRange, from, to })),
      ],
    }),
    [points, step, from, to, palette],
  )
  const statistics = useMemo(() => statisticsOf(points), [points])
  const floor = statistics && statistics.least >= 0 ? 0 : undefined
  const ceiling = unit === '%' && statistics && statistics.most <= 100 ? 100 : undefined
  const options = useMemo(() => {
    const value = (number: number) => format.value(number, unit)
    const mean = ({ y, count = 1, least = y, most = y }: Point) => [
      t('chart.meanOf', { mean: value(y), count }),
      t('chart.rangeOf', { least: value(least), most: value(most) }),
    ]
    return chartOptions({ from, to, band, stretch, floor, ceiling }, palette, {
      value,
      instant: format.instant,
      ...(step !== undefined && { mean }),
    })
  }, [from, to, band, stretch, floor, ceiling, palette, format, unit, step, t])

  const summary = statistics
    ? t(step === undefined ? 'chart.summary' : 'chart.summaryOfMeans', {
        label,
        count: statistics.count,
        step: written(step ?? 0),
        least: format.value(statistics.least, unit),
        most: format.value(statistics.most, unit),
        latest: format.value(statistics.latest, unit),
      })
    : t('chart.empty', { label })
  return (
    <div className={classes.chart} data-testid="series-chart" data-points={points.length} data-step={step}>
      <Line data={data} options={options} aria-label={summary} />
    </div>
  )
}
