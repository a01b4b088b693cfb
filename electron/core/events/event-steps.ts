// What each action on an event changes, from which state it is possible, and the feedback for the detector.
import { AppError } from '../platform/errors.ts'
import type { EventUndo } from '../store/types/events.ts'
import type { SeriesFeedback } from '../store/types/feedback.ts'
import type { EventStep } from './event-changes.ts'

type Step = Omit<EventStep, 'who' | 'comment'>

export const conflict = (detail: string) => new AppError('CONFLICT', detail)

export const OPEN_AGAIN = {
  status: 'OPEN',
  acknowledged_at: null,
  acknowledged_by: null,
  resolved_at: null,
  resolved_by: null,
  resolution: null,
} as const

/** The feedback for the detector when a change is undone. What it has learned from a false alarm stays learned. */
export const UNDONE_FEEDBACK: Partial<Record<EventUndo['kind'], SeriesFeedback['kind']>> = {
  acknowledged: 'release',
  confirmed: 'release',
  adopted: 'undo_adoption',
  resolved: 'expect_recovery',
  false_positive: 'expect_recovery',
}

export const acknowledgement = (who: string): Step => ({
  kind: 'acknowledged',
  patchOf({ id, status }, at) {
    if (status !== 'OPEN') throw new AppError('WRONG_STATE', `Event ${id} is not OPEN but ${status}.`)
    return { status: 'ACKNOWLEDGED', acknowledged_at: at, acknowledged_by: who }
  },
  feedback: () => 'hold',
  undo: 'possible',
})

export const resolution = (who: string): Step => ({
  kind: 'resolved',
  patchOf({ id, status }, at) {
    if (status === 'RESOLVED') throw new AppError('WRONG_STATE', `Event ${id} is already RESOLVED.`)
    return { status: 'RESOLVED', resolved_at: at, resolved_by: who }
  },
})

export const falseAlarm = (who: string): Step => ({
  kind: 'false_positive',
  patchOf: ({ status }, at) =>
    status === 'FALSE_POSITIVE'
      ? {}
      : {
          status: 'FALSE_POSITIVE',
          confirmed_at: null,
          confirmed_by: null,
          resolved_at: at,
          resolved_by: who,
          resolution: null,
        },
  feedback: ({ status }) => (status === 'FALSE_POSITIVE' ? undefined : 'false_alarm'),
  undo: 'possible',
})

export const confirmation = (who: string): Step => ({
  kind: 'confirmed',
  patchOf({ id, status, confirmed_at }, at) {
    if (status === 'FALSE_POSITIVE') throw conflict(`Event ${id} is marked as a false alarm.`)
    if (confirmed_at !== null) throw conflict(`Event ${id} is confirmed already.`)
    return { confirmed_at: at, confirmed_by: who }
  },
  feedback: ({ resolution }) => (resolution === 'adopted' ? 'undo_adoption' : 'real'),
  undo: 'possible',
})
