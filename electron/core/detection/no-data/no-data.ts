// The clock's part of NO_DATA: asks every few seconds which series have been silent for too long. The detector says how
// long that is, from the newest history; what was said already stands in the events, so that a restart repeats nothing.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { textsFor } from '../../../../shared/texts/texts.ts'
import type { Change } from '../../../../shared/schemas/change.ts'
import type { TimelineEntry } from '../../../../shared/schemas/event.ts'
import type { ChangeFeed } from '../../platform/change-feed.ts'
import { leastSilenceOf } from '../../detectors/no-data.ts'
import { mayRaise } from '../../events/lifecycle.ts'
import { type Anomaly } from '../../events/transition.ts'
import { TOCSIN } from '../../../../shared/domain/event-status.ts'
import type { Recorder } from '../../events/recorder.ts'
import type { SeriesStatus } from '../../store/types/series.ts'
import type { Store } from '../../store/types/store.ts'
import type { StoredEvent } from '../../store/types/events.ts'
import { createStaleness, newestIdOf } from './staleness.ts'
import type { MatchingRule, ActiveRules } from '../active-rules.ts'

const texts = textsFor()

export interface NoData {
  /** To be called every few seconds, by milliseconds since 1970. */
  tick(now: number): Promise<void>
}

const HOUR = 3_600_000
/** After a start or a sleep, a series is given as long as it may be silent, and at most this. */
const MAX_GRACE = HOUR
/** One reminder of an event that nobody took, as long after it as Alertmanager repeats itself. */
const REMINDED_AFTER = 4 * HOUR
/** A rhythm is learned anew when it matters, and else so often. */
const RHYTHM_TTL = HOUR / 6
/** Series whose history is read, and events that are written, in one turn. */
const MAX_PER_TURN = 64

/** What is known of a series under a rule. */
interface Rhythm {
  /** The longest silence that is as usual, in milliseconds; infinite while too few samples are known. */
  longest: number
  /** The newest sample when it was learned, and the time. */
  newestId: number
  at: number
  /** The newest sample before a silence of which there is nothing more to say. */
  saidOf: number
}

interface Deps {
  store: Pick<Store, 'samples' | 'series' | 'events' | 'changes' | 'commit'>
  rulebook: Pick<ActiveRules, 'timerDriven' | 'edition'>
  recorder: Pick<Recorder, 'raise'>
  feed: ChangeFeed
}

export function createNoData({ store, rulebook, recorder, feed }: Deps): NoData {
  const { events, samples, changes } = store
  const staleness = createStaleness(store.series)
  /** By rule, then by series; null where the rule does not watch it. */
  let rhythms = new Map<number, Map<number, Rhythm | null>>()
  let edition = rulebook.edition()
  const reminded = new Set<number>()
  let now = 0
  let isLooking = false

  async function look(entry: MatchingRule): Promise<void> {
    const live = new Map(events.liveOfRule(entry.rule.id).map((event) => [event.series_id, event]))
    const least = leastSilenceOf(entry.rule.params)
    const suspects = staleness.all().filter((series) => {
      const event = live.get(series.id)
      if (event) return isBack(series, event) || isReminderDue(event)
      return staleness.staleFor(series) > least && isSuspect(series, known(entry, series))
    })
    for (let from = 0; from < suspects.length; from += MAX_PER_TURN) {
      const part = suspects.slice(from, from + MAX_PER_TURN)
      feed.publish(await store.commit(() => part.flatMap((series) => examine(entry, series, live.get(series.id)))))
      await nextTurn()
    }
  }

  function known({ rule, matches }: MatchingRule, { id, source, metricType }: SeriesStatus): Rhythm | null {
    const ofRule = rhythms.get(rule.id) ?? new Map<number, Rhythm | null>()
    rhythms.set(rule.id, ofRule)
    const rhythm = ofRule.get(id)
    if (rhythm !== undefined) return rhythm
    const fresh = matches(source, metricType) ? { longest: 0, newestId: 0, at: 0, saidOf: 0 } : null
    ofRule.set(id, fresh)
    return fresh
  }

  /** Silent for longer than was known to be usual, after time enough to be heard; or of a rhythm known long ago. */
  function isSuspect(series: SeriesStatus, rhythm: Rhythm | null): boolean {
    if (!rhythm || rhythm.saidOf === newestIdOf(series)) return false
    const { longest, newestId, at } = rhythm
    const isKnown = newestId === newestIdOf(series)
    if (!isKnown && (longest === Infinity || now - at > RHYTHM_TTL)) return true
    return staleness.staleFor(series) > longest && staleness.uptimeSinceWake() > Math.min(longest, MAX_GRACE)
  }

  const isReminderDue = ({ id, status, silenced_by, detected_at }: StoredEvent) =>
    status === 'OPEN' &&
    !silenced_by &&
    !reminded.has(id) &&
    now - Date.parse(detected_at) >= REMINDED_AFTER &&
    staleness.uptimeSinceWake() > MAX_GRACE

  /** Inside a transaction. */
  function examine(entry: MatchingRule, series: SeriesStatus, event: StoredEvent | undefined): Change[] {
    if (!event) return raise(entry, series)
    return isBack(series, event) ? [end(event)] : remind(event)
  }

  function raise(entry: MatchingRule, series: SeriesStatus): Change[] {
    const { rule } = entry
    const rhythm = known(entry, series)!
    const anomaly = silenceOf(entry, series, rhythm)
    if (!anomaly || !isSuspect(series, rhythm)) return []
    const newest = events.newest(rule.id, series.id)
    const isSaid = newest !== undefined && newest.last_sample_id >= anomaly.sample.id
    // What was silent before anybody asked is not missed.
    if (isSaid || anomaly.run.since < Date.parse(rule.created_at)) rhythm.saidOf = newestIdOf(series)
    else if (mayRaise(anomaly, newest)) return [recorder.raise(anomaly).change]
    return []
  }

  /** The present silence as the detector judges it, from the newest history; null where it is as usual. */
  function silenceOf({ rule, detector }: MatchingRule, series: SeriesStatus, rhythm: Rhythm): Anomaly | null {
    const history = samples.recent(series.id, detector.memory)
    const last = history.at(-1)
    if (!last) return null
    const rhythmDetector = detector.create()
    for (const sample of history) rhythmDetector.learn(sample, rhythmDetector.score(sample))
    const silence = staleness.staleFor(series)
    const verdict = rhythmDetector.score({ time: last.time + silence, value: last.value })
    const id = newestIdOf(series)
    Object.assign(rhythm, { longest: verdict.figure ? silence / verdict.figure : Infinity, newestId: id, at: now })
    if (verdict.silence === undefined) return null
    const streak = {
      firstId: id,
      since: now - silence,
      lasting: silence,
      count: 1,
      troubleFrom: id,
      side: 'silent',
    } as const
    return { kind: 'anomaly', rule, sample: { ...last, id, time: now }, verdict, run: streak, flapping: false }
  }

  function end(event: StoredEvent): Change {
    const at = new Date(now).toISOString()
    note(event, 'resolved', texts.dataReturned({ silentMs: now - Date.parse(event.began_at ?? event.detected_at) }))
    const ended = events.update(event.id, { status: 'RESOLVED', resolved_at: at, resolved_by: TOCSIN })
    return changes.append('event_updated', ended)
  }

  function remind(event: StoredEvent): Change[] {
    reminded.add(event.id)
    if (events.timeline(event.id).some(({ kind }) => kind === 'reminded')) return []
    note(event, 'reminded', null)
    return [changes.append('event_reminded', event)]
  }

  function note({ id }: StoredEvent, kind: TimelineEntry['kind'], comment: string | null): void {
    events.addToTimeline(id, { at: new Date(now).toISOString(), kind, who: TOCSIN, comment })
  }

  return {
    async tick(time) {
      const rules = rulebook.timerDriven()
      if (isLooking || rules.length === 0) return
      isLooking = true
      now = time
      staleness.update(now)
      if (edition !== rulebook.edition()) rhythms = new Map()
      edition = rulebook.edition()
      try {
        for (const rule of rules) await look(rule)
      } finally {
        isLooking = false
      }
    },
  }
}

const isBack = (series: SeriesStatus, event: StoredEvent) => newestIdOf(series) > event.last_sample_id
