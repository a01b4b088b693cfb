// Drills: synthetic samples on a shadow series, to see whether the rules fire.
import { z } from 'zod'
import { detection } from './detection.ts'
import { event } from './event.ts'
import { name } from './input.ts'

const MAX_DRILL_POINTS = 10_000

const magnitude = z.number().min(-1e15).max(1e15)

export const simulationIn = z.object({
  source: name.default('drill'),
  metric_type: name.default('CPU'),
  normal_count: z.int().min(1).max(MAX_DRILL_POINTS).default(60),
  baseline_mean: magnitude.default(50),
  baseline_std: z.number().min(0).max(1e15).default(4),
  anomaly_value: magnitude.default(99),
  include_llm: z.boolean().default(false),
})

export const simulationOut = z.object({
  simulation: z.object({
    source: z.string(),
    metric_type: z.string(),
    normal_points: z.int(),
    baseline_mean: z.number(),
    baseline_std: z.number(),
    anomaly_value: z.number(),
  }),
  detection,
  events_created: z.int().min(0),
  events: z.array(event),
  explanation: z
    .object({ kind: z.enum(['statistical', 'llm']), text: z.string(), model: z.string().nullable() })
    .nullable()
    .meta({ description: 'Set if `include_llm` is true. `statistical`: computed without a language model.' }),
})
export type SimulationOut = z.infer<typeof simulationOut>
export type SimulationIn = z.output<typeof simulationIn>
