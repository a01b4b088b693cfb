// What the live chart asks for.
import type { SeriesName } from './drawn.ts'
import type { Minutes } from './seriesFilter.ts'

const EVERY_MS = 3000
const MINUTE = 60_000

export const liveSamples = ({ source, metricType }: SeriesName, minutes: Minutes) => ({
  source,
  metricType,
  drill: false,
  span: () => ({ from: Date.now() - minutes * MINUTE, to: Date.now() }),
  spanKey: minutes,
  everyMs: EVERY_MS,
})
