// How a series fares under a rule, from judgement to judgement: in a run of anomalies or as usual, since when, and how
// often that changed. A function of the samples and nothing else, so that a replay comes to the same.
import type { Rule } from '../../../shared/schemas/rule.ts'
import { ALARM_LINE } from '../../../shared/severity.ts'

/** When a series counts as being as usual again, but for the judgements that it takes. */
export type WayBack = Pick<Rule, 'resolve_seconds' | 'recovery_score'>

/** From one anomaly to the next, with none between them that scored below the rule's `recovery_score`. */
export interface Streak {
  firstId: number
  /** Time of the first of them, in milliseconds since 1970 in UTC. */
  since: number
  /** Milliseconds, without the gaps in which no samples came: a machine that slept is not anomalous all night. */
  lasting: number
  /** Anomalies in it. */
  count: number
  /** The first anomaly since the series was as usual for long enough, which may lie runs before this one. */
  troubleFrom: number
}

/** How long a series has been as usual. */
export interface Calm {
  /** Time of the first judgement, in milliseconds since 1970 in UTC; says nothing where there was none. */
  since: number
  /** Judgements since then. */
  count: number
}

/**
 * What a judgement has to say to the event of its rule and series: `anomaly`, `flaps` (this change is one too many) or
 * `recovers` (said once, when the series has been as usual for long enough).
 */
export type Moment = 'anomaly' | 'flaps' | 'recovers'

/** Plain JSON. */
export interface SavedCourse {
  time: number
  interval: number
  streak: Streak | null
  lasting: number
  troubleFrom: number
  calm: Calm
  recent: number
  settled: boolean
}

/** So many changes within 20 judgements are flapping; Nagios counts them among its last 21 checks in the same way. */
const MANY_CHANGES = 4
const RECENT_JUDGEMENTS = 0xf_ffff
const RECENT_CHANGES = RECENT_JUDGEMENTS >> 1

/** A step so many times as long as the usual one is a gap. */
const GAP = 10

/** What the newest step weighs in the usual one. */
const NEWEST_STEP = 1 / 16

/**
 * All in one object, as there is one for every rule and series. Its fractions and times are numbers from where they are
 * declared: V8 changes such a field in place, and takes new memory for each number in one that began as undefined.
 */
export class Course {
  /** Time of the newest judgement, and milliseconds from one to the next as a rule; 0 where there is none yet. */
  private time = 0
  private interval = 0
  /** The run that the newest sample belongs to; null where it was as usual. */
  streak: Streak | null
  private lasting = 0
  private troubleFrom: number
  private calmSince = 0
  private calmCount: number
  /** The newest 20 judgements as bits, 1 being one within a run; the newest is the lowest. */
  private recent: number
  /** Whether the way back was told, and no anomaly came since. */
  private settled: boolean
  private readonly wayBack: WayBack
  private readonly resolveSamples: number

  /** @param resolveSamples judgements as usual that the way back takes, 1 or more */
  constructor(wayBack: WayBack, resolveSamples: number, saved?: SavedCourse) {
    this.wayBack = wayBack
    this.resolveSamples = resolveSamples
    this.time = saved?.time ?? 0
    this.interval = saved?.interval ?? 0
    this.streak = saved?.streak ?? null
    this.lasting = saved?.lasting ?? 0
    this.troubleFrom = saved?.troubleFrom ?? 0
    this.calmSince = saved?.calm.since ?? 0
    this.calmCount = saved?.calm.count ?? 0
    this.recent = saved?.recent ?? 0
    this.settled = saved?.settled ?? false
  }

  get calm(): Calm {
    return { since: this.calmSince, count: this.calmCount }
  }

  /** Samples must come in the order of their ids; null where there is nothing to say, as there is most of the time. */
  take(sample: { id: number; time: number }, score: number): Moment | null {
    const isAnomaly = score >= ALARM_LINE
    const wasInRun = this.streak !== null
    const isInRun = isAnomaly || (wasInRun && score >= this.wayBack.recovery_score)
    const step = this.stepTo(sample.time)
    this.lasting = wasInRun ? this.lasting + step : 0
    this.recent = ((this.recent << 1) | Number(isInRun)) & RECENT_JUDGEMENTS
    if (isAnomaly) {
      if (this.settled || this.troubleFrom === 0) this.troubleFrom = sample.id
      this.streak = this.prolonged(sample)
      this.calmCount = 0
      this.settled = false
      return 'anomaly'
    }
    if (isInRun) return null
    this.streak = null
    if (this.calmCount++ === 0) this.calmSince = sample.time
    if (this.settled) return null
    if (this.isCalm(sample.time)) {
      this.settled = true
      return 'recovers'
    }
    return wasInRun && this.isFlapping() ? 'flaps' : null
  }

  isFlapping(): boolean {
    return bitsIn((this.recent ^ (this.recent >> 1)) & RECENT_CHANGES) >= MANY_CHANGES
  }

  /** The next judgement tells the way back although it may lie in the past: nobody heard of it there. */
  unsettle(): void {
    this.settled = false
  }

  snapshot(): SavedCourse {
    const { time, interval, streak, lasting, troubleFrom, calm, recent, settled } = this
    return { time, interval, streak, lasting, troubleFrom, calm, recent, settled }
  }

  /** A new object: who has heard of the run keeps it as it was. */
  private prolonged({ id, time }: { id: number; time: number }): Streak {
    const { lasting, troubleFrom } = this
    const { firstId, since, count } = this.streak ?? { firstId: id, since: time, count: 0 }
    return { firstId, since, lasting, count: count + 1, troubleFrom }
  }

  /** @returns milliseconds since the judgement before, or the usual ones where there is a gap */
  private stepTo(time: number): number {
    const step = this.time === 0 ? 0 : time - this.time
    const isGap = this.interval > 0 && step > GAP * this.interval
    // Where all steps have become so long, they are the usual ones after some.
    if (this.interval === 0) this.interval = step
    else this.interval += (Math.min(step, 2 * this.interval) - this.interval) * NEWEST_STEP
    this.time = time
    if (!isGap) return step
    this.calmSince += step - this.interval
    return this.interval
  }

  private isCalm(time: number): boolean {
    const lastsLong = time - this.calmSince >= this.wayBack.resolve_seconds * 1000
    return this.calmCount >= this.resolveSamples && lastsLong && !this.isFlapping()
  }
}

function bitsIn(word: number): number {
  let count = 0
  for (let left = word; left !== 0; left &= left - 1) count++
  return count
}
