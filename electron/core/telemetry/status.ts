// The figures of System status: what the stages report now, and the last minute of it.
import { toIso } from '../../../shared/domain/time.ts'
import type { Health as SystemHealth } from '../../../shared/schemas/health.ts'
import type { IntegrityCheck } from '../maintenance/integrity-check.ts'
import type { SystemNotices } from '../maintenance/system-notices.ts'
import type { Health } from './health.ts'
import { sizesOf, type Readings } from './metrics.ts'

export interface SystemStatus {
  current(): Promise<SystemHealth>
}

interface Deps {
  health: Pick<Health, 'lastMinute'>
  readings: Pick<Readings, 'waiting' | 'rejected' | 'overload' | 'seriesRejection' | 'sizes' | 'databaseFile'>
  notices: Pick<SystemNotices, 'list' | 'writeError'>
  integrityCheck: Pick<IntegrityCheck, 'result'>
  /** Milliseconds since 1970. */
  runningSince: number
}

export const createSystemStatus = ({
  health,
  readings,
  notices,
  integrityCheck,
  runningSince,
}: Deps): SystemStatus => ({
  async current() {
    const minute = await health.lastMinute()
    const { database, wal } = sizesOf(readings.databaseFile)
    return {
      running_since: toIso(runningSince),
      samples_waiting: readings.waiting(),
      samples_per_second: minute.samplesPerSecond,
      rejected_posts: readings.rejected(),
      overload: readings.overload() ?? null,
      series: readings.sizes().series,
      series_rejection: rejectionOf(readings.seriesRejection()),
      commit_p99: minute.commitP99,
      evaluation_p99: minute.evaluationP99,
      compaction_p99: minute.compactionP99,
      event_loop_lag_max: minute.longestTurn,
      integrity_check: integrityCheck.result(),
      write_error: notices.writeError() ?? null,
      notices: notices.list(),
      database_bytes: database + wal,
      memory_bytes: process.memoryUsage.rss(),
    }
  },
})

const rejectionOf = (rejection: ReturnType<Readings['seriesRejection']>) =>
  rejection ? { at: toIso(rejection.at), source: rejection.source, limit: rejection.limit, max: rejection.most } : null
