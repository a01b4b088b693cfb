// A word-sized line chart.
import classes from './why.module.css'

const WIDTH = 64
const HEIGHT = 16
/** So that the line isn't clipped at the edge. */
const MARGIN = 1

export function Sparkline({ values }: { values: readonly number[] }) {
  const min = Math.min(...values)
  const span = Math.max(...values) - min || 1
  const x = (index: number) => MARGIN + (index / Math.max(1, values.length - 1)) * (WIDTH - 2 * MARGIN)
  const y = (value: number) => HEIGHT - MARGIN - ((value - min) / span) * (HEIGHT - 2 * MARGIN)
  const points = values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).join(' ')
  return (
    <svg className={classes.sparkline} width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
      <polyline points={points} />
    </svg>
  )
}
