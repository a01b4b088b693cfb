// The details that `bench:detection` prints: series by series, and the size of states.
import { candidates, type Candidate, type Outcome } from './detection-candidates.ts'
import { scoreEvents } from './event-score.ts'
import { grouped, table } from './figures.ts'
import type { LabelledFolder, LabelledSeries } from './labelled.ts'
import { scoreWindows } from './window-score.ts'

export function reportSeries(
  { name: candidate }: Candidate,
  { alerts }: Outcome,
  series: LabelledSeries[],
  kind: LabelledFolder['kind'],
): void {
  console.log(`\n${candidate}, series by series: found, alerts elsewhere`)
  const lines = series.map((each, index) => {
    const rows = alerts[index]!
    if (kind === 'windows') {
      const { found, windows, falseAlarms } = scoreWindows([each], [rows])
      return [each.name, `${found}/${windows}`, String(falseAlarms)]
    }
    const { found, events, precision } = scoreEvents([each], [rows])
    return [each.name, `${found}/${events}`, `precision ${precision.toFixed(2)}`]
  })
  console.log(table(lines))
}

/**
 * What each detector knows of a series after all the rows of the largest one.
 *
 * @returns the bytes of ADAPTIVE
 */
export function reportStates(folders: readonly LabelledFolder[]): number {
  const longest = folders
    .flatMap(({ series }) => series)
    .toSorted((one, other) => other.values.length - one.values.length)[0]!
  const lines = candidates().map(({ name, detector }): [string, number] => {
    const learned = detector.create()
    for (let row = 0; row < longest.values.length; row++) {
      const observation = { time: longest.times[row]!, value: longest.values[row]! }
      learned.learn(observation, learned.score(observation))
    }
    return [name, JSON.stringify(learned.state()).length]
  })
  console.log('\nBytes of a state as JSON')
  console.log(table(lines.map(([name, bytes]) => [name, grouped(bytes)])))
  return lines[0]![1]
}
