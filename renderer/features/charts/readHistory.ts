// The history of a series between two times: its samples if they are few and all still stored; otherwise the means of
// time buckets, each with its range.
import type { Client } from '../../../shared/client/client.ts'
import { readSamples, type Point, type Samples } from './readSamples.ts'
import { displayedStep, medianGap, bucketsFor } from './buckets.ts'
import { toIso } from '../../../shared/domain/time.ts'

/** Times are milliseconds since 1970. */
export interface HistoryRequest {
  source: string
  metricType: string
  from: number
  to: number
  /** The width of the chart. */
  pixels: number
  /** Up to this number, samples are drawn individually. */
  maxSamples: number
}

export interface History extends Samples {
  /** The distance between means in milliseconds; undefined if the points are samples. */
  step?: number
}

/** @param previous the last result for the same series, with the same or an earlier start */
export async function readHistory(
  { getHistory, getMetrics }: Pick<Client, 'getHistory' | 'getMetrics'>,
  { source, metricType, from, to, pixels, maxSamples }: HistoryRequest,
  previous?: History,
): Promise<History> {
  const { step, hours, points, until } = bucketsFor(from, to, pixels)
  const buckets = (
    await getHistory({
      params: { source },
      query: { metric_type: metricType, hours, points, until: toIso(until) },
    })
  ).map((bucket) => ({ ...bucket, from: Date.parse(bucket.from), to: Date.parse(bucket.to) }))
  const shown = buckets.filter((bucket) => bucket.to >= from && bucket.from <= to)
  const means = shown.map((bucket) => toMeanPoint(bucket, from, to))
  if (shown.every(({ count }) => count === 1)) return { points: means, truncated: false }

  const inside = shown.filter((bucket) => bucket.from >= from && bucket.to <= to)
  const stored = inside.reduce((sum, { count }) => sum + count, 0)
  if (stored > 0 && stored <= maxSamples) {
    const wanted = { source, metricType, drill: false, from, to }
    const samples = await readSamples(getMetrics, wanted, previous)
    // Beyond the sample retention, only rollups exist.
    if (samples.points.length >= stored) return samples
  }
  const last = means.at(-1)
  const latest = await newestValue(getMetrics, source, metricType, to)
  if (last && latest !== undefined) last.latest = latest
  return { points: means, truncated: false, step: displayedStep(step, medianGap(means) ?? step) }
}

interface Bucket {
  from: number
  to: number
  count: number
  min: number
  max: number
  mean: number
}

/** In the middle of its visible part. The id is negative, so that no sample has it. */
function toMeanPoint({ from, to, count, min, max, mean }: Bucket, shownFrom: number, shownTo: number): Point {
  const x = (Math.max(from, shownFrom) + Math.min(to, shownTo)) / 2
  return { id: -from, x, y: mean, count, min, max }
}

/** How far back to look for the newest sample. */
const NEWEST_WITHIN_HOURS = 168
/** The query ignores case, so samples of a few other series may come first. */
const NEWEST_LIMIT = 10

async function newestValue(getMetrics: Client['getMetrics'], source: string, metricType: string, to: number) {
  const query = { metric_type: metricType, drill: false, hours: NEWEST_WITHIN_HOURS, until: toIso(to) }
  const newest = await getMetrics({ params: { source }, query: { ...query, limit: NEWEST_LIMIT } })
  return newest.find(({ metric_type }) => metric_type === metricType)?.value
}
