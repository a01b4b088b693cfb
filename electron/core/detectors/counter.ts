// A counter as a detector sees it: its rate per second. A fall of most of the value is a reset, after which it counts from
// 0 again (as in Prometheus' rate()). A smaller fall is noise, and so is any fall that the next sample takes back.
import { textsFor } from '../../../shared/texts/texts.ts'
import { isCounter, perSecond } from '../../../shared/domain/counters.ts'
import {
  NORMAL,
  INSUFFICIENT_DATA,
  insufficientData,
  type Detector,
  type Feedback,
  type Observation,
  type Verdict,
} from './detector.ts'
import type { PreparedDetector } from './registry.ts'
import { bounded } from './window.ts'

const texts = textsFor()

interface State {
  detector: unknown
  last: Observation | null
  rate: number | null
  before: Observation | null
}

/** A reset leaves so much of the value at most. */
const RESET = 0.5

/** States of a rate and of a value are worlds apart, although the same detector wrote them. */
const VERSIONS_APART = 2000

/** The detector for a series of this name: counters are evaluated by their rate, and by their silence as they are. */
export const suited = (prepared: PreparedDetector, metricType: string): PreparedDetector =>
  isCounter(metricType) && !prepared.isTimerDriven ? counting(prepared) : prepared

/** A sample as it was evaluated, for its event: a counter's with its rate for a value. */
export const asEvaluated = <S extends Observation & { unit?: string | null }>(sample: S, { rate }: Verdict): S =>
  rate === undefined ? sample : { ...sample, value: rate, unit: perSecond(sample.unit ?? null) }

function counting(prepared: PreparedDetector): PreparedDetector {
  return {
    ...prepared,
    version: prepared.version + VERSIONS_APART,
    memory: prepared.memory + 1,
    create(saved) {
      const state = (saved ?? {}) as Partial<State>
      return new Counter(prepared.create(state.detector), state)
    },
  }
}

class Counter implements Detector {
  private readonly detector: Detector
  /** The sample from which the next is counted, and the newest rate. */
  private last: Observation | null
  private rate: number | null
  /** The sample before a fall that the next sample has to confirm; null if there was none. */
  private before: Observation | null

  constructor(detector: Detector, { last = null, rate = null, before = null }: Partial<State>) {
    this.detector = detector
    this.last = last
    this.rate = rate
    this.before = before
  }

  score(observation: Observation): Verdict {
    if (this.isDip(observation)) return this.dipVerdict(observation)
    const rate = this.rateAt(observation)
    if (rate === null) return insufficientData(0)
    const verdict = this.detector.score({ time: observation.time, value: rate })
    const { reason } = verdict
    const isPlain = reason === NORMAL || reason === INSUFFICIENT_DATA
    return { ...verdict, rate, reason: isPlain ? reason : texts.perSecond({ reason }) }
  }

  learn(observation: Observation, verdict: Verdict): void {
    const { time } = observation
    const { last } = this
    const isDip = this.isDip(observation)
    const rate = isDip ? this.rate : this.rateAt(observation)
    // What is counted at the same time again belongs to the time until the next sample.
    const isNew = last === null || time > last.time
    if (isNew && rate !== null && !isDip) this.detector.learn({ time, value: rate }, verdict)
    if (isNew) {
      const value = bounded(observation.value)
      this.before = last !== null && this.before === null && value < last.value ? last : null
      this.last = { time, value }
    }
    this.rate = rate
  }

  feedback(feedback: Feedback): void {
    this.detector.feedback?.(feedback)
  }

  state(): State {
    return { detector: this.detector.state(), last: this.last, rate: this.rate, before: this.before }
  }

  /** A fall by less than most of the value, with none just before it. */
  private isDip({ time, value }: Observation): boolean {
    const { last, before } = this
    return last !== null && before === null && time > last.time && value < last.value && value > RESET * last.value
  }

  private dipVerdict({ value }: Observation): Verdict {
    const reason = texts.counterDip({ before: this.last!.value, value })
    return {
      score: 0,
      figure: null,
      lower: null,
      upper: null,
      samples: null,
      reason,
      ...(this.rate !== null && { rate: this.rate }),
    }
  }

  /** Between samples of the same time no time has passed: the newest rate still holds. */
  private rateAt({ time, value }: Observation): number | null {
    const { last, before } = this
    if (!last || time === last.time) return this.rate
    const now = bounded(value)
    // Back where it was before the fall: what came between was no reset, but a false reading.
    const from = before !== null && now >= before.value ? before : last
    const counted = now < from.value ? now : now - from.value
    return (counted * 1000) / (time - from.time)
  }
}
