// What an engineer can do with an event, and when.
import type { Event, Status } from '../../../shared/schemas/event.ts'

export const ACTIONS = ['acknowledge', 'resolve', 'falseAlarm'] as const
export type Action = (typeof ACTIONS)[number]

/** The key that stands for an action. */
export const ACTION_KEYS = { acknowledge: 'a', resolve: 'r', falseAlarm: 'f' } as const

/** An event that somebody wants to do something with. */
export interface PendingAction {
  action: Action
  event: Event
}

/** With all events that are meant by it, the one named among them. */
export interface PendingGroupAction extends PendingAction {
  events: readonly Event[]
}

/** Whether the program would take this step from here. */
export function isActionAllowed(action: Action, status: Status): boolean {
  if (action === 'acknowledge') return status === 'OPEN'
  if (action === 'resolve') return status !== 'RESOLVED'
  return status !== 'FALSE_POSITIVE'
}
