// What `bench:detection` compares: every detector at its defaults, ADAPTIVE without each of its parts, and the catch-all
// rule as it ships.
import { adaptive, createAdaptive } from '../electron/core/detectors/adaptive.ts'
import { VIEWS } from '../electron/core/detectors/adaptive/view-set.ts'
import { createRowBacktest } from '../electron/core/detection/row-backtest.ts'
import { detectors, prepareDetector, type PreparedDetector } from '../electron/core/detectors/registry.ts'
import { DEFAULT_RULES } from '../electron/core/rules/default-rules.ts'
import { ruleIn, type RuleIn } from '../shared/schemas/rule.ts'
import type { LabelledSeries } from './labelled.ts'

export interface Candidate {
  name: string
  rule: ReturnType<typeof ruleFor>
  detector: PreparedDetector
}

export interface Outcome {
  /** The rows with an alert, by series. */
  alerts: number[][]
  microseconds: number
}

/** Excluded: detectors that depend on a person's settings or on a timer. */
const NOT_FROM_VALUES = ['THRESHOLD', 'NO_DATA']

/** Series that are evaluated once before the cost is measured. */
const WARM_UP = 4

/** ADAPTIVE, and the catch-all rule of the first start, with its wait and its smallest change. */
export const shipped = (): Candidate[] => [
  candidate(adaptive.method, adaptive.method),
  candidate(
    adaptive.method,
    'catch-all rule as shipped',
    DEFAULT_RULES.find(({ name }) => name === 'Unusual value'),
  ),
]

/** ADAPTIVE first. */
export const candidates = (): Candidate[] =>
  detectors
    .map(({ method }) => method)
    .filter((method) => !NOT_FROM_VALUES.includes(method))
    .map((method) => candidate(method, method))

/** ADAPTIVE first, then without each of its parts. */
export const ablationsOfAdaptive = (): Candidate[] => [
  candidate(adaptive.method, adaptive.method),
  ...VIEWS.map(withoutView),
  candidate(adaptive.method, 'resolved by the first usual sample', { resolve_samples: 1, resolve_seconds: 0 }),
  candidate(adaptive.method, 'resolved after 100 usual samples', { resolve_samples: 100 }),
  candidate(adaptive.method, 'no hysteresis', { recovery_score: 0.5 }),
  candidate(adaptive.method, 'sensitivity 1.1', { params: { sensitivity: 1.1 } }),
  candidate(adaptive.method, 'sensitivity 0.9', { params: { sensitivity: 0.9 } }),
]

export function evaluateAll({ rule, detector }: Candidate, series: readonly LabelledSeries[]): Outcome {
  // The first thousands of samples are for the compiler.
  for (const each of series.slice(0, WARM_UP)) alertsOf({ rule, detector }, each)
  // Of the processor's time: what else the machine does at the moment is no cost of the detector.
  const begun = process.cpuUsage()
  const alerts = series.map((each) => alertsOf({ rule, detector }, each))
  const samples = series.reduce((sum, { values }) => sum + values.length, 0)
  return { alerts, microseconds: process.cpuUsage(begun).user / samples }
}

function alertsOf({ rule, detector }: Omit<Candidate, 'name'>, { times, values }: LabelledSeries): number[] {
  const evaluate = createRowBacktest(rule, detector)
  const rows: number[] = []
  for (let row = 0; row < values.length; row++)
    if (evaluate({ time: times[row]!, value: values[row]! }).alert) rows.push(row)
  return rows
}

function withoutView(left: (typeof VIEWS)[number]): Candidate {
  const whole = candidate(adaptive.method, `without ${left}`)
  const settings = { ...whole.rule, params: adaptive.params.parse(whole.rule.params) as never }
  const views = VIEWS.filter((each) => each !== left)
  return { ...whole, detector: { ...whole.detector, create: (state) => createAdaptive(settings, state, views) } }
}

function candidate(method: string, name: string, fields: Partial<RuleIn> = {}): Candidate {
  const rule = ruleFor(method, fields)
  return { name, rule, detector: prepareDetector(rule) }
}

const ruleFor = (method: string, fields: Partial<RuleIn>) => ({
  ...ruleIn.parse({ name: method, method, ...fields }),
  threshold: null,
})
