// The actions on an event, and when they are allowed.
import type { Event, Status } from '../../../shared/schemas/event.ts'

export const ACTIONS = ['acknowledge', 'resolve', 'falseAlarm'] as const
export type Action = (typeof ACTIONS)[number]

/** The shortcut of each action. */
export const ACTION_KEYS = { acknowledge: 'a', resolve: 'r', falseAlarm: 'f' } as const

/** An action that waits for its comment. */
export interface PendingAction {
  action: Action
  event: Event
}

/** With all events that it applies to, including `event`. */
export interface PendingGroupAction extends PendingAction {
  events: readonly Event[]
}

/** Whether the program allows the action in this status. */
export function isActionAllowed(action: Action, status: Status): boolean {
  if (action === 'acknowledge') return status === 'OPEN'
  if (action === 'resolve') return status !== 'RESOLVED'
  return status !== 'FALSE_POSITIVE'
}
