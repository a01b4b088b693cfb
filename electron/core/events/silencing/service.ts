// Keeps the silenced fields of live events right: if silences or windows change, if one begins or ends by the clock, and if
// somebody snoozes an event.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Change } from '../../../../shared/schemas/change.ts'
import type { ChangeFeed } from '../../platform/change-feed.ts'
import { AppError } from '../../platform/errors.ts'
import { DAY, toIso } from '../../../../shared/domain/time.ts'
import { TOCSIN } from '../../../../shared/domain/event-status.ts'
import type { Clock } from '../../platform/ports.ts'
import type { Store } from '../../store/types/store.ts'
import type { StoredEvent } from '../../store/types/events.ts'
import { createSilencer, type SilenceMatch, type MatchedFacts } from './active-silence.ts'
import { createSilencedEvents } from './silenced-events.ts'
import { silencedFields, timelineLine } from './silenced-fields.ts'

export interface SilenceService {
  /**
   * The silence of an event that has just been raised. Its sample may be older than its evaluation: a silence that was
   * active then counts, too, and if it is over by now, the next `tick` ends it.
   */
  activeSilence(event: MatchedFacts & Pick<StoredEvent, 'last_seen_at'>): SilenceMatch | null
  /** After a change of silences or windows: reads them anew and has all live events follow. */
  changed(who: string): Promise<void>
  /** By the clock, every few seconds. */
  tick(): Promise<void>
  /** NOT_FOUND where there is no such event, WRONG_STATE where it is over. `until` in milliseconds since 1970. */
  snooze(id: number, until: number, comment: string | undefined): Promise<StoredEvent>
  /** NOT_FOUND where there is no such event, WRONG_STATE where it is over or not snoozed. */
  unsnooze(id: number, comment: string | undefined): Promise<StoredEvent>
}

/** Silences that ended so short a time ago are still asked for, in milliseconds: an agent may have waited with samples. */
const SAMPLES_COME_WITHIN = DAY

/** Events that follow in one turn. */
const EVENTS_PER_COMMIT = 200

interface Deps {
  store: Pick<Store, 'silences' | 'windows' | 'events' | 'changes' | 'commit'>
  feed: ChangeFeed
  clock: Clock
  /** The name of the person at this machine. */
  user: string
}

export function createSilenceService({ store, feed, clock, user }: Deps): SilenceService {
  const { events } = store
  const read = () => createSilencer(store.silences.endingAfter(clock.now() - SAMPLES_COME_WITHIN), store.windows.all())
  let silencer = read()
  let lookedAt = clock.now()
  /** What was in force when all live events last followed; at first nobody knows. */
  let followed: string | undefined

  const { liveEvent, change, note, follow } = createSilencedEvents({ store, clock })

  const followAll = async (ids: readonly number[], who: string) => {
    for (let from = 0; from < ids.length; from += EVENTS_PER_COMMIT) {
      const part = ids.slice(from, from + EVENTS_PER_COMMIT)
      feed.publish(await store.commit(() => part.flatMap((id) => follow(id, silencer, who))))
      await nextTurn()
    }
  }

  const take = async (step: () => Change): Promise<StoredEvent> => {
    const change = await store.commit(step)
    feed.publish([change])
    return events.get(change.event.id)!
  }

  return {
    activeSilence(event) {
      const now = clock.now()
      return silencer.match(event, now) ?? silencer.match(event, Math.min(now, Date.parse(event.last_seen_at)))
    },
    async changed(who) {
      silencer = read()
      followed = undefined
      lookedAt = clock.now()
      const active = silencer.active(lookedAt)
      await followAll(events.liveIds(), who)
      followed = active
    },
    async tick() {
      const now = clock.now()
      // The clock was set back: what was over, and left out, may be in force.
      if (now < lookedAt) {
        silencer = read()
        followed = undefined
      }
      lookedAt = now
      const active = silencer.active(now)
      await followAll(active === followed ? events.silencedUpTo(now) : events.liveIds(), TOCSIN)
      followed = active
    },
    snooze: (id, until, comment) =>
      take(() => {
        const silencing = {
          silenced_by: 'snooze',
          silence_id: null,
          silenced_until: toIso(until),
        } as const
        return change(liveEvent(id), silencing, { kind: 'silenced', who: user, comment: comment ?? null })
      }),
    unsnooze: (id, comment) =>
      take(() => {
        const event = liveEvent(id)
        if (event.silenced_by !== 'snooze') throw new AppError('WRONG_STATE', `Event ${id} is not snoozed.`)
        note(event, { kind: 'unsilenced', who: user, comment: comment ?? null })
        const match = silencer.match(event, clock.now())
        return change(event, silencedFields(match), match ? { ...timelineLine(match), who: TOCSIN } : undefined)
      }),
  }
}
