import type { TFunction } from 'i18next'
import type { Event } from '../../../shared/schemas/event.ts'

/** The title of an event, and the number of others in its group. */
export const groupTitle = (t: TFunction, { title }: Event, events: readonly Event[]): string =>
  events.length > 1 ? t('group', { title, count: events.length - 1 }) : title
