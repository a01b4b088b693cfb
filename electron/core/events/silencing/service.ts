// Keeps live events as quiet as they should be: when silences or windows change, when the clock brings one into force or
// ends it, and when somebody snoozes an event.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Change } from '../../../../shared/schemas/change.ts'
import type { ChangeFeed } from '../../platform/change-feed.ts'
import { AppError, required } from '../../platform/errors.ts'
import { isLive, TOCSIN } from '../../../../shared/domain/event-status.ts'
import type { Clock } from '../../platform/ports.ts'
import type { Store } from '../../store/types/store.ts'
import type { StoredEvent } from '../../store/types/events.ts'
import { createSilencer, type SilenceMatch, type MatchedFacts } from './active-silence.ts'
import { isDifferent, timelineLine, silencedFields, type SilencedFields } from './silenced-fields.ts'

export interface SilenceService {
  /**
   * What keeps an event quiet that has just been seen. Its sample may be older than its judgement: what was quiet then,
   * or is now, does not ring, and where the silence is over by now, the next `tick` ends it.
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
const SAMPLES_COME_WITHIN = 86_400_000

/** Milliseconds by which a clock may have been ahead when somebody snoozed an event. */
const MAX_AHEAD = 86_400_000

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

  const existing = (id: number): StoredEvent => {
    const event = required(events.get(id), 'event', id)
    if (!isLive(event)) throw new AppError('WRONG_STATE', `Event ${id} is ${event.status}.`)
    return event
  }

  /** Inside a transaction. */
  const change = (event: StoredEvent, silencing: SilencedFields, line?: Parameters<typeof note>[1]): Change => {
    if (line) note(event, line)
    return store.changes.append('event_updated', events.update(event.id, silencing))
  }
  const note = ({ id }: StoredEvent, line: ReturnType<typeof timelineLine> & { who: string }) =>
    events.addToTimeline(id, { ...line, at: new Date(clock.now()).toISOString() })

  /** One that was made by a clock that was ahead by more than a day would last for who knows how long. */
  const isSnoozed = ({ id, silenced_by, silenced_until }: StoredEvent, now: number): boolean => {
    if (silenced_by !== 'snooze' || Date.parse(silenced_until ?? '') <= now) return false
    const made = events.timeline(id).findLast(({ kind }) => kind === 'silenced')
    return !made || Date.parse(made.at) <= now + MAX_AHEAD
  }

  /** Inside a transaction: a snooze that still runs stays. */
  const follow = (id: number, who: string): Change[] => {
    const event = events.get(id)
    const now = clock.now()
    if (!event || !isLive(event) || isSnoozed(event, now)) return []
    const quieting = silencer.match(event, now)
    const silencing = silencedFields(quieting)
    if (isDifferent(event, silencing)) return [change(event, silencing, { ...timelineLine(quieting), who })]
    return event.silenced_until === silencing.silenced_until ? [] : [change(event, silencing)]
  }

  const followAll = async (ids: readonly number[], who: string) => {
    for (let from = 0; from < ids.length; from += EVENTS_PER_COMMIT) {
      const part = ids.slice(from, from + EVENTS_PER_COMMIT)
      feed.publish(await store.commit(() => part.flatMap((id) => follow(id, who))))
      await nextTurn()
    }
  }

  const take = async (step: () => Change): Promise<StoredEvent> => {
    const told = await store.commit(step)
    feed.publish([told])
    return events.get(told.event.id)!
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
      const inForce = silencer.active(lookedAt)
      await followAll(events.liveIds(), who)
      followed = inForce
    },
    async tick() {
      const now = clock.now()
      // The clock was set back: what was over, and left out, may be in force.
      if (now < lookedAt) {
        silencer = read()
        followed = undefined
      }
      lookedAt = now
      const inForce = silencer.active(now)
      await followAll(inForce === followed ? events.silencedUpTo(now) : events.liveIds(), TOCSIN)
      followed = inForce
    },
    snooze: (id, until, comment) =>
      take(() => {
        const silencing = {
          silenced_by: 'snooze',
          silence_id: null,
          silenced_until: new Date(until).toISOString(),
        } as const
        return change(existing(id), silencing, { kind: 'silenced', who: user, comment: comment ?? null })
      }),
    unsnooze: (id, comment) =>
      take(() => {
        const event = existing(id)
        if (event.silenced_by !== 'snooze') throw new AppError('WRONG_STATE', `Event ${id} is not snoozed.`)
        note(event, { kind: 'unsilenced', who: user, comment: comment ?? null })
        const quieting = silencer.match(event, clock.now())
        return change(
          event,
          silencedFields(quieting),
          quieting ? { ...timelineLine(quieting), who: TOCSIN } : undefined,
        )
      }),
  }
}
