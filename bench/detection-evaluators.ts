// The detectors that `bench:detection` evaluates, and their alerts: each at its defaults, or ADAPTIVE without each of its
// parts.
import { adaptive, createAdaptive, VIEWS } from '../electron/core/detectors/adaptive.ts'
import { createRowBacktest } from '../electron/core/detection/row-backtest.ts'
import { detectors, prepareDetector, type PreparedDetector } from '../electron/core/detectors/registry.ts'
import { ruleIn, type RuleIn } from '../shared/schemas/rule.ts'
import type { LabelledSeries } from './labelled.ts'

export interface Evaluator {
  name: string
  rule: ReturnType<typeof ruleFor>
  detector: PreparedDetector
}

export interface Outcome {
  /** The rows with an alert, by series. */
  alerts: number[][]
  microseconds: number
}

/** These depend on what a person sets, or on the clock. */
const NOT_FROM_VALUES = ['THRESHOLD', 'NO_DATA']

/** ADAPTIVE first. */
export const evaluators = (): Evaluator[] =>
  detectors
    .map(({ method }) => method)
    .filter((method) => !NOT_FROM_VALUES.includes(method))
    .map((method) => evaluatorOf(method, method))

/** ADAPTIVE first, then without each of its parts. */
export const ablationsOfAdaptive = (): Evaluator[] => [
  evaluatorOf(adaptive.method, adaptive.method),
  ...VIEWS.map(evaluatorWithout),
  evaluatorOf(adaptive.method, 'resolved by the first usual sample', { resolve_samples: 1, resolve_seconds: 0 }),
  evaluatorOf(adaptive.method, 'resolved after 100 usual samples', { resolve_samples: 100 }),
  evaluatorOf(adaptive.method, 'no hysteresis', { recovery_score: 0.5 }),
  evaluatorOf(adaptive.method, 'sensitivity 1.1', { params: { sensitivity: 1.1 } }),
  evaluatorOf(adaptive.method, 'sensitivity 0.9', { params: { sensitivity: 0.9 } }),
]

export function evaluateAll({ rule, detector }: Evaluator, series: readonly LabelledSeries[]): Outcome {
  const begun = performance.now()
  const alerts = series.map(({ times, values }) => {
    const evaluate = createRowBacktest(rule, detector)
    const rows: number[] = []
    for (let row = 0; row < values.length; row++)
      if (evaluate({ time: times[row]!, value: values[row]! }).alert) rows.push(row)
    return rows
  })
  const samples = series.reduce((sum, { values }) => sum + values.length, 0)
  return { alerts, microseconds: ((performance.now() - begun) * 1000) / samples }
}

function evaluatorWithout(left: (typeof VIEWS)[number]): Evaluator {
  const whole = evaluatorOf(adaptive.method, `without ${left}`)
  const settings = { ...whole.rule, params: adaptive.params.parse(whole.rule.params) as never }
  const views = VIEWS.filter((each) => each !== left)
  return { ...whole, detector: { ...whole.detector, create: (state) => createAdaptive(settings, state, views) } }
}

function evaluatorOf(method: string, name: string, fields: Partial<RuleIn> = {}): Evaluator {
  const rule = ruleFor(method, fields)
  return { name, rule, detector: prepareDetector(rule) }
}

const ruleFor = (method: string, fields: Partial<RuleIn>) => ({
  ...ruleIn.parse({ name: method, method, ...fields }),
  threshold: null,
})
