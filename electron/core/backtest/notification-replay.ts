// What of an event in the past would have reached a person: not while a silence or a window kept it quiet, and not in
// quiet hours. Pure; it asks what the live way asks (events/silencing, notify/deduplicator.ts), each event by itself.
import { MINUTE } from '../../../shared/domain/time.ts'
import type { Settings } from '../../../shared/schemas/settings.ts'
import type { EventState } from '../events/lifecycle.ts'
import { isNotificationEnabled } from '../notify/quiet-hours.ts'
import type { Silencer, MatchedFacts } from '../events/silencing/active-silence.ts'

export interface Delivery {
  /** What kept it quiet when it was raised. */
  silencedBy: 'silence' | 'window' | null
  /** When it was first notified, in milliseconds since 1970; null: never. */
  notifiedAt: number | null
}

export interface NotificationReplay {
  delivery: Delivery
  /** The event was raised, or grew, at a time in milliseconds since 1970. */
  grew(time: number): void
  /** It was open up to this time. */
  ended(time: number): void
}

export type NotificationSettings = Pick<Settings, 'notify' | 'quiet_hours'>

/** @param life as it grows */
export function replayNotifications(
  life: EventState,
  names: Omit<MatchedFacts, 'severity'>,
  quiet: Silencer,
  settings: NotificationSettings,
): NotificationReplay {
  const delivery: Delivery = { silencedBy: null, notifiedAt: null }
  let { severity } = life
  let silentUntil: number | null = null
  /** Nothing is different before: silences have their end, and quiet hours end with a minute. */
  let lookFrom = -Infinity

  function look(time: number): void {
    const match = quiet.match({ ...names, severity }, time)
    if (lookFrom === -Infinity) delivery.silencedBy = match?.by ?? null
    silentUntil = match?.until ?? null
    if (!match && isNotificationEnabled(severity, settings, time)) delivery.notifiedAt = time
    lookFrom = silentUntil ?? (Math.floor(time / MINUTE) + 1) * MINUTE
  }

  /** At the end of a silence, what is still open is notified. */
  function ended(time: number): void {
    while (delivery.notifiedAt === null && silentUntil !== null && silentUntil < time) look(silentUntil)
  }

  return {
    delivery,
    ended,
    grew(time) {
      if (delivery.notifiedAt !== null) return
      ended(time)
      if (delivery.notifiedAt !== null || (life.severity === severity && time < lookFrom)) return
      severity = life.severity
      look(time)
    },
  }
}
