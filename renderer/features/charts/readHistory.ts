// What a chart shows of a series between two moments: its samples one by one where these are few and all still kept;
// else the means of slices of the time, each with its range.
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
  /** How wide the chart is. */
  pixels: number
  /** So many samples are still drawn one by one. */
  maxSamples: number
}

export interface History extends Samples {
  /** Where points are means of several samples: how far they lie apart, in milliseconds. */
  step?: number
}

/** @param known what an earlier reading of the same series gave, from no later a moment */
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
    // Of what is older than samples are kept, only sums are left.
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

/** In the middle of what is shown of it. Its id is none that a sample has. */
function toMeanPoint({ from, to, count, min, max, mean }: Bucket, shownFrom: number, shownTo: number): Point {
  const x = (Math.max(from, shownFrom) + Math.min(to, shownTo)) / 2
  return { id: -from, x, y: mean, count, min, max }
}

/** How far back the newest samples are looked for, in hours. */
const NEWEST_WITHIN_HOURS = 168
/** Metric types are asked for in any case, so that a few others may lie before. */
const NEWEST_LIMIT = 10

async function newestValue(getMetrics: Client['getMetrics'], source: string, metricType: string, to: number) {
  const query = { metric_type: metricType, drill: false, hours: NEWEST_WITHIN_HOURS, until: toIso(to) }
  const newest = await getMetrics({ params: { source }, query: { ...query, limit: NEWEST_LIMIT } })
  return newest.find(({ metric_type }) => metric_type === metricType)?.value
}
