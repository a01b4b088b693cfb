// A series over time, with its expected band and the time range of an event.
import './setup.ts'
import { useComputedColorScheme } from '@mantine/core'
import type { ChartData } from 'chart.js'
import { useMemo } from 'react'
import { Line } from 'react-chartjs-2'
import { useTranslation } from 'react-i18next'
import { palettes } from '../../ui/theme/palette.ts'
import type { Point } from './readSamples.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { toDataset, rangeDatasets } from './dataset.ts'
import { chartOptions, type ChartFrame } from './options.ts'
import classes from './SeriesChart.module.css'
import { computeStatistics } from './statistics.ts'
import { useStepText } from './useStepText.ts'

interface Props extends Omit<ChartFrame, 'floor' | 'ceiling'> {
  /** Describes the chart to screen readers. */
  label: string
  unit: string | null
  points: readonly Point[]
  /** The distance between means in milliseconds; undefined if the points are samples. */
  step?: number | undefined
}

/** Points are marked only up to this number; more would hide the line. */
const MAX_MARKED_POINTS = 90

export function SeriesChart({ label, unit, points, step, from, to, band, eventRange }: Props) {
  const { t } = useTranslation()
  const stepText = useStepText()
  const format = useFormat()
  const palette = palettes[useComputedColorScheme('light', { getInitialValueInEffect: false })]

  const data = useMemo(
    (): ChartData<'line', Point[]> => ({
      datasets: [
        {
          ...toDataset(points, { colour: palette.chartLine, from, to }),
          pointRadius: points.length < MAX_MARKED_POINTS ? 2 : 0,
        },
        ...(step === undefined ? [] : rangeDatasets(points, { colour: palette.chartRange, from, to })),
      ],
    }),
    [points, step, from, to, palette],
  )
  const statistics = useMemo(() => computeStatistics(points), [points])
  const floor = statistics && statistics.min >= 0 ? 0 : undefined
  const ceiling = unit === '%' && statistics && statistics.max <= 100 ? 100 : undefined
  const options = useMemo(() => {
    const value = (number: number) => format.value(number, unit)
    const mean = ({ y, count = 1, min = y, max = y }: Point) => [
      t('chart.meanOf', { mean: value(y), count }),
      t('chart.rangeOf', { min: value(min), max: value(max) }),
    ]
    return chartOptions({ from, to, band, eventRange, floor, ceiling }, palette, {
      value,
      instant: format.instant,
      ...(step !== undefined && { mean }),
    })
  }, [from, to, band, eventRange, floor, ceiling, palette, format, unit, step, t])

  const summary = statistics
    ? t(step === undefined ? 'chart.summary' : 'chart.summaryOfMeans', {
        label,
        count: statistics.count,
        step: stepText(step ?? 0),
        min: format.value(statistics.min, unit),
        max: format.value(statistics.max, unit),
        latest: format.value(statistics.latest, unit),
      })
    : t('chart.empty', { label })
  return (
    <div className={classes.chart} data-testid="series-chart" data-points={points.length} data-step={step}>
      <Line data={data} options={options} aria-label={summary} />
    </div>
  )
}
