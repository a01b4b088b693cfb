// The samples of a series between two moments, however many: an answer holds a thousand, so the history is read in
// pages, newest first, and what is known already isn't read again.
import type { Client } from '../../../shared/client.ts'
import type { SampleOut } from '../../../shared/schemas/sample.ts'

/** Times are milliseconds since 1970. */
export interface SamplesWanted {
  source: string
  metricType: string
  drill: boolean
  from: number
  to: number
}

export interface Samples {
  /** In order of time. */
  points: readonly Point[]
  /** Whether older samples of the span were left out because there are too many. */
  cut: boolean
}

/** A sample; or several, of which `y` is the mean. */
export interface Point {
  id: number
  x: number
  y: number
  count?: number
  least?: number
  most?: number
  /** The newest of them, where it is known. */
  latest?: number
}

const PAGE = 1000
const MOST_PAGES = 20
const HOUR = 3_600_000
/** The longest span of one question. */
const MOST_HOURS = 168

/** @param known what an earlier reading of the same series gave, from no later a moment */
export async function readSamples(
  getMetrics: Client['getMetrics'],
  { source, metricType, drill, from, to }: SamplesWanted,
  known?: Samples,
): Promise<Samples> {
  const newestKnown = known?.points.at(-1)
  const found = new Map<number, Point>()
  let until = to
  for (let page = 0; page < MOST_PAGES; page++) {
    const samples = await getMetrics({
      params: { source },
      query: {
        metric_type: metricType,
        drill,
        hours: Math.min(MOST_HOURS, Math.max(1, Math.ceil((until - from) / HOUR))),
        until: new Date(until).toISOString(),
        limit: PAGE,
      },
    })
    const points = pointsOf(samples, metricType)
    const before = found.size
    for (const point of points) if (point.x >= from) found.set(point.id, point)
    const oldest = samples.at(-1)
    const reached = oldest === undefined || samples.length < PAGE || Date.parse(oldest.recorded_at) < from
    const met = newestKnown !== undefined && points.some(({ id }) => id === newestKnown.id)
    if (met) return { points: joined(known?.points ?? [], found, from, to), cut: known?.cut ?? false }
    if (reached) return { points: joined([], found, from, to), cut: false }
    // So many at one moment that a page can't get past it.
    if (found.size === before) break
    until = Date.parse(oldest.recorded_at)
  }
  return { points: joined([], found, from, to), cut: true }
}

/** Metric types are asked for in any case, but series are told apart by it. */
const pointsOf = (samples: readonly SampleOut[], metricType: string): Point[] =>
  samples
    .filter(({ metric_type }) => metric_type === metricType)
    .map(({ id, recorded_at, value }) => ({ id, x: Date.parse(recorded_at), y: value }))

function joined(known: readonly Point[], found: ReadonlyMap<number, Point>, from: number, to: number): Point[] {
  const all = new Map([...known.map((point): [number, Point] => [point.id, point]), ...found])
  return [...all.values()]
    .filter(({ x }) => x >= from && x <= to)
    .toSorted((one, other) => one.x - other.x || one.id - other.id)
}
