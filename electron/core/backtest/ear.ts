// What of an event in the past would have reached a person: not while a silence or a window kept it quiet, and not in
// quiet hours. Pure; it asks what the live way asks (quiet/desk.ts, delivery/telling.ts), each event by itself.
import type { Settings } from '../../../shared/schemas/settings.ts'
import type { Life } from '../events/lifecycle.ts'
import { isWanted } from '../quiet/quiet-hours.ts'
import type { Quiet, QuietFacts } from '../quiet/quiet.ts'

export interface Heard {
  /** What kept it quiet when it was raised. */
  silencedBy: 'silence' | 'window' | null
  /** When it was first told, in milliseconds since 1970; null: never. */
  toldAt: number | null
}

export interface Listening {
  heard: Heard
  /** The event was raised, or grew, at a time in milliseconds since 1970. */
  grew(time: number): void
  /** It was open up to this time. */
  ended(time: number): void
}

export type HearingSettings = Pick<Settings, 'notify' | 'quiet_hours'>

const MINUTE = 60_000

/** @param life as it grows */
export function listenTo(
  life: Life,
  names: Omit<QuietFacts, 'severity'>,
  quiet: Quiet,
  settings: HearingSettings,
): Listening {
  const heard: Heard = { silencedBy: null, toldAt: null }
  let { severity } = life
  let silentUntil: number | null = null
  /** Nothing is different before: silences have their end, and quiet hours end with a minute. */
  let lookFrom = -Infinity

  function look(time: number): void {
    const quieting = quiet.isQuiet({ ...names, severity }, time)
    if (lookFrom === -Infinity) heard.silencedBy = quieting?.by ?? null
    silentUntil = quieting?.until ?? null
    if (!quieting && isWanted(severity, settings, time)) heard.toldAt = time
    lookFrom = silentUntil ?? (Math.floor(time / MINUTE) + 1) * MINUTE
  }

  /** The end of a silence lets be heard what is still open. */
  function ended(time: number): void {
    while (heard.toldAt === null && silentUntil !== null && silentUntil < time) look(silentUntil)
  }

  return {
    heard,
    ended,
    grew(time) {
      if (heard.toldAt !== null) return
      ended(time)
      if (heard.toldAt !== null || (life.severity === severity && time < lookFrom)) return
      severity = life.severity
      look(time)
    },
  }
}
