// A counter as a detector sees it: its rate per second. A fall is a reset, after which it counts from 0 again (as in
// Prometheus' rate()).
import { isCounter, perSecond } from '../../../shared/domain/counters.ts'
import {
  AS_USUAL,
  INSUFFICIENT_DATA,
  insufficientData,
  type Detector,
  type Observation,
  type Verdict,
} from './detector.ts'
import type { PreparedDetector } from './registry.ts'
import { bounded } from './window.ts'

interface State {
  detector: unknown
  last: Observation | null
  rate: number | null
}

/** States of a rate and of a value are worlds apart, although the same detector wrote them. */
const VERSIONS_APART = 1000

/** The detector for a series of this name: counters are judged by their rate, and by their silence as they are. */
export const suited = (prepared: PreparedDetector, metricType: string): PreparedDetector =>
  isCounter(metricType) && !prepared.isOfClock ? counting(prepared) : prepared

/** A sample as it was judged, for whoever tells of it: a counter's with its rate for a value. */
export const asJudged = <S extends Observation & { unit?: string | null }>(sample: S, { rate }: Verdict): S =>
  rate === undefined ? sample : { ...sample, value: rate, unit: perSecond(sample.unit ?? null) }

function counting(prepared: PreparedDetector): PreparedDetector {
  return {
    ...prepared,
    version: prepared.version + VERSIONS_APART,
    memory: prepared.memory + 1,
    create(saved) {
      const { detector, last, rate } = (saved ?? {}) as Partial<State>
      return new Counter(prepared.create(detector), last ?? null, rate ?? null)
    },
  }
}

class Counter implements Detector {
  private readonly detector: Detector
  /** The sample from which the next is counted, and the newest rate. */
  private last: Observation | null
  private rate: number | null

  constructor(detector: Detector, last: Observation | null, rate: number | null) {
    this.detector = detector
    this.last = last
    this.rate = rate
  }

  score(observation: Observation): Verdict {
    const rate = this.rateAt(observation)
    if (rate === null) return insufficientData(0)
    const verdict = this.detector.score({ time: observation.time, value: rate })
    const { reason } = verdict
    const isPlain = reason === AS_USUAL || reason === INSUFFICIENT_DATA
    return { ...verdict, rate, reason: isPlain ? reason : `Per second: ${reason}` }
  }

  learn(observation: Observation, verdict: Verdict): void {
    const { time } = observation
    const rate = this.rateAt(observation)
    const isNew = this.last === null || time > this.last.time
    if (rate !== null && isNew) this.detector.learn({ time, value: rate }, verdict)
    // What is counted at the same time again belongs to the time until the next sample.
    if (isNew) this.last = { time, value: bounded(observation.value) }
    this.rate = rate
  }

  state(): State {
    return { detector: this.detector.state(), last: this.last, rate: this.rate }
  }

  /** Between samples of the same time no time has passed: the newest rate still holds. */
  private rateAt({ time, value }: Observation): number | null {
    const { last } = this
    if (!last || time === last.time) return this.rate
    const now = bounded(value)
    const counted = now < last.value ? now : now - last.value
    return (counted * 1000) / (time - last.time)
  }
}
