// What the engineer does with events: acknowledge, confirm, comment, resolve, reopen, mark a false alarm, and undo.
import { isLive, TOCSIN } from '../../../shared/domain/event-status.ts'
import { MINUTE } from '../../../shared/domain/time.ts'
import type { EventDetail } from '../../../shared/schemas/event.ts'
import { textsFor } from '../../../shared/texts/texts.ts'
import type { ChangeFeed } from '../platform/change-feed.ts'
import type { Clock } from '../platform/ports.ts'
import type { EventPatch, EventUndo, StoredEvent } from '../store/types/events.ts'
import type { Store } from '../store/types/store.ts'
import { createEventChanges, type EventStep } from './event-changes.ts'
import {
  acknowledgement,
  confirmation,
  conflict,
  falseAlarm,
  OPEN_AGAIN,
  resolution,
  UNDONE_FEEDBACK,
} from './event-steps.ts'
import { createPresentValue } from './present-value.ts'
import { createReopening } from './reopening.ts'
import type { SilenceService } from './silencing/service.ts'
import { silencedFields } from './silencing/silenced-fields.ts'

const texts = textsFor()

/** Each throws NOT_FOUND where there is no such event. */
export interface EventActions {
  get(id: number): EventDetail
  /** WRONG_STATE where it is not OPEN. */
  acknowledge(id: number, comment: string | undefined): Promise<void>
  /** WRONG_STATE where it is already RESOLVED. */
  resolve(id: number, comment: string | undefined): Promise<void>
  markFalsePositive(id: number, comment: string | undefined): Promise<void>
  /** That it is a real problem. CONFLICT if it is confirmed already, or marked as a false alarm. */
  confirm(id: number, comment: string | undefined): Promise<void>
  comment(id: number, comment: string): Promise<void>
  /** CONFLICT where it has not ended, or nothing could resolve it again. */
  reopen(id: number, comment: string | undefined): Promise<void>
  /** The last change by a person, or the adoption of a new normal. CONFLICT where there is none that can be undone. */
  undo(id: number, comment: string | undefined): Promise<void>
  /** Drills resolve themselves after ten minutes. */
  endDrills(): Promise<void>
}

const DRILL_LASTS = 10 * MINUTE

interface Deps {
  store: Pick<Store, 'events' | 'series' | 'rules' | 'changes' | 'feedback' | 'commit'>
  silencing: Pick<SilenceService, 'activeSilence'>
  feed: ChangeFeed
  clock: Clock
  /** The name of the person at this machine. */
  user: string
}

export function createEventActions({ store, silencing, feed, clock, user }: Deps): EventActions {
  const changes = createEventChanges({ store, feed, clock })
  const reopening = createReopening(store)
  const present = createPresentValue(store.series)

  const takeAs = (id: number, comment: string | undefined, step: Omit<EventStep, 'who' | 'comment'>) =>
    changes.take(id, { ...step, who: user, comment })

  /** A silence may have begun or ended since it was live. */
  const liveAgain = (event: StoredEvent, patch: EventPatch): EventPatch => {
    reopening.assertPossible(event)
    return { ...patch, ...silencedFields(silencing.activeSilence({ ...event, ...patch })) }
  }

  function undone(event: StoredEvent, undo: EventUndo | undefined): EventPatch {
    if (!undo) throw conflict(`Event ${event.id} has nothing to undo.`)
    const { before, kind } = undo
    // What is normal is undone in any case. If a newer event was raised since, the next anomaly belongs to that.
    if (kind === 'adopted' && !changes.isNewest(event)) return { resolution: null }
    return before.status && isLive({ status: before.status }) && !isLive(event) ? liveAgain(event, before) : before
  }

  return {
    get(id) {
      const event = changes.existing(id)
      return { ...present(event), timeline: store.events.timeline(id), undo: changes.undoable(event) }
    },
    acknowledge: (id, comment) => takeAs(id, comment, acknowledgement(user)),
    resolve: (id, comment) => takeAs(id, comment, { ...resolution(user), undo: 'possible' }),
    markFalsePositive: (id, comment) => takeAs(id, comment, falseAlarm(user)),
    confirm: (id, comment) => takeAs(id, comment, confirmation(user)),
    comment: (id, comment) => takeAs(id, comment, { kind: 'commented', patchOf: () => ({}) }),
    reopen: (id, comment) =>
      takeAs(id, comment, {
        kind: 'reopened',
        patchOf(event) {
          if (isLive(event)) throw conflict(`Event ${event.id} has not ended: it is ${event.status}.`)
          return liveAgain(event, OPEN_AGAIN)
        },
        feedback: (event) => (event.resolution === 'adopted' ? 'undo_adoption' : undefined),
        undo: 'possible',
      }),
    undo: (id, comment) =>
      takeAs(id, comment, {
        kind: 'undone',
        patchOf: (event) => undone(event, changes.undoOf(event)),
        feedback: (event) => UNDONE_FEEDBACK[changes.undoOf(event)!.kind],
        undo: 'clear',
      }),
    async endDrills() {
      for (const { id } of store.events.drillsBefore(clock.now() - DRILL_LASTS))
        await changes.take(id, { ...resolution(TOCSIN), who: TOCSIN, comment: texts.drillEnded() })
    },
  }
}
