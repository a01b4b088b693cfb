// The words in which the person at this machine is told of an incident: all of its events by name.
import { SEVERITIES, type Event } from '../../../shared/schemas/event.ts'

export interface Notice {
  /** The worst of its events; of several, the one that was raised first. */
  event: Event
  title: string
  body: string
}

/** Names of others that a notice has room for. */
const MOST_NAMED = 4

/** @param events at least one */
export function noticeOf(events: readonly Event[]): Notice {
  const [event, ...others] = events.toSorted((one, other) => rank(other) - rank(one) || one.id - other.id)
  const { title, description } = event!
  const named = others.length === 0 ? [] : [plain(naming(event!, others), MOST_IN_BODY)]
  return {
    event: event!,
    title: plain(title, MOST_IN_TITLE),
    body: [plain(description, MOST_IN_BODY), ...named].join('\n'),
  }
}

/** Characters. Systems cut what is longer, each where it likes. */
const MOST_IN_TITLE = 120
const MOST_IN_BODY = 300

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
  const named = names.slice(0, MOST_NAMED).join(', ') + (names.length > MOST_NAMED ? ', …' : '')
  return `And ${others.length} more on ${source}: ${named}`
}

const rank = ({ severity }: Event) => SEVERITIES.indexOf(severity)
