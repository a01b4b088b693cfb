// How right detectors are on the synthetic series: in all, and the first of them by the kind of series and of fault.
import { evaluateAll, type Candidate } from '../detection-candidates.ts'
import { scoreEvents, type EventScore } from '../event-score.ts'
import { grouped, table } from '../figures.ts'
import { scoreWindows } from '../window-score.ts'
import { createSyntheticSeries, type SyntheticSeries } from './series.ts'

/** A series with the rows at which the detector raised an event. */
interface ScoredSeries {
  series: SyntheticSeries
  alerts: readonly number[]
}

export function reportSynthetic(candidates: readonly Candidate[], seed: number, isSmall: boolean): void {
  const series = createSyntheticSeries(seed, isSmall)
  const rows = series.reduce((sum, { values }) => sum + values.length, 0)
  console.log(`\nsynthetic, seed ${seed}: ${series.length} series, ${grouped(rows)} rows`)
  const outcomes = candidates.map((each) => evaluateAll(each, series))
  const lines = candidates.map(({ name }, index) => {
    const { alerts, microseconds } = outcomes[index]!
    const { standard } = scoreWindows(series.map(widened), alerts).scores
    const score = scoreEvents(series, alerts)
    return [name, standard.toFixed(1), score.f1.toFixed(3), ...cells(score), microseconds.toFixed(1)]
  })
  console.log(table([['', 'standard', 'F1', 'found', 'false a day', 'µs per sample'], ...lines]))

  const scored = series.map((each, index): ScoredSeries => ({ series: each, alerts: outcomes[0]!.alerts[index]! }))
  const kinds = Map.groupBy(scored, (each) => each.series.kind)
  console.log(`\n${candidates[0]!.name}, by the kind of series`)
  console.log(table([['', 'found', 'false a day'], ...[...kinds].map(([kind, of]) => [kind, ...cells(scoreOf(of))])]))

  const faults = Map.groupBy(scored.flatMap(oneByOne), (each) => each.series.faults[0]!)
  console.log(`\n${candidates[0]!.name}, by the kind of fault`)
  console.log(table([['', 'found'], ...[...faults].map(([fault, of]) => [fault, cells(scoreOf(of))[0]!])]))
}

const scoreOf = (scored: readonly ScoredSeries[]) =>
  scoreEvents(
    scored.map(({ series }) => series),
    scored.map(({ alerts }) => alerts),
  )

const cells = ({ found, events, falseAlarmsPerDay }: EventScore) => [`${found}/${events}`, falseAlarmsPerDay.toFixed(3)]

/** The same series with each of its faults alone. */
const oneByOne = ({ series, alerts }: ScoredSeries): ScoredSeries[] =>
  series.spans.map((span, index) => ({ series: { ...series, spans: [span], faults: [series.faults[index]!] }, alerts }))

/** With windows as the Numenta Anomaly Benchmark draws them: around the faults, a tenth of the series in all. */
function widened(series: SyntheticSeries): SyntheticSeries {
  const last = series.values.length - 1
  const half = Math.round((0.05 * last) / series.spans.length)
  const spans = series.spans.map(([from, to]): [number, number] => {
    const middle = (from + to) / 2
    return [Math.max(0, Math.min(from, middle - half)), Math.min(last, Math.max(to, middle + half))]
  })
  return { ...series, spans }
}
