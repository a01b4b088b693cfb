// Events found and false alarms, for alerts: what an engineer would count.
import { median } from './figures.ts'
import type { LabelledSeries } from './labelled.ts'
import { unscored } from './window-score.ts'

/** An alert so many rows before an event, or behind its end, still belongs to it. */
const EARLY = 1
const LATE = 3
/** Alerts within this many rows count as one. */
const MERGED = 3

const DAY = 86_400_000

export interface EventScore {
  events: number
  found: number
  recall: number
  precision: number
  f1: number
  falseAlarmsPerDay: number
  /** In rows; NaN if nothing was found. */
  medianDelay: number
}

/** @param alerts the rows with an alert, by series, in order */
export function scoreEvents(series: readonly LabelledSeries[], alerts: readonly (readonly number[])[]): EventScore {
  const total = { events: 0, found: 0, right: 0, wrong: 0, days: 0, delays: [] as number[] }
  for (const [index, each] of series.entries()) {
    const first = unscored(each.values.length)
    const early = each.spans.filter(([, last]) => last < first)
    const spans = each.spans.filter(([, last]) => last >= first)
    const delays = spans.map(() => NaN)
    for (const episode of episodesOf(alerts[index]!.filter((row) => row >= first))) {
      const touched = spans.map((span) => firstIn(episode, span))
      for (const [number, row] of touched.entries())
        if (row !== undefined && Number.isNaN(delays[number])) delays[number] = Math.max(0, row - spans[number]![0])
      if (touched.some((row) => row !== undefined)) total.right++
      else if (!early.some((span) => firstIn(episode, span) !== undefined)) total.wrong++
    }
    const found = delays.filter((delay) => !Number.isNaN(delay))
    total.events += spans.length
    total.found += found.length
    total.delays.push(...found)
    total.days += (each.times.at(-1)! - each.times[first]!) / DAY
  }
  const recall = total.found / total.events
  const precision = total.right / Math.max(1, total.right + total.wrong)
  return {
    events: total.events,
    found: total.found,
    recall,
    precision,
    f1: recall + precision === 0 ? 0 : (2 * recall * precision) / (recall + precision),
    falseAlarmsPerDay: total.wrong / total.days,
    medianDelay: median(total.delays),
  }
}

function episodesOf(rows: readonly number[]): number[][] {
  const episodes: number[][] = []
  for (const row of rows) {
    const last = episodes.at(-1)
    if (last && row - last.at(-1)! <= MERGED) last.push(row)
    else episodes.push([row])
  }
  return episodes
}

const firstIn = (episode: readonly number[], [first, last]: readonly [number, number]): number | undefined =>
  episode.find((row) => row >= first - EARLY && row <= last + LATE)
