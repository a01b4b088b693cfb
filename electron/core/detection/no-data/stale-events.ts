// Live events whose series sends no more data: their timeline says so, and in the end they end without data.
import { TOCSIN } from '../../../../shared/domain/event-status.ts'
import { DAY, MINUTE, toIso } from '../../../../shared/domain/time.ts'
import type { Change } from '../../../../shared/schemas/change.ts'
import { textsFor } from '../../../../shared/texts/texts.ts'
import { Rhythm } from '../../detectors/rhythm.ts'
import type { ChangeFeed } from '../../platform/change-feed.ts'
import type { StoredEvent } from '../../store/types/events.ts'
import type { SeriesStatus } from '../../store/types/series.ts'
import type { Store } from '../../store/types/store.ts'
import type { Staleness } from './staleness.ts'

const texts = textsFor()

const CHECK_EVERY = MINUTE

/** A silence is noted after this long, and ends an event after this long: one that says that data are missing later. */
const SAID_AFTER = 5 * MINUTE
const ENDS_AFTER = DAY
const SILENCE_ENDS_AFTER = 7 * DAY

/** A series that comes seldom is silent only after so many times its interval. */
const MISSED_SAMPLES = 3

/** Samples from which an interval is known. */
const RECENT = 17

interface Deps {
  store: Pick<Store, 'events' | 'changes' | 'samples' | 'commit'>
  staleness: Staleness
  feed: ChangeFeed
}

/** `tick` is to be called every few seconds, after an update of `staleness`. */
export function createStaleEvents({ store, staleness, feed }: Deps): { tick(): Promise<void> } {
  const { events, changes, samples } = store
  let checkedAt = -Infinity

  function intervalOf({ id }: SeriesStatus): number {
    const rhythm = new Rhythm()
    for (const { time } of samples.recent(id, RECENT)) rhythm.add(time)
    return rhythm.interval
  }

  /** Inside a transaction. */
  function check(event: StoredEvent, series: SeriesStatus): Change[] {
    const silentMs = staleness.staleFor(series)
    if (silentMs < SAID_AFTER) return []
    const isForSilence = event.side === 'silent'
    if (!isForSilence && silentMs < MISSED_SAMPLES * intervalOf(series)) return []
    if (silentMs >= (isForSilence ? SILENCE_ENDS_AFTER : ENDS_AFTER)) return [end(event, silentMs)]
    return isForSilence ? [] : say(event, silentMs)
  }

  function end({ id }: StoredEvent, silentMs: number): Change {
    const at = toIso(staleness.now())
    events.addToTimeline(id, { at, kind: 'resolved', who: TOCSIN, comment: texts.endedWithoutData({ silentMs }) })
    return changes.append(
      'event_updated',
      events.update(id, {
        status: 'RESOLVED',
        resolved_at: at,
        resolved_by: TOCSIN,
        resolution: 'without_data',
      }),
    )
  }

  /** Once for each silence. */
  function say(event: StoredEvent, silentMs: number): Change[] {
    const since = staleness.now() - silentMs
    const isSaid = events.timeline(event.id).some(({ kind, at }) => kind === 'no_data' && Date.parse(at) >= since)
    if (isSaid) return []
    const comment = texts.noDataFor({ silentMs })
    events.addToTimeline(event.id, { at: toIso(staleness.now()), kind: 'no_data', who: TOCSIN, comment })
    return [changes.append('event_updated', event)]
  }

  return {
    async tick() {
      const now = staleness.now()
      if (now >= checkedAt && now - checkedAt < CHECK_EVERY) return
      checkedAt = now
      // After a start or a wake, agents are given time to send.
      if (staleness.uptimeSinceWake() < SAID_AFTER) return
      const series = new Map(staleness.all().map((each) => [each.id, each]))
      const live = events.liveIds().flatMap((id) => events.get(id) ?? [])
      const silent = live.filter(({ series_id, drill }) => {
        const known = series.get(series_id)
        return !drill && known !== undefined && staleness.staleFor(known) >= SAID_AFTER
      })
      if (silent.length === 0) return
      feed.publish(await store.commit(() => silent.flatMap((event) => check(event, series.get(event.series_id)!))))
    },
  }
}
