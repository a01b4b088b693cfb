// The samples of a series between two times: an answer holds a thousand, so they are read in pages, newest first, until
// the pages reach what is already known.
import type { Client } from '../../../shared/client/client.ts'
import type { SampleOut } from '../../../shared/schemas/sample.ts'
import { HOUR, toIso } from '../../../shared/domain/time.ts'

/** Times are milliseconds since 1970. */
export interface SamplesRequest {
  source: string
  metricType: string
  drill: boolean
  from: number
  to: number
}

export interface Samples {
  /** In order of time. */
  points: readonly Point[]
  /** Whether older samples of the span were dropped because there are too many. */
  truncated: boolean
}

/** A sample, or several with `y` as their mean. */
export interface Point {
  id: number
  x: number
  y: number
  count?: number
  min?: number
  max?: number
  /** The newest value among them, if known. */
  latest?: number
}

const PAGE_SIZE = 1000
const MAX_PAGES = 20
/** The longest span of one request. */
const MAX_HOURS = 168

/** @param previous the last result for the same series, with the same or an earlier start */
export async function readSamples(
  getMetrics: Client['getMetrics'],
  { source, metricType, drill, from, to }: SamplesRequest,
  previous?: Samples,
): Promise<Samples> {
  const newestPrevious = previous?.points.at(-1)
  const found = new Map<number, Point>()
  let until = to
  for (let page = 0; page < MAX_PAGES; page++) {
    const samples = await getMetrics({
      params: { source },
      query: {
        metric_type: metricType,
        drill,
        hours: Math.min(MAX_HOURS, Math.max(1, Math.ceil((until - from) / HOUR))),
        until: toIso(until),
        limit: PAGE_SIZE,
      },
    })
    const points = toPoints(samples, metricType)
    const before = found.size
    for (const point of points) if (point.x >= from) found.set(point.id, point)
    const oldest = samples.at(-1)
    const reachedStart = oldest === undefined || samples.length < PAGE_SIZE || Date.parse(oldest.recorded_at) < from
    const reachedKnown = newestPrevious !== undefined && points.some(({ id }) => id === newestPrevious.id)
    if (reachedKnown)
      return { points: mergePoints(previous?.points ?? [], found, from, to), truncated: previous?.truncated ?? false }
    if (reachedStart) return { points: mergePoints([], found, from, to), truncated: false }
    // More samples at one time than a page holds: paging can't go further.
    if (found.size === before) break
    until = Date.parse(oldest.recorded_at)
  }
  return { points: mergePoints([], found, from, to), truncated: true }
}

/** The query ignores case, but series differ by it. */
const toPoints = (samples: readonly SampleOut[], metricType: string): Point[] =>
  samples
    .filter(({ metric_type }) => metric_type === metricType)
    .map(({ id, recorded_at, value }) => ({ id, x: Date.parse(recorded_at), y: value }))

function mergePoints(previous: readonly Point[], found: ReadonlyMap<number, Point>, from: number, to: number): Point[] {
  const all = new Map([...previous.map((point): [number, Point] => [point.id, point]), ...found])
  return [...all.values()]
    .filter(({ x }) => x >= from && x <= to)
    .toSorted((one, other) => one.x - other.x || one.id - other.id)
}
