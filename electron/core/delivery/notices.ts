// What the person at this machine is told: an incident at once, once, with all of its events by name. The first waits for a
// moment, since what breaks together is judged one after the other.
import type { Change } from '../../../shared/contract/stream.ts'
import { SEVERITIES, type Event, type Severity } from '../../../shared/schemas/event.ts'
import { createTelling } from './telling.ts'

export interface Notice {
  /** The worst of its events; of several, the one that was raised first. */
  event: Event
  title: string
  body: string
}

/** Milliseconds. */
const GATHERING = 1000

/** Names of others that a notice has room for. */
const MOST_NAMED = 4

/** Gives a function that hears every change in its order; `wanted` says whether events of a severity are told now. */
export function createNotices(wanted: (severity: Severity) => boolean, tell: (notice: Notice) => void) {
  const isToTell = createTelling(wanted)
  /** Events of incidents that are about to be told, by incident and by event. */
  const waiting = new Map<number, Map<number, Event>>()

  const gather = (incidentId: number) => {
    const events = new Map<number, Event>()
    waiting.set(incidentId, events)
    setTimeout(() => {
      waiting.delete(incidentId)
      if (events.size > 0) tell(noticeOf([...events.values()]))
    }, GATHERING).unref()
    return events
  }

  return (change: Change): void => {
    const { event } = change
    const toTell = isToTell(change)
    const events = waiting.get(event.incident_id) ?? (toTell ? gather(event.incident_id) : undefined)
    if (event.status === 'OPEN' && !event.silenced_by && wanted(event.severity)) events?.set(event.id, event)
    else events?.delete(event.id)
  }
}

function noticeOf(events: readonly Event[]): Notice {
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
