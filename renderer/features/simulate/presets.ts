// Drills to start from. The default one is the contract's.
import type { z } from 'zod'
import { simulationIn } from '../../../shared/schemas/simulation.ts'

export type Drill = z.output<typeof simulationIn>

export const DEFAULT_DRILL: Drill = simulationIn.parse({})

/** The default rules fire for all but the last. */
export const PRESETS = {
  highCpu: DEFAULT_DRILL,
  fullDisk: { ...DEFAULT_DRILL, metric_type: 'DISK', baseline_mean: 72, baseline_std: 1, anomaly_value: 97 },
  slowResponses: {
    ...DEFAULT_DRILL,
    metric_type: 'RESPONSE_TIME',
    baseline_mean: 180,
    baseline_std: 20,
    anomaly_value: 1400,
  },
  noTraffic: { ...DEFAULT_DRILL, metric_type: 'NETWORK_IN', baseline_mean: 2e6, baseline_std: 1e5, anomaly_value: 0 },
  allNormal: { ...DEFAULT_DRILL, anomaly_value: 52 },
} satisfies Record<string, Drill>

export const PRESET_NAMES = Object.keys(PRESETS) as (keyof typeof PRESETS)[]
