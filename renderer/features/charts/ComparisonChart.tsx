// Several series over the same time range, on one value axis.
import './setup.ts'
import { useComputedColorScheme } from '@mantine/core'
import type { ChartData } from 'chart.js'
import { memo, useMemo } from 'react'
import { Line } from 'react-chartjs-2'
import { useTranslation } from 'react-i18next'
import { palettes } from '../../ui/theme/palette.ts'
import type { Point } from './readSamples.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { toDataset, maxGap } from './dataset.ts'
import { lineStyle } from './lineStyles.ts'
import { chartOptions } from './options.ts'
import classes from './SeriesChart.module.css'
import { isolatedPoints, commonUnit, computeStatistics } from './statistics.ts'

interface ComparedLine {
  name: string
  /** Determines colour and dashes. */
  slot: number
  unit: string | null
  points: readonly Point[]
}

interface Props {
  /** Describes the chart to screen readers. */
  label: string
  lines: readonly ComparedLine[]
  /** Milliseconds since 1970. */
  from: number
  to: number
}

export const ComparisonChart = memo(({ label, lines, from, to }: Props) => {
  const { t } = useTranslation()
  const format = useFormat()
  const palette = palettes[useComputedColorScheme('light', { getInitialValueInEffect: false })]

  const data = useMemo(
    (): ChartData<'line', Point[]> => ({
      datasets: lines.map(({ name, slot, points }) => {
        const { colour, dash } = lineStyle(slot)
        const lone = isolatedPoints(points, maxGap(points, from, to))
        return {
          ...toDataset(points, { colour: palette[colour], from, to }),
          label: name,
          borderDash: [...dash],
          // Points would fill the gaps between dashes; only isolated ones are drawn.
          pointRadius: ({ raw }) => (lone.has((raw as Point | undefined)?.id ?? -1) ? 2.5 : 0),
        }
      }),
    }),
    [lines, from, to, palette],
  )
  const options = useMemo(() => {
    const unit = commonUnit(lines)
    const statistics = lines.flatMap(({ points }) => computeStatistics(points) ?? [])
    const floor = statistics.every(({ min }) => min >= 0) ? 0 : undefined
    const ceiling = unit === '%' && statistics.every(({ max }) => max <= 100) ? 100 : undefined
    return chartOptions({ from, to, floor, ceiling }, palette, {
      value: (value) => format.value(value, unit ?? null),
      instant: format.instant,
      line: (index, value) => `${lines[index]?.name}: ${format.value(value, lines[index]?.unit ?? null)}`,
    })
  }, [lines, from, to, palette, format])

  const summaries = lines.map(({ name, unit, points }) => {
    const statistics = computeStatistics(points)
    if (!statistics) return t('chart.empty', { label: name })
    const formatted = (value: number) => format.value(value, unit)
    return t('chart.summary', {
      label: name,
      count: statistics.count,
      min: formatted(statistics.min),
      max: formatted(statistics.max),
      latest: formatted(statistics.latest),
    })
  })
  const count = lines.reduce((sum, { points }) => sum + points.length, 0)
  return (
    <div className={classes.chart} data-testid="series-chart" data-lines={lines.length} data-points={count}>
      <Line data={data} options={options} aria-label={[label, ...summaries].join('; ')} />
    </div>
  )
}, isSame)

/** The list beside the chart renders often; the chart only if something in it changed. */
function isSame(one: Props, other: Props): boolean {
  const sameLine = (line: ComparedLine, index: number) => {
    const { name, slot, unit, points } = other.lines[index]!
    return line.name === name && line.slot === slot && line.unit === unit && line.points === points
  }
  const { label, from, to, lines } = other
  const sameFrame = one.label === label && one.from === from && one.to === to
  return sameFrame && one.lines.length === lines.length && one.lines.every(sameLine)
}
