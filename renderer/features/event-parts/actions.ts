// The actions on an event, and when they are allowed.
import { isLive } from '../../../shared/domain/event-status.ts'
import type { Event, EventDetail } from '../../../shared/schemas/event.ts'

/** In every row and on the page of an event. */
export const ACTIONS = ['acknowledge', 'resolve', 'falseAlarm'] as const
/** On the page of an event only. */
export const PAGE_ACTIONS = ['confirm', 'comment', 'reopen', 'undo'] as const
export type Action = (typeof ACTIONS)[number] | (typeof PAGE_ACTIONS)[number]

/** The shortcut of each action. */
export const ACTION_KEYS = {
  acknowledge: 'a',
  resolve: 'r',
  falseAlarm: 'f',
  confirm: 'c',
  comment: 'm',
  reopen: 'o',
  undo: 'u',
} as const satisfies Record<Action, string>

/** An action that waits for its comment. */
export interface PendingAction {
  action: Action
  event: Event
}

/** With all events that it applies to, including `event`. */
export interface PendingGroupAction extends PendingAction {
  events: readonly Event[]
}

type ActionTarget = Event & Partial<Pick<EventDetail, 'undo'>>

/** Whether the program allows the action on the event as it is. */
export const isActionAllowed = (action: Action, event: ActionTarget): boolean => ALLOWED[action](event)

const ALLOWED: Record<Action, (event: ActionTarget) => boolean> = {
  acknowledge: ({ status }) => status === 'OPEN',
  resolve: ({ status }) => status !== 'RESOLVED',
  falseAlarm: ({ status }) => status !== 'FALSE_POSITIVE',
  confirm: ({ status, confirmed_at }) => status !== 'FALSE_POSITIVE' && confirmed_at === null,
  comment: () => true,
  reopen: (event) => !isLive(event),
  undo: ({ undo }) => undo !== null && undo !== undefined,
}

/** Those that the page of an event shows: what is rarely possible is left out while it isn't. */
export const actionsOnPage = (event: EventDetail): Action[] => [
  ...ACTIONS,
  'confirm',
  'comment',
  ...(['reopen', 'undo'] as const).filter((action) => isActionAllowed(action, event)),
]
