// SEASONAL: what is usual at this time of the day and of the week, by the clock on the wall.
import type { z } from 'zod'
import { textsFor } from '../../../shared/texts/texts.ts'
import { DAY } from '../../../shared/domain/time.ts'
import { timeZone } from '../../../shared/schemas/time-zone.ts'
import { machineZone, zoneNamed, type Zone } from '../platform/zoned-time.ts'
import { verdictIn } from './band.ts'
import { Calendar, type Place, type SavedCalendar, type Summary, type Usual } from './calendar.ts'
import {
  insufficientData,
  type Detector,
  type DetectorDefinition,
  type Observation,
  type Settings,
  type Verdict,
} from './detector.ts'
import { SortedWindow } from './sorted-window.ts'
import { bounded, inUnitsOf, packed, Ring, unpacked, windowParams } from './window.ts'

const texts = textsFor()

const seasonalParams = windowParams.pick({ min_change: true }).extend({
  time_zone: timeZone.optional().meta({ description: 'whose days these are; left out: those of this machine' }),
})
type SeasonalParams = z.infer<typeof seasonalParams>

interface State {
  calendar: SavedCalendar
  place: Place | null
  values: number[]
  seen: number
  learned: number
  /** Packed doubles, oldest first. */
  residuals: string
}

/** Values of the present half hour that are held at once; where more come, it is every second, fourth, … */
const MAX_VALUES = 64

/** Half hours of a day; a level that most of them lie on is a new one. */
const RESIDUALS = 48

const QUARTER = 900_000

/** A day of samples five seconds apart: as much of the history as a new rule may read. */
const MEMORY = 17_280

/**
 * The median of the same half hour on days of the same kind, of four weeks: a seasonal naive forecast (Hyndman and
 * Athanasopoulos, Forecasting, 2021, 5.2) made robust, on top of a level that may move. What is known from few days must
 * be missed by more to fire.
 */
export const seasonal: DetectorDefinition<SeasonalParams> = {
  method: 'SEASONAL',
  summary: 'Far from what is usual at this time of day and week. Begins on the first day and is sure after some weeks.',
  uses: ['z_threshold', 'min_samples'],
  params: seasonalParams,
  version: 1,
  memory: () => MEMORY,
  create: (settings, state) => new Seasonal(settings, state as State | undefined),
}

class Seasonal implements Detector {
  private readonly settings: Settings<SeasonalParams>
  private readonly placeAt: (time: number) => Place
  private readonly calendar: Calendar
  /** How far the half hours of the last day lay from normal. */
  private readonly residuals: Ring
  /** The half hour at hand, and what was learned in it so far. */
  private place: Place | null
  private values: number[]
  private seen: number
  /** Samples learned in all. */
  private learned: number
  /** Stays while the half hour does. */
  private usual: Usual | null = null

  constructor(settings: Settings<SeasonalParams>, saved?: State) {
    this.settings = settings
    this.placeAt = createPlaces(zoneNamed(settings.params.time_zone ?? machineZone()))
    this.calendar = new Calendar(saved?.calendar)
    this.residuals = new Ring(RESIDUALS, saved && unpacked(saved.residuals))
    this.place = saved?.place ?? null
    this.values = [...(saved?.values ?? [])]
    this.seen = saved?.seen ?? 0
    this.learned = saved?.learned ?? 0
    if (this.place) this.usual = this.usualAt(this.place)
  }

  score(observation: Observation): Verdict {
    const { z_threshold, min_samples, params } = this.settings
    const value = bounded(observation.value)
    const usual = this.usualFor(this.placeAt(observation.time))
    if (!usual || this.learned < min_samples) return insufficientData(this.learned)
    const { level, spread, days, samples } = usual
    const line = z_threshold * doubtOf(days)
    const figure = inUnitsOf(spread, value - level, level)
    const band = { level, figure, line, lower: level - line * spread, upper: level + line * spread, samples }
    return verdictIn(band, value, params.min_change, () =>
      texts.seasonal({ value, figure, when: usual.when, level, spread, days }),
    )
  }

  /** All is learned, flagged or not: what one day did has no say against the others. */
  learn({ time, value }: Observation): void {
    const place = this.placeAt(time)
    if (!this.place || !isSame(place, this.place)) this.enter(place)
    const step = 2 ** Math.max(0, Math.ceil(Math.log2((this.seen + 1) / MAX_VALUES)))
    if (this.values.length === MAX_VALUES) this.values = this.values.filter((_, index) => index % 2 === 0)
    if (this.seen++ % step === 0) this.values.push(bounded(value))
    this.learned++
  }

  state(): State {
    const { calendar, place, values, seen, learned, residuals } = this
    return {
      calendar: calendar.saved(),
      place,
      values: [...values],
      seen,
      learned,
      residuals: packed(residuals.toValues()),
    }
  }

  /** What was learned of one half hour goes to the calendar, and the next begins. */
  private enter(place: Place): void {
    if (this.place && this.values.length > 0) this.keep(this.place, summaryOf(this.values, this.seen))
    this.place = place
    this.values = []
    this.seen = 0
    this.usual = this.usualAt(place)
  }

  /** The calendar holds the shape of days alone, so that it stays good when the level of them all moves. */
  private keep(place: Place, summary: Summary): void {
    const level = summary.level - this.moved()
    const usual = this.calendar.usualAt(place)
    if (usual && usual.days > 0) this.residuals.push(summary.level - usual.level)
    this.calendar.keep(place, { ...summary, level })
  }

  /** By how much a day lay off its shape: half of one must say so, which an outage of some hours does not. */
  private moved(): number {
    const { residuals } = this
    return residuals.size < RESIDUALS / 2 ? 0 : new SortedWindow(RESIDUALS, residuals.toValues()).quantile(0.5)
  }

  private usualFor(place: Place): Usual | null {
    const isHere = this.place !== null && isSame(place, this.place)
    const usual = isHere ? this.usual : this.usualAt(place)
    if (usual || this.values.length === 0) return usual
    // The first half hour of all knows only itself.
    return { ...summaryOf(this.values, this.seen), days: 0, when: texts.inLastMinutes() }
  }

  private usualAt(place: Place): Usual | null {
    const usual = this.calendar.usualAt(place)
    return usual && { ...usual, level: usual.level + this.moved() }
  }
}

/** Asks the zone once for each quarter of an hour, since its offset changes at the beginning of one. */
function createPlaces(zone: Zone): (time: number) => Place {
  let quarter = NaN
  let place: Place = { day: 0, slot: 0 }
  return (time) => {
    if (Math.floor(time / QUARTER) === quarter) return place
    quarter = Math.floor(time / QUARTER)
    const { date, minute } = zone.localAt(time)
    return (place = { day: date / DAY, slot: Math.floor(minute / 30) })
  }
}

const isSame = (one: Place, other: Place) => one.slot === other.slot && one.day === other.day

/** By how much more the line must be crossed while few days are known: 3 times for none, 1.5 times for three. */
const doubtOf = (days: number): number => 1 + 2 / (1 + days)

function summaryOf(values: readonly number[], samples: number): Summary {
  const sorted = new SortedWindow(values.length, values)
  const level = sorted.quantile(0.5)
  return { level, spread: sorted.spread(level), samples }
}
