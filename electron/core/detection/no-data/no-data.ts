// The timer-driven part of NO_DATA: every few seconds it raises an event for each series that is silent for longer than
// its rule allows, and resolves the event once data return. What was raised is found in the stored events, so that a
// restart repeats nothing.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { TOCSIN } from '../../../../shared/domain/event-status.ts'
import { toIso } from '../../../../shared/domain/time.ts'
import type { Change } from '../../../../shared/schemas/change.ts'
import { textsFor } from '../../../../shared/texts/texts.ts'
import { limitsOf } from '../../detectors/no-data.ts'
import type { Recorder } from '../../events/recorder.ts'
import type { ChangeFeed } from '../../platform/change-feed.ts'
import type { StoredEvent } from '../../store/types/events.ts'
import type { SeriesStatus } from '../../store/types/series.ts'
import type { Store } from '../../store/types/store.ts'
import type { ActiveRules, MatchingRule } from '../active-rules.ts'
import { createDeliveries } from './deliveries.ts'
import { createReminders } from './reminders.ts'
import { createRhythms } from './rhythms.ts'
import { createSourceAge } from './source-age.ts'
import { createStaleEvents } from './stale-events.ts'
import { createStaleness, newestIdOf } from './staleness.ts'

const texts = textsFor()

export interface NoData {
  /** To be called every few seconds, by milliseconds since 1970. */
  tick(now: number): Promise<void>
}

/** Series whose history is read, and events that are written, in one turn of the event loop. */
const MAX_PER_TURN = 64

interface Deps {
  store: Pick<Store, 'samples' | 'series' | 'events' | 'changes' | 'settings' | 'commit' | 'transaction'>
  activeRules: Pick<ActiveRules, 'timerDriven' | 'edition'>
  recorder: Pick<Recorder, 'record'>
  feed: ChangeFeed
  /** The source of the host agent, if one runs. */
  hostSource?: string | undefined
}

export function createNoData({ store, activeRules, recorder, feed, hostSource }: Deps): NoData {
  const { events, changes, samples } = store
  const staleness = createStaleness(store.series)
  const rhythms = createRhythms({ samples, staleness, deliveries: createDeliveries({ store, staleness }) })
  const reminders = createReminders({ store, staleness })
  const isOldEnough = createSourceAge({ store, hostSource })
  const staleEvents = createStaleEvents({ store, staleness, feed })
  let edition = activeRules.edition()
  let isChecking = false

  async function check(entry: MatchingRule): Promise<void> {
    const live = new Map(events.liveOfRule(entry.rule.id).map((event) => [event.series_id, event]))
    const { minSilence } = limitsOf(entry.rule.params)
    const suspects = staleness.all().filter((series) => {
      const event = live.get(series.id)
      if (event) return hasReturned(series, event) || reminders.isDue(event)
      return staleness.staleFor(series) > minSilence && rhythms.isSuspect(series, rhythms.find(entry, series))
    })
    for (let from = 0; from < suspects.length; from += MAX_PER_TURN) {
      const part = suspects.slice(from, from + MAX_PER_TURN)
      feed.publish(await store.commit(() => part.flatMap((series) => record(entry, series, live.get(series.id)))))
      await nextTurn()
    }
  }

  /** What was read before the silence was detected, and arrives late, doesn't end it. */
  const hasReturned = (series: SeriesStatus, event: StoredEvent) =>
    newestIdOf(series) > event.last_sample_id && staleness.hasSampleAfter(series, Date.parse(event.detected_at))

  /** Inside a transaction. */
  function record(entry: MatchingRule, series: SeriesStatus, event: StoredEvent | undefined): Change[] {
    if (!event) return raise(entry, series)
    return hasReturned(series, event) ? [resolve(event)] : reminders.remind(event)
  }

  function raise(entry: MatchingRule, series: SeriesStatus): Change[] {
    const { rule } = entry
    const rhythm = rhythms.find(entry, series)!
    const anomaly = rhythms.evaluate(entry, series, rhythm)
    if (!anomaly || !rhythms.isSuspect(series, rhythm)) return []
    const newest = events.newest(rule.id, series.id)
    const wasRaised = newest !== undefined && newest.last_sample_id >= anomaly.sample.id
    // A series that was silent before the rule was made is not missing.
    const isMissed = anomaly.run.since >= Date.parse(rule.created_at) && isOldEnough(rule, series)
    if (!wasRaised && isMissed) return recorder.record([anomaly])
    rhythm.handledId = newestIdOf(series)
    return []
  }

  function resolve({ id, began_at, detected_at }: StoredEvent): Change {
    const now = staleness.now()
    const at = toIso(now)
    const comment = texts.dataReturned({ silentMs: now - Date.parse(began_at ?? detected_at) })
    events.addToTimeline(id, { at, kind: 'resolved', who: TOCSIN, comment })
    const resolved = events.update(id, { status: 'RESOLVED', resolved_at: at, resolved_by: TOCSIN })
    return changes.append('event_updated', resolved)
  }

  return {
    async tick(now) {
      const rules = activeRules.timerDriven()
      if (isChecking) return
      isChecking = true
      staleness.update(now)
      if (edition !== activeRules.edition()) rhythms.reset()
      edition = activeRules.edition()
      try {
        for (const rule of rules) await check(rule)
        await staleEvents.tick()
      } finally {
        isChecking = false
      }
    },
  }
}
