// Previews: evaluates one value against the history of its series. Nothing is stored.
import type { Detection } from '../../../shared/schemas/detection.ts'
import { ALARM_LINE, severityOf } from '../../../shared/domain/severity.ts'
import { unitOf } from '../../../shared/domain/units.ts'
import type { Observation } from '../detectors/detector.ts'
import { suited } from '../detectors/counter.ts'
import { prepareDetector, type DetectorSettings } from '../detectors/registry.ts'
import type { Clock } from '../platform/ports.ts'
import { assertValidRule } from '../rules/validation.ts'
import type { Store } from '../store/types/store.ts'

/** As in the seed's API: a preview gives a verdict from five samples on. */
export const MIN_SAMPLES = 5

/** Samples of history that a preview reads, whatever the method. */
const HISTORY = 300

type Settings = Pick<DetectorSettings, 'method' | 'z_threshold' | 'iqr_factor' | 'threshold'>

export interface Previews {
  /** Throws AppError INVALID if the method or its settings can't be used. */
  evaluate(source: string, metricType: string, value: number, settings: Settings): Detection
}

interface Deps {
  store: Pick<Store, 'samples' | 'series'>
  clock: Clock
}

export const createPreviews = ({ store, clock }: Deps): Previews => ({
  evaluate(source, metricType, value, settings) {
    const rule: DetectorSettings = { ...settings, operator: 'above', min_samples: MIN_SAMPLES, params: {} }
    assertValidRule(rule)
    const series = store.series.find(source, metricType)
    const history = series ? store.samples.recent(series.id, HISTORY) : []
    const unit = series?.unit ?? unitOf(metricType)
    return evaluateValue({ rule, history, source, metricType, unit, value, time: clock.now() })
  },
})

interface PreviewedValue {
  rule: DetectorSettings
  /** In the order of their ids. */
  history: readonly Observation[]
  source: string
  metricType: string
  unit: string
  value: number
  time: number
}

/** The verdict of a detector that has learned this history. */
export function evaluateValue({ rule, history, source, metricType, unit, value, time }: PreviewedValue): Detection {
  const detector = suited(prepareDetector(rule), metricType).create()
  for (const sample of history) detector.learn(sample, detector.score(sample))
  const verdict = detector.score({ time, value })
  const isAnomaly = verdict.score >= ALARM_LINE
  return {
    source,
    metric_type: metricType,
    current_value: value,
    unit,
    history_count: history.length,
    is_anomaly: isAnomaly,
    method: rule.method,
    severity: isAnomaly ? severityOf(verdict.score) : null,
    ...verdict,
  }
}
