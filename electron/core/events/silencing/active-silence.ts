// Whether an event is kept quiet, by a silence or a maintenance window. Pure and of plain data, so that a look over the
// history asks the same.
import { MINUTE } from '../../../../shared/domain/time.ts'
import type { Matcher, Silence } from '../../../../shared/schemas/silences.ts'
import type { MaintenanceWindow } from '../../../../shared/schemas/maintenance-windows.ts'
import { createGlob } from '../../../../shared/domain/glob.ts'
import type { StoredEvent } from '../../store/types/events.ts'
import { occurrenceAt } from './occurrences.ts'

/** What an event is matched by. */
export type MatchedFacts = Pick<StoredEvent, 'rule_id' | 'source' | 'metric_type' | 'severity'>

/** What keeps an event quiet. */
export interface SilenceMatch {
  by: 'silence' | 'window'
  /** Of the silence or the window. */
  id: number
  /** Milliseconds since 1970: the first moment at which this one is over. */
  until: number
  /** The silence's comment or the window's name. */
  why: string
}

export interface Silencer {
  /** @param time milliseconds since 1970 */
  match(facts: MatchedFacts, time: number): SilenceMatch | null
  /** Names all that is in force, so that it can be seen when that changes. */
  active(time: number): string
}

interface Entry extends Omit<SilenceMatch, 'until'> {
  matches(facts: MatchedFacts): boolean
  untilAt(time: number): number | undefined
}

/** @param windows those that are switched off are never in force */
export function createSilencer(silences: readonly Silence[], windows: readonly MaintenanceWindow[]): Silencer {
  const entries = [...silences.map(entryOfSilence), ...windows.filter(({ is_active }) => is_active).map(entryOfWindow)]
  return {
    match(facts, time) {
      let longest: SilenceMatch | null = null
      for (const { by, id, why, matches, untilAt } of entries) {
        const until = matches(facts) ? untilAt(time) : undefined
        if (until !== undefined && (!longest || until > longest.until)) longest = { by, id, until, why }
      }
      return longest
    },
    active: (time) =>
      entries
        .filter(({ untilAt }) => untilAt(time) !== undefined)
        .map(({ by, id }) => `${by} ${id}`)
        .join(),
  }
}

function entryOfSilence(silence: Silence): Entry {
  const [from, to] = [Date.parse(silence.from), Date.parse(silence.to)]
  return {
    by: 'silence',
    id: silence.id,
    why: silence.comment,
    matches: createMatcher(silence),
    untilAt: (time) => (from <= time && time < to ? to : undefined),
  }
}

/** Windows begin and end with a minute, so what was found for one holds for all of it: much may fire at once. */
function entryOfWindow(window: MaintenanceWindow): Entry {
  let minute = NaN
  let until: number | undefined
  return {
    by: 'window',
    id: window.id,
    why: window.name,
    matches: createMatcher(window),
    untilAt(time) {
      if (Math.floor(time / MINUTE) !== minute) {
        minute = Math.floor(time / MINUTE)
        until = occurrenceAt(window, time)?.to
      }
      return until
    },
  }
}

/** Whether an event is meant: everything that the matcher names must fit. */
export function createMatcher({ rule_id, severity, ...names }: Matcher): (facts: MatchedFacts) => boolean {
  const matchesNames = createNamesMatcher(names)
  return (facts) =>
    (typeof rule_id !== 'number' || facts.rule_id === rule_id) &&
    (!severity || facts.severity === severity) &&
    matchesNames(facts)
}

type Names = Pick<MatchedFacts, 'source' | 'metric_type'>

/** Whether a name is meant by two globs. */
export function createNamesMatcher(globs: Names): (names: Names) => boolean {
  const [source, metricType] = [createGlob(globs.source), createGlob(globs.metric_type)]
  return (names) => source(names.source) && metricType(names.metric_type)
}
