// How right the detectors are: `npm run bench:detection -- [--labelled DIR] [--per-series] [--ablation] [--slow] [--small]
// [--check]`, or on synthetic series: `-- --synthetic [--seed N]`. Every series is evaluated row by row, as `npm run backtest`
// does, by a rule that leaves everything at its defaults; what is scored is when an event is raised. `--slow` evaluates the
// long series by every detector, too, and not by ADAPTIVE alone. `-- --machines` measures synthetic machines of many channels.
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { scoreEvents, type EventScore } from './event-score.ts'
import { grouped, table } from './figures.ts'
import { scoreAging } from './detection-age.ts'
import {
  ablationsOfAdaptive,
  candidates,
  evaluateAll,
  shipped,
  type Candidate,
  type Outcome,
} from './detection-candidates.ts'
import { reportSeries, reportStates } from './detection-details.ts'
import { readLabelled, type LabelledFolder, type LabelledSeries } from './labelled.ts'
import { reportMachines } from './machine-incidents.ts'
import { reportSynthetic } from './synthetic/report.ts'
import { scoreWindows, type WindowScore } from './window-score.ts'

const { values: options } = parseArgs({
  options: {
    labelled: { type: 'string', default: join(import.meta.dirname, '../../shared/labelled') },
    'per-series': { type: 'boolean', default: false },
    ablation: { type: 'boolean', default: false },
    slow: { type: 'boolean', default: false },
    small: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    machines: { type: 'boolean', default: false },
    synthetic: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
  },
})

/** What ADAPTIVE has to reach, by folder. */
const TARGETS: Record<string, Target> = {
  nab: { standard: 72 },
  asd: { f1: 0.7, falseAlarmsPerDay: 0.12 },
  kpi: { f1: 0.62, falseAlarmsPerDay: 0.1 },
  web: { f1: 0.6, falseAlarmsPerDay: 0.2 },
}
/** What `--small` reads a part of. */
const SHORT_SETS = ['nab', 'asd']
const MAX_MICROSECONDS = 5
const MAX_STATE_BYTES = 16 * 1024
/** Incidents of a machine of 38 channels, and the share of its faults among them. */
const MACHINE = { perDay: 1.5, firstDay: 3, found: 0.75 }
/** The catch-all rule may find so much less than its detector. */
const MAX_LOSS = 0.05
/** Rows from which on a folder is a long one. */
const MANY_ROWS = 300_000

/** What one folder asks for. */
interface Target {
  standard?: number
  f1?: number
  falseAlarmsPerDay?: number
}

/** On these 35 files, each at its best threshold, and given the range of every file beforehand. */
const PUBLISHED = [
  ['CAD-OSE', '77.0'],
  ['Numenta HTM', '75.4'],
  ['ARTime', '74.8'],
] as const

if (options.synthetic) {
  const all = options.ablation ? ablationsOfAdaptive() : candidates().slice(0, 1)
  reportSynthetic(all, Number(options.seed), options.small)
} else if (options.machines) checkMachines()
else reportLabelled()

/** Means over six machines, from the seed on. */
function checkMachines(): void {
  const first = Number(options.seed)
  const { perDay, firstDay, found } = reportMachines(Array.from({ length: 6 }, (_, index) => first + index))
  check('incidents a day', perDay, MACHINE.perDay, 'at most')
  check('incidents on day 1', firstDay, MACHINE.firstDay, 'at most')
  check('faults found', found, MACHINE.found, 'at least')
}

function reportLabelled(): void {
  if (!existsSync(options.labelled)) {
    console.error(`There are no labelled series in ${options.labelled}; --labelled names another folder.`)
    process.exit(1)
  }
  const folders = readLabelled(
    options.labelled,
    options.small ? SHORT_SETS : Object.keys(TARGETS),
    options.small ? 6 : 1,
  )
  if (folders.length === 0) {
    console.error(
      `${options.labelled} holds neither windows.json nor events.json, nor do nab/, asd/, kpi/ and web/ in it.`,
    )
    process.exit(1)
  }
  for (const folder of folders) report(folder)
  check('bytes of state', reportStates(folders), MAX_STATE_BYTES, 'at most')
}

function report({ kind, folder, series }: LabelledFolder): void {
  const rows = series.reduce((sum, { values }) => sum + values.length, 0)
  console.log(`\n${folder}: ${series.length} series, ${grouped(rows)} rows, scored by ${kind}`)
  const short = rows < MANY_ROWS || options.slow ? candidates().slice(1) : []
  const all = options.ablation ? ablationsOfAdaptive() : [...shipped(), ...short]
  const outcomes = all.map((each) => evaluateAll(each, series))
  const target = TARGETS[basename(folder)] ?? {}
  if (kind === 'windows') reportWindows(all, outcomes, series, target)
  else reportEvents(all, outcomes, series, target)
  check('µs per sample', outcomes[0]!.microseconds, MAX_MICROSECONDS, 'at most')
  if (options['per-series']) reportSeries(all[0]!, outcomes[0]!, series, kind)
}

function reportWindows(
  all: readonly Candidate[],
  outcomes: readonly Outcome[],
  series: LabelledSeries[],
  target: Target,
): void {
  const scores = outcomes.map(({ alerts }) => scoreWindows(series, alerts))
  const heading = ['', 'standard', 'few false alarms', 'few missed', 'found', 'false', 'µs per sample']
  const lines = all.map(({ name }, index) => [name, ...windowCells(scores[index]!), microseconds(outcomes[index]!)])
  const published = PUBLISHED.map(([name, score]) => [`(${name}, fitted)`, score, '', '', '', '', ''])
  console.log(table([heading, ...lines, ...(options.ablation ? [] : published)]))
  check('standard score', scores[0]!.scores.standard, target.standard, 'at least')
}

function windowCells({ scores, found, windows, falseAlarms }: WindowScore): string[] {
  return [...Object.values(scores).map((score) => score.toFixed(1)), `${found}/${windows}`, String(falseAlarms)]
}

function reportEvents(
  all: readonly Candidate[],
  outcomes: readonly Outcome[],
  series: LabelledSeries[],
  target: Target,
): void {
  const scores = outcomes.map(({ alerts }) => scoreEvents(series, alerts))
  const heading = ['', 'F1', 'recall', 'precision', 'false a day', 'found', 'median delay in rows', 'µs per sample']
  const lines = all.map(({ name }, index) => [name, ...eventCells(scores[index]!), microseconds(outcomes[index]!)])
  console.log(table([heading, ...lines]))
  check('F1', scores[0]!.f1, target.f1, 'at least')
  if (!options.ablation) check('F1 of the catch-all', scores[1]!.f1, scores[0]!.f1 - MAX_LOSS, 'at least')
  check('false alarms a day', scores[0]!.falseAlarmsPerDay, target.falseAlarmsPerDay, 'at most')
  if (!options.ablation) reportAging(series, outcomes[0]!)
}

/** Whether ADAPTIVE grows deaf, and whether an incident fires again a day later. */
function reportAging(series: LabelledSeries[], { alerts }: Outcome): void {
  const { found, echoes, expectedEchoes, firstDay, firstWeek } = scoreAging(series, alerts)
  const ages = found.filter(({ events }) => events > 0)
  console.log(`  found: ${ages.map((each) => `${each.found}/${each.events} on ${each.name}`).join(', ')}`)
  console.log(
    `  false alarms 24 or 48 h after an event: ${echoes}; at other hours of those days: ${expectedEchoes.toFixed(1)}`,
  )
  // Within the chance of so small a number.
  check('echoes', echoes, expectedEchoes + 2 * Math.sqrt(expectedEchoes), 'at most')
  console.log(`  false alarms of a series: ${firstDay.toFixed(2)} on day 1, ${firstWeek.toFixed(2)} a day on days 2–7`)
}

function eventCells({ f1, recall, precision, falseAlarmsPerDay, found, events, medianDelay }: EventScore): string[] {
  return [
    f1.toFixed(3),
    recall.toFixed(2),
    precision.toFixed(2),
    falseAlarmsPerDay.toFixed(2),
    `${found}/${events}`,
    Number.isNaN(medianDelay) ? '' : String(medianDelay),
  ]
}

function microseconds(outcome: Outcome): string {
  return outcome.microseconds.toFixed(1)
}

function check(name: string, value: number, limit: number | undefined, side: 'at least' | 'at most'): void {
  if (!options.check || options.ablation || options.small || limit === undefined) return
  const isReached = side === 'at least' ? value >= limit : value <= limit
  console.log(`${isReached ? 'reached' : 'MISSED'}: ${name} ${value.toFixed(3)}, ${side} ${limit}`)
  if (!isReached) process.exitCode = 1
}
