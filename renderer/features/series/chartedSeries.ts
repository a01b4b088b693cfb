// The series on the chart. Each has a slot, which determines its line style; a slot may be empty, so that removing one
// series doesn't change the others.
import { LINE_STYLES } from '../charts/lineStyles.ts'

export interface SeriesRef {
  source: string
  metricType: string
}

export type ChartSlots = readonly (SeriesRef | undefined)[]

export interface ChartedSeries extends SeriesRef {
  slot: number
}

export const MAX_CHARTED = LINE_STYLES.length

export const occupiedSlots = (drawn: ChartSlots): ChartedSeries[] =>
  drawn.flatMap((series, slot) => (series ? [{ ...series, slot }] : []))

/** -1 if it isn't charted. */
export const slotOf = (drawn: ChartSlots, { source, metricType }: SeriesRef): number =>
  drawn.findIndex((each) => each?.source === source && each.metricType === metricType)

export const isFull = (drawn: ChartSlots): boolean => occupiedSlots(drawn).length >= MAX_CHARTED

/** Removes the series, or puts it into the first free slot; if none is free, nothing changes. */
export function toggleSeries(drawn: ChartSlots, series: SeriesRef): ChartSlots {
  const slot = slotOf(drawn, series)
  if (slot >= 0) return normalizeSlots(drawn.with(slot, undefined))
  if (isFull(drawn)) return drawn
  const free = drawn.indexOf(undefined)
  return free < 0 ? [...drawn, series] : drawn.with(free, series)
}

/** No duplicates, no more than fit, no empty slots at the end; a single series gets the first slot. */
export function normalizeSlots(drawn: ChartSlots): ChartSlots {
  const once = drawn
    .slice(0, MAX_CHARTED)
    .map((each, slot) => (each && slotOf(drawn, each) === slot ? each : undefined))
  const found = occupiedSlots(once)
  if (found.length < 2) return found.map(({ source, metricType }) => ({ source, metricType }))
  return once.slice(0, found.at(-1)!.slot + 1)
}
