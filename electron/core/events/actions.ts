// What the engineer does with events: acknowledge, resolve, mark a false alarm. Every change is a line in the timeline.
import { MINUTE, toIso } from '../../../shared/domain/time.ts'
import type { EventWithTimeline, Status, TimelineEntry } from '../../../shared/schemas/event.ts'
import type { ChangeFeed } from '../platform/change-feed.ts'
import { AppError, required } from '../platform/errors.ts'
import type { Clock } from '../platform/ports.ts'
import type { EventPatch, StoredEvent } from '../store/types/events.ts'
import type { Store } from '../store/types/store.ts'
import { TOCSIN } from '../../../shared/domain/event-status.ts'
import { textsFor } from '../../../shared/texts/texts.ts'

const texts = textsFor()

export interface EventActions {
  get(id: number): EventWithTimeline
  /** NOT_FOUND where there is no such event, WRONG_STATE where it is not OPEN. */
  acknowledge(id: number, comment: string | undefined): Promise<void>
  /** NOT_FOUND where there is no such event, WRONG_STATE where it is already RESOLVED. */
  resolve(id: number, comment: string | undefined): Promise<void>
  /** NOT_FOUND where there is no such event. */
  markFalsePositive(id: number, comment: string | undefined): Promise<void>
  /** Drills resolve themselves after ten minutes. */
  endDrills(): Promise<void>
}

const DRILL_LASTS = 10 * MINUTE

interface Deps {
  store: Pick<Store, 'events' | 'changes' | 'commit'>
  feed: ChangeFeed
  clock: Clock
  /** The name of the person at this machine. */
  user: string
}

interface Step {
  to: Exclude<Status, 'OPEN'>
  kind: TimelineEntry['kind']
  who: string
  comment: string | undefined
  /** Why the step can't be taken from here, if it can't. */
  refuse?: (event: StoredEvent) => string | false
}

export function createEventActions({ store, feed, clock, user }: Deps): EventActions {
  const existing = (id: number): StoredEvent => required(store.events.get(id), 'event', id)

  const take = async (id: number, { to, kind, who, comment, refuse }: Step): Promise<void> => {
    const change = await store.commit(() => {
      const event = existing(id)
      const refusal = refuse?.(event)
      if (refusal) throw new AppError('WRONG_STATE', refusal)
      const at = toIso(clock.now())
      store.events.addToTimeline(id, { at, kind, who, comment: comment ?? null })
      return store.changes.append('event_updated', store.events.update(id, patchOf(to, at, who)))
    })
    feed.publish([change])
  }

  return {
    get: (id) => ({ ...existing(id), timeline: store.events.timeline(id) }),
    acknowledge: (id, comment) =>
      take(id, {
        to: 'ACKNOWLEDGED',
        kind: 'acknowledged',
        who: user,
        comment,
        refuse: ({ status }) => status !== 'OPEN' && `Event ${id} is not OPEN but ${status}.`,
      }),
    resolve: (id, comment) =>
      take(id, {
        to: 'RESOLVED',
        kind: 'resolved',
        who: user,
        comment,
        refuse: ({ status }) => status === 'RESOLVED' && `Event ${id} is already RESOLVED.`,
      }),
    markFalsePositive: (id, comment) => take(id, { to: 'FALSE_POSITIVE', kind: 'false_positive', who: user, comment }),
    async endDrills() {
      for (const { id } of store.events.drillsBefore(clock.now() - DRILL_LASTS))
        await take(id, { to: 'RESOLVED', kind: 'resolved', who: TOCSIN, comment: texts.drillEnded() })
    },
  }
}

const patchOf = (status: Step['to'], at: string, who: string): EventPatch =>
  status === 'ACKNOWLEDGED'
    ? { status, acknowledged_at: at, acknowledged_by: who }
    : { status, resolved_at: at, resolved_by: who }
