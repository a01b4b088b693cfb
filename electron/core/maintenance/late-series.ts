// Series whose samples arrive live, but behind a sample from ahead of them: one odd stamp, or a source whose clock was set
// back, such as one that sends local time as UTC in autumn. None of them would be evaluated until that time has come.
// A backlog is recognized by its pace: its times advance much faster than the clock.
import { HOUR, MINUTE } from '../../../shared/domain/time.ts'
import { textsFor } from '../../../shared/texts/texts.ts'
import type { WatchCache } from '../detection/watch-cache.ts'
import type { SeriesStatus } from '../store/types/series.ts'
import type { Store } from '../store/types/store.ts'
import type { SystemNotices } from './system-notices.ts'

const texts = textsFor()

/** A run of late samples is live after so many of them, over so long. */
const MIN_ARRIVALS = 3
const MIN_SPAN = MINUTE

/** Times may go on by this much more or less than the clock, as a share of it. */
const TOLERANCE = 0.5

/** A run without a further sample for this long is dropped. */
const FORGOTTEN_AFTER = HOUR

/** Late samples of one series, in the order of arrival. */
interface LateRun {
  newestId: number
  arrivals: number
  /** Time of the first and of the newest sample, and when they arrived. */
  firstTime: number
  firstAt: number
  lastTime: number
  lastAt: number
}

interface Deps {
  store: Pick<Store, 'series' | 'samples' | 'states' | 'transaction'>
  watchCache: Pick<WatchCache, 'forgetSeries'>
  notices: Pick<SystemNotices, 'publish'>
}

export interface LateSeries {
  /**
   * To be called every few seconds while the clock is trusted. Marks the samples from ahead as late, so that what arrives
   * is evaluated. True if some of them must be compacted first.
   */
  tick(now: number): boolean
}

export function createLateSeries({ store, watchCache, notices }: Deps): LateSeries {
  const runs = new Map<number, LateRun>()
  /** A source is mentioned once. */
  const mentioned = new Set<string>()

  function observe({ id, lastSampleId, lastHeadId }: SeriesStatus, now: number): LateRun | undefined {
    const known = runs.get(id)
    if (lastSampleId > (known?.newestId ?? 0)) runs.delete(id)
    const run = runs.get(id)
    const newest = lastHeadId > Math.max(lastSampleId, run?.newestId ?? 0) ? store.samples.get(lastHeadId) : undefined
    if (!newest) {
      if (run && now - run.lastAt > FORGOTTEN_AFTER) runs.delete(id)
      return runs.get(id)
    }
    const { time } = newest
    if (run && time > run.lastTime && isLivePace(time - run.lastTime, now - run.lastAt)) {
      Object.assign(run, { newestId: lastHeadId, arrivals: run.arrivals + 1, lastTime: time, lastAt: now })
      return run
    }
    const first = { newestId: lastHeadId, arrivals: 1, firstTime: time, firstAt: now, lastTime: time, lastAt: now }
    runs.set(id, first)
    return first
  }

  function setRight(series: SeriesStatus, { lastTime }: LateRun): boolean {
    const aheadMs = series.lastTime - lastTime
    const isDone = store.transaction(() => {
      if (!store.samples.markFutureAsLate(series.id, lastTime)) return false
      store.states.remove(series.id)
      return true
    })
    if (!isDone) return false
    runs.delete(series.id)
    watchCache.forgetSeries(new Set([series.id]))
    if (!mentioned.has(series.source))
      notices.publish(
        'clock',
        texts.samplesFromAhead({ source: series.source, metricType: series.metricType, aheadMs }),
      )
    mentioned.add(series.source)
    return true
  }

  return {
    tick(now) {
      let mustCompact = false
      for (const series of store.series.all()) {
        if (series.lastHeadId <= series.lastSampleId && !runs.has(series.id)) continue
        const run = observe(series, now)
        if (run && isLive(run) && !setRight(series, run)) mustCompact = true
      }
      return mustCompact
    },
  }
}

const isLive = ({ arrivals, firstTime, firstAt, lastTime, lastAt }: LateRun): boolean =>
  arrivals >= MIN_ARRIVALS && lastAt - firstAt >= MIN_SPAN && isLivePace(lastTime - firstTime, lastAt - firstAt)

/** It is looked at every few seconds, so that short spans say little. */
const isLivePace = (byTime: number, byClock: number): boolean =>
  Math.abs(byTime - byClock) <= Math.max(TOLERANCE * byClock, MINUTE / 4)
