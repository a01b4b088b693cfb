// Whether a detector grows deaf, and whether yesterday's incident fires again: found by the age of the series, and false
// alarms at the hour of an earlier event.
import type { LabelledSeries } from './labelled.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** As `scoreEvents` has it: an alert so many rows early or late still belongs to an event. */
const EARLY = 1
const LATE = 3

/** Days from the first sample of a series. */
const AGES = [
  ['days 1–3', 0, 3],
  ['days 3–30', 3, 30],
  ['days 30–90', 30, 90],
  ['after day 90', 90, Infinity],
] as const

/** So long after an event an ordinary value may look unusual to who has learned it. */
const ECHOES = [24, 48]
/** Other times of the day, on the same days, for comparison. */
const OTHERS = [18, 20, 21, 22, 27, 28, 30, 42, 44, 45, 51, 52]
/** An alert half an hour before or after counts as at the same hour. */
const NEAR = HOUR / 2

export interface Aging {
  /** Found and labelled events, by age. */
  found: { name: string; found: number; events: number }[]
  /** False alarms 24 or 48 hours after an event. */
  echoes: number
  /** As many as there would be if they came at other hours of those days. */
  expectedEchoes: number
  /** False alarms of a series on its first day, and a day on its next six. */
  firstDay: number
  firstWeek: number
}

/** @param alerts the rows with an alert, by series, in order */
export function scoreAging(series: readonly LabelledSeries[], alerts: readonly (readonly number[])[]): Aging {
  const found = AGES.map(([name]) => ({ name, found: 0, events: 0 }))
  const total = { echoes: 0, others: 0, firstDay: 0, firstWeek: 0 }
  for (const [index, each] of series.entries()) {
    countFound(each, alerts[index]!, found)
    for (const row of alerts[index]!) {
      if (each.spans.some((span) => isWithin(row, span))) continue
      const age = (each.times[row]! - each.times[0]!) / DAY
      if (age < 1) total.firstDay++
      else if (age < 7) total.firstWeek++
      if (ECHOES.some((hours) => isAfterEvent(each, row, hours))) total.echoes++
      total.others += OTHERS.filter((hours) => isAfterEvent(each, row, hours)).length
    }
  }
  return {
    found,
    echoes: total.echoes,
    expectedEchoes: (total.others / OTHERS.length) * ECHOES.length,
    firstDay: total.firstDay / series.length,
    firstWeek: total.firstWeek / series.length / 6,
  }
}

function countFound({ times, spans }: LabelledSeries, alerts: readonly number[], found: Aging['found']): void {
  for (const span of spans) {
    const age = (times[span[0]]! - times[0]!) / DAY
    const place = AGES.findIndex(([, from, to]) => age >= from && age < to)
    found[place]!.events++
    if (alerts.some((row) => isWithin(row, span))) found[place]!.found++
  }
}

const isWithin = (row: number, [first, last]: readonly [number, number]) => row >= first - EARLY && row <= last + LATE

function isAfterEvent({ times, spans }: LabelledSeries, row: number, hours: number): boolean {
  const time = times[row]! - hours * HOUR
  return spans.some(([first, last]) => time >= times[first]! - NEAR && time <= times[last]! + NEAR)
}
