// The words in which the person at this machine is told of an incident: all of its events by name.
import { SEVERITIES, type Event } from '../../../shared/schemas/event.ts'

export interface NotificationMessage {
  /** The worst of its events; of several, the one that was raised first. */
  event: Event
  title: string
  body: string
}

/** Names of others that a notice has room for. */
const MAX_NAMED = 4

/** @param events at least one */
export function formatNotification(events: readonly Event[]): NotificationMessage {
  const [event, ...others] = events.toSorted((one, other) => rank(other) - rank(one) || one.id - other.id)
  const { title, description } = event!
  const named = others.length === 0 ? [] : [plain(naming(event!, others), MAX_BODY_LENGTH)]
  return {
    event: event!,
    title: plain(title, MAX_TITLE_LENGTH),
    body: [plain(description, MAX_BODY_LENGTH), ...named].join('\n'),
  }
}

/** Characters. Systems cut what is longer, each where it likes. */
const MAX_TITLE_LENGTH = 120
const MAX_BODY_LENGTH = 300

/** What a desktop may take for markup, and what it looks like instead. */
const LOOKALIKES: Record<string, string> = { '<': '‹', '>': '›', '&': '＆' }

/**
 * Names come from whoever posts. The body of a notification may hold markup where the desktop knows it (freedesktop's
 * Desktop Notifications), and nobody says beforehand whether it does. Line breaks, control characters and marks that
 * turn the direction of all that follows are left out.
 */
function plain(text: string, most: number): string {
  const line = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .replace(/[<>&]/g, (sign) => LOOKALIKES[sign]!)
  const characters = Array.from(line)
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : line
}

function naming({ source }: Event, others: readonly Event[]): string {
  const names = [...new Set(others.map(({ metric_type }) => metric_type))]
  const named = names.slice(0, MAX_NAMED).join(', ') + (names.length > MAX_NAMED ? ', …' : '')
  return `And ${others.length} more on ${source}: ${named}`
}

const rank = ({ severity }: Event) => SEVERITIES.indexOf(severity)
