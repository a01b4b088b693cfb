// What a series did in every half hour of the last four weeks, by the clock on the wall, and what is usual by that.
import { textsFor } from '../../../shared/texts/texts.ts'
import { packed, unpacked } from './window.ts'

const texts = textsFor()

/** A half hour by the clock on the wall. Where the clock goes back, it comes twice, and the second time counts. */
export interface Place {
  /** The local date, in days since 1970. */
  day: number
  /** 0 (midnight) to 47. */
  slot: number
}

export interface Summary {
  level: number
  /** As a standard deviation. */
  spread: number
  samples: number
}

export interface Usual extends Summary {
  /** Days of the same kind that say so; 0 where there is none and others must do. */
  days: number
  /** Which days or hours say so, in words that follow what they did. */
  when: string
}

export interface SavedCalendar {
  /** One for each row; 0 where there is none. */
  days: number[]
  levels: string
  spreads: string
  samples: string
}

const SLOTS = 48
const ROWS = 28
/** So many of the same weekday say more than all days of its kind. */
const WEEKDAYS_NEEDED = 3
/** While no earlier day is known, the newest half hours speak: so many, and none older than twice that. */
const LATELY = 4

/** Half hours on either side that say with the one at hand how much days differ. */
const AROUND = 4

const PER_MEDIAN_DISTANCE = 1.4826
const MAX_FLOAT = 3e38
const MAX_COUNT = 0xffff

export class Calendar {
  private readonly days: number[]
  /** Row by row; NaN where nothing was measured. */
  private readonly levels: Float64Array
  private readonly spreads: Float32Array
  private readonly samples: Uint16Array

  constructor(saved?: SavedCalendar) {
    this.days = saved ? [...saved.days] : Array<number>(ROWS).fill(0)
    this.levels = saved ? unpacked(saved.levels) : new Float64Array(ROWS * SLOTS).fill(NaN)
    this.spreads = saved ? new Float32Array(unpacked(saved.spreads).buffer) : new Float32Array(ROWS * SLOTS)
    this.samples = saved ? new Uint16Array(unpacked(saved.samples).buffer) : new Uint16Array(ROWS * SLOTS)
  }

  keep({ day, slot }: Place, { level, spread, samples }: Summary): void {
    const row = rowOf(day)
    if (this.days[row] !== day) this.levels.fill(NaN, row * SLOTS, (row + 1) * SLOTS)
    this.days[row] = day
    this.levels[row * SLOTS + slot] = level
    this.spreads[row * SLOTS + slot] = Math.min(spread, MAX_FLOAT)
    this.samples[row * SLOTS + slot] = Math.min(samples, MAX_COUNT)
  }

  /** By what came before this day, or, while that says nothing, by its last hours; null while there is neither. */
  usualAt({ day, slot }: Place): Usual | null {
    const earlier = [...this.days.keys()].filter((row) => this.days[row]! > day - ROWS && this.days[row]! < day)
    const sameWeekday = earlier.filter((row) => (day - this.days[row]!) % 7 === 0)
    const sameKind = earlier.filter((row) => isWeekend(this.days[row]!) === isWeekend(day))
    const time = timeOf(slot)
    const onSameKind = isWeekend(day) ? texts.onWeekends : texts.onWeekdays
    if (this.filled(sameWeekday, slot).length >= WEEKDAYS_NEEDED)
      return this.summarise(sameWeekday, slot, texts.onSameWeekday({ weekday: weekdayOf(day), time }))
    return (
      this.summarise(sameKind, slot, onSameKind({ time })) ??
      withoutDays(this.summarise(earlier, slot, texts.onOtherDays({ time }))) ??
      this.lately({ day, slot })
    )
  }

  saved(): SavedCalendar {
    const { days, levels, spreads, samples } = this
    return { days: [...days], levels: packed(levels), spreads: packed(spreads), samples: packed(samples) }
  }

  private summarise(rows: readonly number[], slot: number, when: string): Usual | null {
    const cells = this.cellsNear(rows, slot)
    if (cells.length === 0) return null
    const level = this.levelOf(cells)
    const within = median(cells.map((cell) => this.spreads[cell]!))
    const spread = Math.hypot(within, this.between(rows, slot), this.ramp(rows, slot))
    return { level, spread, samples: this.samplesOf(cells), days: cells.length, when }
  }

  /** How much days differ, as a standard deviation: here, or in the half hours around, since one alone may be lucky. */
  private between(rows: readonly number[], slot: number): number {
    const around = Array.from({ length: 2 * AROUND + 1 }, (_, index) => this.filled(rows, slot - AROUND + index))
    const own = this.distances(around[AROUND]!)
    const differ = median(around.flatMap((cells) => this.distances(cells)))
    if (!Number.isNaN(differ)) return Math.max(own.length > 1 ? median(own) : 0, differ) * PER_MEDIAN_DISTANCE
    // One day alone says nothing of days, but how much its hours differ.
    return median(this.distances(around.flat()).concat(0)) * PER_MEDIAN_DISTANCE
  }

  /** Towards its ends a half hour in which the level changes lies so far from its middle. */
  private ramp(rows: readonly number[], slot: number): number {
    const rise = this.levelOf(this.filled(rows, slot + 1)) - this.levelOf(this.filled(rows, slot - 1))
    return Number.isNaN(rise) ? 0 : Math.abs(rise) / 4
  }

  private lately({ day, slot }: Place): Usual | null {
    const places = Array.from({ length: 2 * LATELY }, (_, index) => slot - 1 - index)
    const cells = places
      .flatMap((each) => this.filled([rowOf(each < 0 ? day - 1 : day)], (each + SLOTS) % SLOTS, day - 1))
      .slice(0, LATELY)
    if (cells.length === 0) return null
    const within = median(cells.map((cell) => this.spreads[cell]!))
    const spread = Math.hypot(within, median(this.distances(cells).concat(0)) * PER_MEDIAN_DISTANCE)
    return { level: this.levelOf(cells), spread, samples: this.samplesOf(cells), days: 0, when: texts.inLastHours() }
  }

  /** Where a series comes once an hour, it may miss the half hour by a minute. */
  private cellsNear(rows: readonly number[], slot: number): number[] {
    const own = this.filled(rows, slot)
    return own.length > 0 ? own : [...this.filled(rows, slot - 1), ...this.filled(rows, slot + 1)]
  }

  private filled(rows: readonly number[], slot: number, since = 1): number[] {
    if (slot < 0 || slot >= SLOTS) return []
    return rows
      .filter((row) => this.days[row]! >= since)
      .map((row) => row * SLOTS + slot)
      .filter((cell) => !Number.isNaN(this.levels[cell]!))
  }

  private levelOf = (cells: readonly number[]): number => median(cells.map((cell) => this.levels[cell]!))

  /** From their own median, which of an odd number is one of them, and which is nearer to few than the truth is. */
  private distances(cells: readonly number[]): number[] {
    const { length } = cells
    if (length < 2) return []
    const level = this.levelOf(cells)
    const distances = cells.map((cell) => Math.abs(this.levels[cell]! - level) * Math.sqrt(length / (length - 1)))
    return length % 2 ? distances.toSorted((one, other) => one - other).slice(1) : distances
  }

  private samplesOf = (cells: readonly number[]): number => cells.reduce((sum, cell) => sum + this.samples[cell]!, 0)
}

const withoutDays = (usual: Usual | null): Usual | null => usual && { ...usual, days: 0 }

const rowOf = (day: number) => ((day % ROWS) + ROWS) % ROWS

/** 1 January 1970 was a Thursday. */
const weekdayOf = (day: number) => (((day + 4) % 7) + 7) % 7

const isWeekend = (day: number) => weekdayOf(day) % 6 === 0

const timeOf = (slot: number) => `${String(slot >> 1).padStart(2, '0')}:${slot % 2 ? '30' : '00'}`

/** NaN of nothing. */
function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).toSorted()
  const middle = sorted.length >>> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
