// Judging one value against what is known of its series. Nothing is stored.
import type { Detection } from '../../../../shared/schemas/detection.ts'
import { ALARM_LINE, severityOf } from '../../../../shared/domain/severity.ts'
import { unitOf } from '../../../../shared/domain/units.ts'
import type { Observation } from '../../detectors/detector.ts'
import { suited } from '../../detectors/counter.ts'
import { prepareDetector, type Judging } from '../../detectors/registry.ts'
import type { Clock } from '../../platform/ports.ts'
import type { Store } from '../../store/types/store.ts'
import type { Handlers } from './handlers.ts'
import { refuseProblems } from '../../rules/validation.ts'

/** As in the seed's API: a preview speaks from five samples on. */
export const MIN_SAMPLES = 5

/** Samples of history that a preview looks at, whichever the method. */
const HISTORY = 300

interface Deps {
  store: Pick<Store, 'samples' | 'series'>
  clock: Clock
}

export const detectHandlers = ({ store, clock }: Deps): Pick<Handlers, 'detect'> => ({
  detect({ query }) {
    const { source, metric_type, current_value, method, z_threshold, iqr_factor, threshold = null } = query
    const judging: Judging = {
      method,
      z_threshold,
      iqr_factor,
      threshold,
      operator: 'above',
      min_samples: MIN_SAMPLES,
      params: {},
    }
    refuseProblems(judging)
    const series = store.series.find(source, metric_type)
    const history = series ? store.samples.recent(series.id, HISTORY) : []
    return preview({
      judging,
      history,
      source,
      metricType: metric_type,
      unit: series?.unit ?? unitOf(metric_type),
      value: current_value,
      time: clock.now(),
    })
  },
})

interface Preview {
  judging: Judging
  /** In the order of their ids. */
  history: readonly Observation[]
  source: string
  metricType: string
  unit: string
  value: number
  time: number
}

/** What a detector that has learned this history says of a value. */
export function preview({ judging, history, source, metricType, unit, value, time }: Preview): Detection {
  const detector = suited(prepareDetector(judging), metricType).create()
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
    method: judging.method,
    severity: isAnomaly ? severityOf(verdict.score) : null,
    ...verdict,
  }
}
