// The stages' meters as Prometheus metrics.
import type { Histogram, Registry } from 'prom-client'
import type { Meters } from '../platform/meters.ts'
import { metricsOf } from './registering.ts'

/** Seconds, from what an idle program takes to what everybody feels; 20 ms is the most that ingest may be held up. */
const DURATIONS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1]
const COUNTS = [1, 10, 50, 100, 200, 500, 1000, 2000, 5000, 10_000]

export interface StageMetrics {
  meters: Meters
  /** Samples stored since the start. */
  stored(): number
  commits: Histogram
  evaluation: Histogram
  compaction: Histogram
}

/** @param statuses of rejections that are counted from 0 on */
export function createStageMetrics(register: Registry, statuses: readonly number[]): StageMetrics {
  const { histogram, counter, counters } = metricsOf(register)
  const sizes = histogram('tocsin_commit_samples', 'Samples in those commits that stored any.', COUNTS)
  const commits = histogram('tocsin_commit_duration_seconds', 'Group commits: writes and commit.', DURATIONS)
  const evaluation = histogram('tocsin_judging_chunk_duration_seconds', 'Chunks: evaluated and written.', DURATIONS)
  const compaction = histogram('tocsin_compaction_step_duration_seconds', 'Steps of the compaction.', DURATIONS)
  let stored = 0
  let inCommit = 0
  const refused: Record<string, number> = Object.fromEntries(statuses.map((status) => [status, 0]))
  counters('tocsin_requests_refused_total', 'Requests refused, by status.', 'status', () => refused)
  counter('tocsin_samples_stored_total', 'Samples stored since the start, those of drills too.', () => stored)
  return {
    meters: {
      stored(samples) {
        stored += samples
        inCommit += samples
      },
      committed(took) {
        commits.observe(took / 1000)
        if (inCommit > 0) sizes.observe(inCommit)
        inCommit = 0
      },
      evaluated: (took) => evaluation.observe(took / 1000),
      compacted: (took) => compaction.observe(took / 1000),
      refused: (status) => void (refused[status] = (refused[status] ?? 0) + 1),
    },
    stored: () => stored,
    commits,
    evaluation: evaluation,
    compaction,
  }
}
