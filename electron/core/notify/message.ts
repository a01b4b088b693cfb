// The text of a notification: an incident with all of its events by name.
import { SEVERITIES, type Event } from '../../../shared/schemas/event.ts'
import { textsFor } from '../../../shared/texts/texts.ts'

const texts = textsFor()

export interface NotificationMessage {
  /** The most severe event; among equals, the one that was raised first. */
  event: Event
  title: string
  body: string
}

/** Metric types of other events that a notification names. */
const MAX_NAMED = 4

/** Characters. Desktops cut longer texts, each at a length of its own. */
const MAX_TITLE_LENGTH = 120
const MAX_BODY_LENGTH = 300

/** Among equals, the one that was raised first. */
export const mostSevere = (events: readonly Event[]): Event =>
  events.reduce((worst, other) =>
    rank(other) > rank(worst) || (rank(other) === rank(worst) && other.id < worst.id) ? other : worst,
  )

/** @param events at least one */
export function formatNotification(events: readonly Event[]): NotificationMessage {
  const event = mostSevere(events)
  const others = events
    .filter((other) => other !== event)
    .toSorted((one, other) => rank(other) - rank(one) || one.id - other.id)
  const { title, description } = event
  const named = others.length === 0 ? [] : [plainText(naming(others), MAX_BODY_LENGTH)]
  return {
    event,
    title: plainText(title, MAX_TITLE_LENGTH),
    body: [plainText(description, MAX_BODY_LENGTH), ...named].join('\n'),
  }
}

/** With texts that may hold names of any client. */
export const plainMessage = (event: Event, title: string, body: string): NotificationMessage => ({
  event,
  title: plainText(title, MAX_TITLE_LENGTH),
  body: plainText(body, MAX_BODY_LENGTH),
})

/** Characters that a desktop may take for markup, and what replaces them. */
const LOOKALIKES: Record<string, string> = { '<': '‹', '>': '›', '&': '＆' }

/**
 * Any client can post names, and some desktops render markup in the body of a notification (freedesktop's Desktop
 * Notifications) without saying so beforehand. Line breaks, control characters and marks that change the direction of
 * the text are removed.
 */
function plainText(text: string, maxLength: number): string {
  const line = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .replace(/[<>&]/g, (sign) => LOOKALIKES[sign]!)
  const characters = Array.from(line)
  return characters.length > maxLength ? `${characters.slice(0, maxLength - 1).join('')}…` : line
}

function naming(others: readonly Event[]): string {
  const sources = [...new Set(others.map(({ source }) => source))]
  const source = sources[0]!
  if (sources.length > 1)
    return texts.othersOnSources({
      count: others.length,
      sources: sources.slice(0, MAX_NAMED),
      more: Math.max(0, sources.length - MAX_NAMED),
    })
  const metricTypes = [...new Set(others.map(({ metric_type }) => metric_type))]
  const cut = metricTypes.length > MAX_NAMED
  return texts.othersOnSource({ source, count: others.length, metricTypes: metricTypes.slice(0, MAX_NAMED), cut })
}

const rank = ({ severity }: Event) => SEVERITIES.indexOf(severity)
