import type { TFunction } from 'i18next'
import type { Event } from '../../../shared/schemas/event.ts'

/** The title of an event, and how many others are meant with it. */
export const groupTitle = (t: TFunction, { title }: Event, events: readonly Event[]): string =>
  events.length > 1 ? t('together', { title, count: events.length - 1 }) : title
