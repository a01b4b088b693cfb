// Where a sample stands in its series: its hour in local time, whether samples are missing before it, how much to forget.
import { DAY, MINUTE } from '../../../../shared/domain/time.ts'
import type { Zone } from '../../platform/zoned-time.ts'
import type { Observation } from '../detector.ts'
import { Rhythm, type RhythmFields } from '../rhythm.ts'
import { bounded } from '../window.ts'
import type { SampleContext } from './view.ts'

/** Half of what was learned is forgotten after two weeks, or after so many samples if they come more seldom. */
const HALF_LIFE_DAYS = 14
export const HALF_LIFE_SAMPLES = 4032

const QUARTER_MS = 15 * MINUTE

export class ContextReader {
  readonly rhythm: Rhythm
  private readonly zone: Zone
  private quarterOfTime = NaN
  /** One for all samples, as it is asked for twice with each. */
  private readonly context: SampleContext = { time: 0, value: 0, hour: 0, quarter: 0, afterGap: false, fading: 0 }

  constructor(zone: Zone, saved?: RhythmFields) {
    this.zone = zone
    this.rhythm = new Rhythm(saved)
  }

  read({ time, value }: Observation): SampleContext {
    const { context, rhythm } = this
    context.time = time
    context.value = bounded(value)
    context.afterGap = rhythm.isGap(time)
    context.fading = Math.min(1 / HALF_LIFE_SAMPLES, rhythm.interval / (HALF_LIFE_DAYS * DAY))
    this.locate(time)
    return context
  }

  /** The offset of a zone changes at a full quarter, which spares asking for most samples. */
  private locate(time: number): void {
    const quarterOfTime = Math.floor(time / QUARTER_MS)
    if (quarterOfTime === this.quarterOfTime) return
    this.quarterOfTime = quarterOfTime
    const { date, minute } = this.zone.localAt(quarterOfTime * QUARTER_MS)
    this.context.quarter = date / QUARTER_MS + Math.floor(minute / 15)
    this.context.hour = Math.floor(this.context.quarter / 4)
  }
}
