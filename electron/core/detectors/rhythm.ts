// How often a series comes. Every estimate of a rhythm is this one, so that no single odd step decides it: steps vote, as
// in a frugal quantile (Ma, Muthukrishnan and Sandler 2013), which takes four numbers and no window.

/** What is known of the rhythm of a series. Plain JSON. */
export interface RhythmFields {
  /** Milliseconds from one sample to the next; 0 while no step is known. */
  interval: number
  /** The time of the newest sample, in milliseconds since 1970 in UTC; 0 before the first. */
  time: number
  /** Of steps that are much longer (positive) or much shorter (negative) than the interval. */
  votes: number
  /** What the interval will be if they win. */
  candidate: number
  /** Steps that were seen, up to `MIN_STEPS`. */
  known: number
}

const noRhythm = (): RhythmFields => ({ interval: 0, time: 0, votes: 0, candidate: 0, known: 0 })

/** A step that differs by more than this factor votes for another interval. */
const OTHER = 2

/**
 * A longer step has three votes, a shorter one has one. Four longer steps in a row are a new rhythm, and twelve shorter
 * ones. Where an agent sends its samples in pairs a few milliseconds apart, the long steps win.
 */
const LONGER = 3
const NEEDED = 12

/** What the newest step weighs in the interval. */
const NEWEST_STEP = 1 / 16

/** Steps that must be known before one can be a gap: a first pair may be 50 ms apart. */
const MIN_STEPS = 4

/** A step so many times as long as the interval is a gap. */
const GAP = 10

const stepTo = (rhythm: RhythmFields, time: number): number => (rhythm.time === 0 ? 0 : Math.max(0, time - rhythm.time))

const isGap = (rhythm: RhythmFields, step: number): boolean => rhythm.known >= MIN_STEPS && step > GAP * rhythm.interval

/**
 * Takes in the time of the next sample, which must not fall. Samples of one time have no time between them: they say
 * nothing.
 *
 * @returns how many of the milliseconds since the sample before were watched: a gap counts as one interval. Once four
 * gaps in a row turn out to be a new rhythm, they are counted in full.
 */
export function advance(rhythm: RhythmFields, time: number): number {
  const step = stepTo(rhythm, time)
  rhythm.time = time
  if (step === 0) return 0
  const gap = isGap(rhythm, step)
  const { interval } = rhythm
  const isAccepted = vote(rhythm, step)
  if (rhythm.known < MIN_STEPS) rhythm.known++
  if (!gap) return step
  return isAccepted ? step + (NEEDED / LONGER - 1) * (rhythm.interval - interval) : interval
}

/** @returns whether the step has changed the interval for another one */
function vote(rhythm: RhythmFields, step: number): boolean {
  const { interval, votes } = rhythm
  if (interval === 0) rhythm.interval = step
  else if (step > OTHER * interval) {
    rhythm.candidate = votes > 0 ? Math.min(rhythm.candidate, step) : step
    rhythm.votes = Math.max(0, votes) + LONGER
  } else if (step * OTHER < interval) {
    rhythm.candidate = votes < 0 ? Math.max(rhythm.candidate, step) : step
    rhythm.votes = Math.min(0, votes) - 1
  } else {
    rhythm.interval += (step - interval) * NEWEST_STEP
    rhythm.votes = votes > 0 ? votes - 1 : Math.min(0, votes + LONGER)
  }
  // The first steps are outvoted by as many others.
  if (Math.abs(rhythm.votes) < Math.min(NEEDED, LONGER * rhythm.known)) return false
  if (rhythm.votes === 0) return false
  rhythm.interval = rhythm.candidate
  rhythm.votes = 0
  return true
}

/** The same as an object of its own. */
export class Rhythm {
  private readonly fields: RhythmFields

  constructor(saved?: RhythmFields) {
    this.fields = saved ? { ...saved } : noRhythm()
  }

  /** Milliseconds from one sample to the next; 0 while no step is known. */
  get interval(): number {
    return this.fields.interval
  }

  /** Milliseconds from the newest sample to this time; 0 before the first sample. */
  stepTo(time: number): number {
    return stepTo(this.fields, time)
  }

  /** Whether samples are missing between the newest one and this time. */
  isGap(time: number): boolean {
    return isGap(this.fields, this.stepTo(time))
  }

  /** Times must not fall. */
  add(time: number): void {
    advance(this.fields, time)
  }

  state(): RhythmFields {
    return { ...this.fields }
  }
}
