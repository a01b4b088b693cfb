// Which series the chart shows. Each has a place, which gives it its line; a place may be empty, so that nobody's line
// changes when another one leaves.
import { LINES } from '../charts/lines.ts'

export interface SeriesName {
  source: string
  metricType: string
}

export type Drawn = readonly (SeriesName | undefined)[]

export interface Placed extends SeriesName {
  place: number
}

export const MOST_DRAWN = LINES.length

export const placed = (drawn: Drawn): Placed[] =>
  drawn.flatMap((series, place) => (series ? [{ ...series, place }] : []))

/** -1 where it isn't drawn. */
export const placeOf = (drawn: Drawn, { source, metricType }: SeriesName): number =>
  drawn.findIndex((each) => each?.source === source && each.metricType === metricType)

export const isFull = (drawn: Drawn): boolean => placed(drawn).length >= MOST_DRAWN

/** Takes the series out, or puts it on the first free place; where none is free, all stays as it is. */
export function toggled(drawn: Drawn, series: SeriesName): Drawn {
  const place = placeOf(drawn, series)
  if (place >= 0) return settled(drawn.with(place, undefined))
  if (isFull(drawn)) return drawn
  const free = drawn.indexOf(undefined)
  return free < 0 ? [...drawn, series] : drawn.with(free, series)
}

/** No series twice, no more than fit, no empty places at the end; one that is alone has the first place. */
export function settled(drawn: Drawn): Drawn {
  const once = drawn
    .slice(0, MOST_DRAWN)
    .map((each, place) => (each && placeOf(drawn, each) === place ? each : undefined))
  const found = placed(once)
  if (found.length < 2) return found.map(({ source, metricType }) => ({ source, metricType }))
  return once.slice(0, found.at(-1)!.place + 1)
}
