// Its own health for the interface.
import { sizesOf, type Readings } from '../health/metrics.ts'
import type { DamageWatch } from '../damage-watch.ts'
import type { Health } from '../health/health.ts'
import type { Notices } from '../notices.ts'
import type { Handlers } from './handlers.ts'

interface Deps {
  health: Pick<Health, 'lastMinute'>
  readings: Pick<Readings, 'waiting' | 'turnedAway' | 'overload' | 'seriesRefusal' | 'sizes' | 'databaseFile'>
  notices: Pick<Notices, 'list' | 'dismiss' | 'trouble'>
  damage: Pick<DamageWatch, 'result'>
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
      posts_turned_away: readings.turnedAway(),
      overload: readings.overload() ?? null,
      series: readings.sizes().series,
      series_refusal: refusalOf(readings.seriesRefusal()),
      commit_p99: minute.commitP99,
      judging_p99: minute.judgingP99,
      compaction_p99: minute.compactionP99,
      event_loop_longest: minute.longestTurn,
      database_check: damage.result(),
      trouble: notices.trouble() ?? null,
      notices: notices.list(),
      database_bytes: database + wal,
      memory_bytes: process.memoryUsage.rss(),
    }
  },
  dismissNotice: ({ params }) => notices.dismiss(params.notice_id),
})

const refusalOf = (refusal: ReturnType<Readings['seriesRefusal']>) =>
  refusal ? { ...refusal, at: new Date(refusal.at).toISOString() } : null
