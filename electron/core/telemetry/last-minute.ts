// The last minute in a few figures, out of counts that only rise: what they are now less what they were a minute ago.
import type { Histogram } from 'prom-client'
import type { LoopDelay } from './loop-delay.ts'
import type { StageMetrics } from './stages.ts'

export interface LastMinute {
  samplesPerSecond: number
  /** Milliseconds; null if there was none. */
  commitP99: number | null
  evaluationP99: number | null
  compactionP99: number | null
  /** Milliseconds that the longest turn of the event loop took. */
  longestTurn: number
}

/** Counts by upper bound in seconds, each with those of the smaller bounds in it. */
type Buckets = ReadonlyMap<number, number>

interface Snapshot {
  at: number
  stored: number
  commits: Buckets
  evaluation: Buckets
  compaction: Buckets
  /** Seconds, since the snapshot before. */
  longestTurn: number
}

const EVERY = 10_000
const SNAPSHOTS = 6

export function watchLastMinute(
  stages: StageMetrics,
  loopDelay: LoopDelay,
): { read(): Promise<LastMinute>; end(): void } {
  const snapshots: Snapshot[] = []
  let longestTurn = 0

  async function look(): Promise<Snapshot> {
    longestTurn = Math.max(longestTurn, loopDelay.read().max)
    const stored = stages.stored()
    const [commits, evaluation, compaction] = await Promise.all([
      bucketsOf(stages.commits),
      bucketsOf(stages.evaluation),
      bucketsOf(stages.compaction),
    ])
    return { at: performance.now(), stored, commits, evaluation: evaluation, compaction, longestTurn }
  }

  async function keep() {
    const snapshot = await look()
    longestTurn = 0
    snapshots.push(snapshot)
    if (snapshots.length > SNAPSHOTS + 1) snapshots.shift()
  }

  const first = keep()
  const timer = setInterval(() => void keep(), EVERY).unref()
  return {
    async read() {
      await first
      const now = await look()
      const before = snapshots[0]!
      return {
        samplesPerSecond: ((now.stored - before.stored) * 1000) / Math.max(1, now.at - before.at),
        commitP99: p99Between(before.commits, now.commits),
        evaluationP99: p99Between(before.evaluation, now.evaluation),
        compactionP99: p99Between(before.compaction, now.compaction),
        longestTurn: 1000 * Math.max(now.longestTurn, ...snapshots.slice(1).map((each) => each.longestTurn)),
      }
    },
    end: () => clearInterval(timer),
  }
}

async function bucketsOf(histogram: Histogram): Promise<Buckets> {
  const { values } = await histogram.get()
  return new Map(
    values.flatMap(({ labels: { le }, value }): [number, number][] =>
      le === undefined ? [] : [[le === '+Inf' ? Infinity : Number(le), value]],
    ),
  )
}

/**
 * In milliseconds, between two counts of the same histogram. Within the bucket it is taken in proportion, as PromQL's
 * `histogram_quantile` does; beyond the largest bound it is that bound.
 */
export function p99Between(before: Buckets, now: Buckets): number | null {
  const counts = [...now].map(([bound, count]): [number, number] => [bound, count - (before.get(bound) ?? 0)])
  const total = counts.at(-1)?.[1] ?? 0
  if (total === 0) return null
  let [lower, below] = [0, 0]
  for (const [bound, count] of counts) {
    if (bound === Infinity) break
    if (count >= 0.99 * total) return 1000 * (lower + ((bound - lower) * (0.99 * total - below)) / (count - below))
    ;[lower, below] = [bound, count]
  }
  return 1000 * lower
}
