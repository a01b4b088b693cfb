// The samples of a drill: normal values around a mean, and the anomaly as the last one.
import type { SimulationIn } from '../../../../shared/schemas/simulation.ts'
import { HOUR, MINUTE } from '../../../../shared/domain/time.ts'
import { unitOf } from '../../../../shared/domain/units.ts'
import type { NewSample } from '../../store/types/samples.ts'

/** Samples of a drill are a minute apart, as those of many agents are, but all within the last hour. */
const MAX_INTERVAL = MINUTE
const SPAN = HOUR

export function createDrillSamples(drill: SimulationIn, now: number): NewSample[] {
  const normal = normalValues(drill.normal_count, drill.baseline_mean, drill.baseline_std, Math.random)
  const values = [...normal, drill.anomaly_value]
  const interval = Math.min(MAX_INTERVAL, SPAN / values.length)
  return values.map((value, index) => ({
    source: drill.source,
    metricType: drill.metric_type,
    value,
    unit: unitOf(drill.metric_type) || null,
    tags: { sim: true },
    serverId: null,
    time: Math.round(now - (values.length - 1 - index) * interval),
    drill: true,
  }))
}

/**
 * Normally distributed values around a mean (Box and Muller, 1958).
 *
 * @param random uniform in [0, 1)
 */
export function normalValues(count: number, mean: number, deviation: number, random: () => number): number[] {
  return Array.from({ length: count }, () => {
    const distance = Math.sqrt(-2 * Math.log(1 - random()))
    return mean + deviation * distance * Math.cos(2 * Math.PI * random())
  })
}
