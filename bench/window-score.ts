// The score of the Numenta Anomaly Benchmark, for alerts: Lavin and Ahmad, Evaluating Real-Time Anomaly Detection
// Algorithms (2015). 100 is every window found at its first row and no false alarm, 0 is silence.
import type { LabelledSeries } from './labelled.ts'

/** What a false alarm and a missed window cost, by profile. */
const PROFILES = {
  standard: { falseAlarm: 0.11, missed: 1 },
  'few false alarms': { falseAlarm: 0.22, missed: 1 },
  'few missed': { falseAlarm: 0.11, missed: 2 },
}
type Profile = keyof typeof PROFILES

export interface WindowScore {
  scores: Record<Profile, number>
  windows: number
  found: number
  falseAlarms: number
}

/** Rows at the beginning that are not scored. */
export const unscored = (rows: number): number => Math.min(Math.floor(0.15 * rows), 750)

/** @param alerts the rows with an alert, by series, in order */
export function scoreWindows(series: readonly LabelledSeries[], alerts: readonly (readonly number[])[]): WindowScore {
  const total = { windows: 0, found: 0, gains: 0, falseAlarms: 0, falseWeight: 0 }
  for (const [index, each] of series.entries()) {
    const spans = each.spans.toSorted(([one], [other]) => one - other)
    const best = spans.map(() => 0)
    for (const row of alerts[index]!) {
      if (row < unscored(each.values.length)) continue
      const inside = spans.findIndex(([first, last]) => row >= first && row <= last)
      if (inside >= 0) best[inside] = Math.max(best[inside]!, gainIn(spans[inside]!, row))
      else {
        total.falseAlarms++
        total.falseWeight += weightAfter(
          spans.findLast(([, last]) => last < row),
          row,
        )
      }
    }
    total.windows += spans.length
    total.found += best.filter((gain) => gain > 0).length
    total.gains += best.reduce((sum, gain) => sum + gain, 0)
  }
  const scoreBy = ({ falseAlarm, missed }: (typeof PROFILES)[Profile]) => {
    const raw = total.gains + total.found * missed - falseAlarm * total.falseWeight
    return (100 * raw) / (total.windows * (1 + missed))
  }
  const scores = Object.fromEntries(Object.entries(PROFILES).map(([name, profile]) => [name, scoreBy(profile)]))
  const { windows, found, falseAlarms } = total
  return { scores: scores as WindowScore['scores'], windows, found, falseAlarms }
}

/** 1 at the first row of a window, falling slowly, and steeply towards its end. */
const gainIn = ([first, last]: readonly [number, number], row: number): number =>
  sigmoid((row - last - 1) / (last - first + 1)) / sigmoid(-1)

/** The share of a false alarm's cost: little just behind a window, all of it before any and far behind. */
function weightAfter(span: readonly [number, number] | undefined, row: number): number {
  if (!span) return 1
  const distance = (row - span[1]) / (span[1] - span[0])
  return distance > 3 ? 1 : -sigmoid(distance)
}

const sigmoid = (x: number): number => 2 / (1 + Math.exp(5 * x)) - 1
