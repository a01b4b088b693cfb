// What the live chart asks for.
import type { SeriesName } from './drawn.ts'
import type { Minutes } from './seriesFilter.ts'

const EVERY_MS = 3000
/** Nothing moves quickly in a week. */
const LONG_EVERY_MS = 15_000
const MINUTE = 60_000
const DAY = 1440

export const liveHistory = ({ source, metricType }: SeriesName, minutes: Minutes, pixels: number) => ({
  source,
  metricType,
  chart: { pixels, most: pixels },
  span: () => {
    const to = Date.now()
    return { from: to - minutes * MINUTE, to }
  },
  spanKey: minutes,
  everyMs: minutes <= DAY ? EVERY_MS : LONG_EVERY_MS,
})
