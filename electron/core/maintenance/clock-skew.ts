// Notices that the machine's clock was set. What is stored then looks older or newer than it is, and if a wrong clock
// has stamped samples ahead of the time, all that comes after them looks late: once the clock has stayed as it is for some
// minutes, those are marked late.
import { uptime } from 'node:os'
import { DAY, MINUTE } from '../../../shared/domain/time.ts'
import { textsFor } from '../../../shared/texts/texts.ts'
import type { WatchCache } from '../detection/watch-cache.ts'
import { createLateSeries } from './late-series.ts'
import type { SystemNotices } from './system-notices.ts'
import type { Clock } from '../platform/ports.ts'
import type { Store } from '../store/types/store.ts'

export interface ClockSkew {
  /** To be called every few seconds. True if samples must be compacted before they can be marked as late. */
  tick(): boolean
}

interface Deps {
  clock: Clock
  /** Seconds, sleep included: a machine that slept has no other clock than before. */
  sinceBoot?: () => number
  store: Pick<Store, 'series' | 'samples' | 'states' | 'idempotency' | 'transaction'>
  watchCache: Pick<WatchCache, 'forgetSeries'>
  notices: Pick<SystemNotices, 'publish'>
}

/** Milliseconds. Clocks are corrected by less all the time. */
const MIN_SKEW = MINUTE
/** Seconds after which a clock is trusted: one without a battery is wrong until it is synchronized over the network. */
const SETTLED = 300
/** Series that are set right at a time: some 20 ms. */
const MAX_PER_TICK = 500

const texts = textsFor()

/** Looks at once whether the clock is behind what is stored. */
export function createClockSkew({ clock, sinceBoot = uptime, ...deps }: Deps): ClockSkew {
  const { store, watchCache, notices } = deps
  const lateSeries = createLateSeries(deps)
  const offset = () => clock.now() - sinceBoot() * 1000
  const markUnverified = () => ({ newestId: store.samples.newestId() })
  let before = offset()
  /** Since when nobody knows which is right, the clock or the samples up to this one. */
  let unverified: ReturnType<typeof markUnverified> | undefined = markUnverified()
  let setAt = sinceBoot()

  const newest = store.series.all().reduce((latest, { lastTime }) => Math.max(latest, lastTime), 0)
  const ahead = newest - clock.now()
  if (ahead > DAY + MIN_SKEW) {
    notices.publish('clock', texts.clockBehindSamples({ byMs: ahead }))
  }

  function wasSet(by: number): void {
    notices.publish('clock', by < 0 ? texts.clockSetBack({ byMs: -by }) : texts.clockSetForward({ byMs: by }))
    unverified = markUnverified()
    setAt = sinceBoot()
    store.transaction(() => store.idempotency.renew(clock.now()))
  }

  /** A source whose own clock is ahead goes on posting ahead, and is left alone. */
  function markLate(newestId: number): void {
    const now = clock.now()
    const ahead = store.series.all().filter((each) => each.lastTime > now + MIN_SKEW && each.lastSampleId <= newestId)
    if (ahead.length === 0) return void (unverified = undefined)
    const done = store.transaction(() =>
      ahead.slice(0, MAX_PER_TICK).filter(({ id }) => {
        const isDone = store.samples.markFutureAsLate(id, now)
        if (isDone) store.states.remove(id)
        return isDone
      }),
    )
    watchCache.forgetSeries(new Set(done.map(({ id }) => id)))
    if (done.length > 0) notices.publish('clock', texts.evaluationResumed())
  }

  return {
    tick() {
      const now = offset()
      const by = now - before
      before = now
      if (Math.abs(by) > MIN_SKEW) wasSet(by)
      if (sinceBoot() - setAt < SETTLED) return false
      if (unverified) markLate(unverified.newestId)
      return lateSeries.tick(clock.now())
    },
  }
}
