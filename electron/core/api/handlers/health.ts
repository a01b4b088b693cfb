// Its own health for the interface.
import { sizesOf, type Readings } from '../../telemetry/metrics.ts'
import type { IntegrityCheck } from '../../maintenance/integrity-check.ts'
import type { Health } from '../../telemetry/health.ts'
import type { SystemNotices } from '../../maintenance/system-notices.ts'
import type { Handlers } from './handlers.ts'

interface Deps {
  health: Pick<Health, 'lastMinute'>
  readings: Pick<Readings, 'waiting' | 'rejected' | 'overload' | 'seriesRefusal' | 'sizes' | 'databaseFile'>
  notices: Pick<SystemNotices, 'list' | 'dismiss' | 'trouble'>
  damage: Pick<IntegrityCheck, 'result'>
  /** Milliseconds since 1970. */
  runningSince: number
}

type HealthHandlers = Pick<Handlers, 'getHealth' | 'dismissNotice'>

export const healthHandlers = ({ health, readings, notices, damage, runningSince }: Deps): HealthHandlers => ({
  async getHealth() {
    const minute = await health.lastMinute()
    const { database, wal } = sizesOf(readings.databaseFile)
    return {
      running_since: new Date(runningSince).toISOString(),
      samples_waiting: readings.waiting(),
      samples_per_second: minute.samplesPerSecond,
      rejected_posts: readings.rejected(),
      overload: readings.overload() ?? null,
      series: readings.sizes().series,
      series_rejection: refusalOf(readings.seriesRefusal()),
      commit_p99: minute.commitP99,
      evaluation_p99: minute.judgingP99,
      compaction_p99: minute.compactionP99,
      event_loop_lag_max: minute.longestTurn,
      integrity_check: damage.result(),
      write_error: notices.trouble() ?? null,
      notices: notices.list(),
      database_bytes: database + wal,
      memory_bytes: process.memoryUsage.rss(),
    }
  },
  dismissNotice: ({ params }) => notices.dismiss(params.notice_id),
})

const refusalOf = (refusal: ReturnType<Readings['seriesRefusal']>) =>
  refusal
    ? { at: new Date(refusal.at).toISOString(), source: refusal.source, limit: refusal.limit, max: refusal.most }
    : null
