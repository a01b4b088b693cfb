// The value against what it was at this hour on such days of the weeks before: where days of the week differ, what an hour
// of the day alone leaves open is the same in every week.
import { textsFor } from '../../../../shared/texts/texts.ts'
import type { HourView } from './hour-view.ts'
import { HourlyMeans, type SavedHours } from './hourly-means.ts'
import { bandAround, type Band, type SampleContext, type View } from './view.ts'

const texts = textsFor()

const HOURS_OF_DAY = 24
const HOURS_OF_WEEK = 168
/** Hours in which both were compared: the second week, but for its first day, which in the first knew nothing. */
const COMPARED = 144
/** Of the error of the hour of the day, how much may be left: anything from half to 0.85 gives the same. */
const LEFT = 0.75

export class WeekdayView implements View {
  readonly learnsAll = true
  private readonly hourView: HourView
  /** By how much the value departs from what is usual at the hour of the day. */
  private readonly departures: HourlyMeans
  /** The same whatever the day: what a trend leaves open. */
  private readonly lags: HourlyMeans
  /** What the errors of the hour of the day and of the hour of the week add up to, and in how many hours. */
  private byDay: number
  private byWeek: number
  private compared: number
  private hour: number

  constructor(hourView: HourView, saved?: SavedWeekday) {
    this.hourView = hourView
    this.departures = new HourlyMeans(HOURS_OF_WEEK, saved?.departures)
    this.lags = new HourlyMeans(HOURS_OF_DAY, saved?.lags)
    this.byDay = saved?.byDay ?? 0
    this.byWeek = saved?.byWeek ?? 0
    this.compared = saved?.compared ?? 0
    this.hour = saved?.hour ?? 0
  }

  /** Whether it says clearly better than the hour of the day what comes. */
  get isBetter(): boolean {
    return this.compared > COMPARED && this.byWeek < LEFT * this.byDay
  }

  departure(sample: SampleContext): number | null {
    const expected = this.expected(sample)
    return expected === null ? null : sample.value - expected
  }

  band(sample: SampleContext, limit: number): Band | null {
    return bandAround(this.expected(sample), limit)
  }

  learn(sample: SampleContext): void {
    const byDay = this.hourView.departure(sample)
    if (byDay === null) return
    const byWeek = this.departure(sample)
    if (byWeek !== null) this.compare(sample, Math.abs(byDay - (this.lags.get(sample.hour) ?? 0)), Math.abs(byWeek))
    this.departures.add(sample.hour, byDay)
    this.lags.add(sample.hour, byDay)
  }

  /** Each hour of the week comes once a week, so that a quiet weekend would never be known if it were held back. */
  withhold(sample: SampleContext): void {
    this.learn(sample)
  }

  explain(sample: SampleContext, limit: number): string {
    return texts.weekday({ value: sample.value, expected: this.expected(sample) ?? sample.value, margin: limit })
  }

  state(): SavedWeekday {
    const { byDay, byWeek, compared, hour } = this
    return { departures: this.departures.state(), lags: this.lags.state(), byDay, byWeek, compared, hour }
  }

  private expected({ hour }: SampleContext): number | null {
    const byDay = this.hourView.normalAt(hour)
    const departure = this.departures.get(hour)
    return byDay === null || departure === null ? null : byDay + departure
  }

  private compare({ hour, fading }: SampleContext, byDay: number, byWeek: number): void {
    this.byDay += byDay - fading * this.byDay
    this.byWeek += byWeek - fading * this.byWeek
    if (hour !== this.hour) this.compared++
    this.hour = hour
  }
}

interface SavedWeekday {
  departures: SavedHours
  lags: SavedHours
  byDay: number
  byWeek: number
  compared: number
  hour: number
}
