// Chart.js options: no animation, colours of the theme.
import type { ChartOptions } from 'chart.js'
import type { AnnotationOptions } from 'chartjs-plugin-annotation'
import type { Palette } from '../../ui/theme/palette.ts'
import type { Point } from './readSamples.ts'

/** The axes and annotations around the line. Times are milliseconds since 1970. */
export interface ChartFrame {
  from: number
  to: number
  /** The expected values; null leaves a side open. */
  band?: { lower: number | null; upper: number | null } | undefined
  /** No value can be beyond these, so the axis ends there. */
  floor?: number | undefined
  ceiling?: number | undefined
  /** The time range of the event. */
  eventRange?: { from: number; to: number; critical: boolean } | undefined
}

interface Formatters {
  value: (value: number) => string
  instant: (time: number) => string
  /** A value with the name of its line. */
  line?: (index: number, value: number) => string
  /** The lines for a point that stands for several samples. */
  mean?: (point: Point) => string[]
}

/** Wide enough for all labels, so that the plot doesn't move as values change. */
export const AXIS_WIDTH = 72
/** Fraction of the range left free above and below; Chart.js's `grace` ignores floor and ceiling. */
const PADDING = 0.08
/** With more points, only the minimum and maximum of each pixel are drawn. */
const MAX_POINTS = 1200

export function chartOptions(surroundings: ChartFrame, palette: Palette, format: Formatters): ChartOptions<'line'> {
  const ticks = { color: palette.chartText, font: { size: 12 } }
  return {
    animation: false,
    maintainAspectRatio: false,
    parsing: false,
    normalized: true,
    interaction: format.line ? { mode: 'nearestPerSeries' } : { mode: 'nearest', axis: 'x', intersect: false },
    scales: {
      x: {
        type: 'time',
        min: surroundings.from,
        max: surroundings.to,
        time: { displayFormats: { second: 'HH:mm:ss', minute: 'HH:mm', hour: 'HH:mm', day: 'd MMM' } },
        ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 24 },
        grid: { color: palette.chartGrid },
        border: { color: palette.border },
      },
      y: {
        ticks: { ...ticks, maxTicksLimit: 6, callback: (value) => format.value(Number(value)) },
        afterDataLimits: (scale) => {
          const padding = (scale.max - scale.min) * PADDING
          scale.min = Math.max(scale.min - padding, surroundings.floor ?? -Infinity)
          scale.max = Math.min(scale.max + padding, surroundings.ceiling ?? Infinity)
        },
        afterFit: (scale) => {
          scale.width = Math.max(scale.width, AXIS_WIDTH)
        },
        grid: { color: palette.chartGrid },
        border: { display: false },
      },
    },
    plugins: {
      decimation: { enabled: true, algorithm: 'min-max', threshold: MAX_POINTS },
      tooltip: {
        animation: false,
        displayColors: format.line !== undefined,
        boxWidth: 8,
        boxHeight: 8,
        boxPadding: 5,
        // The tooltip shows the edges of the range with the mean.
        filter: ({ datasetIndex }) => !format.mean || datasetIndex === 0,
        callbacks: {
          // With a border, since dark lines are hard to see on the tooltip's dark background.
          labelColor: ({ dataset }) => ({
            backgroundColor: dataset.borderColor as string,
            borderColor: '#ffffff',
            borderWidth: 1,
          }),
          title: ([item]) => (item?.parsed.x == null ? '' : format.instant(item.parsed.x)),
          label: ({ parsed, datasetIndex, raw }) => {
            if (format.mean) return format.mean(raw as Point)
            return parsed.y === null ? '' : (format.line?.(datasetIndex, parsed.y) ?? format.value(parsed.y))
          },
        },
      },
      annotation: { annotations: annotationsOf(surroundings, palette) },
    },
  }
}

function annotationsOf({ band, eventRange }: ChartFrame, palette: Palette): AnnotationOptions[] {
  const annotations: AnnotationOptions[] = []
  if (band && (band.lower !== null || band.upper !== null))
    annotations.push({
      type: 'box',
      ...(band.lower !== null && { yMin: band.lower }),
      ...(band.upper !== null && { yMax: band.upper }),
      backgroundColor: palette.chartBand,
      borderWidth: 0,
      drawTime: 'beforeDatasetsDraw',
    })
  if (eventRange) {
    const edge = eventRange.critical ? palette.critical : palette.chartEventEdge
    annotations.push(
      {
        type: 'box',
        xMin: eventRange.from,
        xMax: eventRange.to,
        backgroundColor: eventRange.critical ? palette.chartCritical : palette.chartEvent,
        borderWidth: 0,
        drawTime: 'beforeDatasetsDraw',
      },
      // An event of one sample has no width, so its start is marked.
      {
        type: 'line',
        xMin: eventRange.from,
        xMax: eventRange.from,
        borderColor: edge,
        borderWidth: 2,
        drawTime: 'beforeDatasetsDraw',
      },
    )
  }
  return annotations
}
