// The ways in which ADAPTIVE looks at a series. Each says what it expected and how far a sample departs from that.
import { Tail, type SavedTail } from './tail.ts'
import { packed, Ring, unpacked } from './window.ts'

/** A sample, and what views have to know of its place in the series. */
export interface Placed {
  value: number
  /** Which hour it is by the clock on the wall, counted on from 1970. */
  hour: number
  /** Whether samples are missing since the one before. */
  afterGap: boolean
  /** The share of itself that a long memory gives up for this sample, 0 to 1. */
  fading: number
}

export interface View {
  /** The signed distance from what was expected; null where the view knows too little to expect anything. */
  departure(sample: Placed): number | null
  /** The values within which the departure stays below a limit; null where the view has no such band. */
  band(sample: Placed, limit: number): Band | null
  learn(sample: Placed): void
  /** Why the view finds a sample unusual: two clauses, the limit being what it finds usual. */
  explain(sample: Placed, limit: string): string
  /** Plain JSON. */
  state(): unknown
}

export interface Band {
  lower: number
  upper: number
}

/** Numbers as text, in one place for all sentences. */
export type Print = (value: number) => string

/** The mean of the newest samples against the level of the last weeks. */
export class LevelView implements View {
  private readonly newest: Ring
  private readonly print: Print
  private level: number
  private seen: number

  /** @param samples how many the mean is of, this one included */
  constructor(samples: number, print: Print, saved?: SavedLevel) {
    this.newest = new Ring(samples - 1, saved && unpacked(saved.newest))
    this.print = print
    this.level = saved?.level ?? 0
    this.seen = saved?.seen ?? 0
  }

  departure({ value }: Placed): number | null {
    return this.seen === 0 ? null : this.distance(value)
  }

  /** Of the mean, not of single values. */
  band(_: Placed, limit: number): Band {
    return { lower: this.level - limit, upper: this.level + limit }
  }

  learn({ value, fading }: Placed): void {
    this.level += (this.mean(value) - this.level) * Math.max(fading, 1 / ++this.seen)
    this.newest.push(value)
  }

  explain(sample: Placed, limit: string): string {
    const { newest, print, level } = this
    const mean = print(this.mean(sample.value))
    return `The last ${newest.size + 1} samples average ${mean}, ${apart(this.distance(sample.value), print)} the level of the last weeks (${print(level)}); they hardly ever leave it by more than ${limit}`
  }

  state(): SavedLevel {
    return { newest: packed(this.newest.toValues()), level: this.level, seen: this.seen }
  }

  /** The level of the last weeks. */
  current(): number {
    return this.level
  }

  /** From the level to the mean with this value. */
  distance(value: number): number {
    return this.mean(value) - this.level
  }

  mean(value: number): number {
    return (this.sum() + value) / (this.newest.size + 1)
  }

  private sum(): number {
    // Oldest first, whatever slots they lie in: a view made anew from its state must come to the same last bit.
    const { slots, size, first } = this.newest
    let sum = 0
    for (let slot = first; slot < size; slot++) sum += slots[slot]!
    for (let slot = 0; slot < first; slot++) sum += slots[slot]!
    return sum
  }
}

interface SavedLevel {
  newest: string
  level: number
  seen: number
}

/** The value against what it was at this hour on the days before. */
export class HourView implements View {
  private readonly hours: HourlyMeans
  private readonly print: Print

  constructor(print: Print, saved?: SavedHours) {
    this.print = print
    this.hours = new HourlyMeans(saved)
  }

  departure({ value, hour }: Placed): number | null {
    const usual = this.hours.get(hour)
    return usual === null ? null : value - usual
  }

  band({ hour }: Placed, limit: number): Band | null {
    return around(this.hours.get(hour), limit)
  }

  learn({ value, hour }: Placed): void {
    this.hours.add(hour, value)
  }

  explain(sample: Placed, limit: string): string {
    const { print } = this
    const usual = this.hours.get(sample.hour) ?? sample.value
    return `${print(sample.value)} is ${apart(sample.value - usual, print)} what is usual at this hour (${print(usual)}), and hardly ever is by more than ${limit}`
  }

  state(): SavedHours {
    return this.hours.state()
  }
}

/** The change since the sample before, against the change that is usual at this hour. */
export class ChangeView implements View {
  private readonly hours: HourlyMeans
  private readonly print: Print
  private last: number | null

  constructor(print: Print, saved?: SavedChange) {
    this.print = print
    this.hours = new HourlyMeans(saved?.hours)
    this.last = saved?.last ?? null
  }

  departure(sample: Placed): number | null {
    const expected = this.expected(sample)
    return expected === null ? null : sample.value - expected
  }

  band(sample: Placed, limit: number): Band | null {
    return around(this.expected(sample), limit)
  }

  learn({ value, hour, afterGap }: Placed): void {
    if (this.last !== null && !afterGap) this.hours.add(hour, value - this.last)
    this.last = value
  }

  explain({ value }: Placed, limit: string): string {
    const { print } = this
    const last = this.last ?? value
    return `${print(value)} is ${apart(value - last, print)} the sample before (${print(last)}); from one to the next it hardly ever changes by more than ${limit}`
  }

  state(): SavedChange {
    return { hours: this.hours.state(), last: this.last }
  }

  private expected({ hour, afterGap }: Placed): number | null {
    return this.last === null || afterGap ? null : this.last + (this.hours.get(hour) ?? 0)
  }
}

interface SavedChange {
  hours: SavedHours
  last: number | null
}

/** What the newest day weighs in the mean of an hour. */
const NEWEST_DAY = 0.3

/** Means of each hour of the day, over the days before. */
class HourlyMeans {
  private readonly means: Float64Array
  /** Of how many days each mean is. */
  private readonly days: Float64Array
  /** The hour at hand: which, and what was added in it. */
  private hour: number | null
  private sum: number
  private count: number

  constructor(saved?: SavedHours) {
    this.means = saved ? unpacked(saved.means) : new Float64Array(24)
    this.days = saved ? unpacked(saved.days) : new Float64Array(24)
    this.hour = saved?.hour ?? null
    this.sum = saved?.sum ?? 0
    this.count = saved?.count ?? 0
  }

  /** null where this hour of the day was never seen before. */
  get(hour: number): number | null {
    const slot = ofDay(hour)
    return this.days[slot] === 0 ? null : this.means[slot]!
  }

  add(hour: number, value: number): void {
    if (hour !== this.hour) {
      if (this.hour !== null) this.close(this.hour)
      this.hour = hour
      this.sum = 0
      this.count = 0
    }
    this.sum += value
    this.count++
  }

  state(): SavedHours {
    const { hour, sum, count } = this
    return { means: packed(this.means), days: packed(this.days), hour, sum, count }
  }

  private close(hour: number): void {
    const slot = ofDay(hour)
    const days = ++this.days[slot]!
    this.means[slot]! += (this.sum / this.count - this.means[slot]!) * Math.max(NEWEST_DAY, 1 / days)
  }
}

interface SavedHours {
  means: string
  days: string
  hour: number | null
  sum: number
  count: number
}

const ofDay = (hour: number) => ((hour % 24) + 24) % 24

const around = (centre: number | null, limit: number): Band | null =>
  centre === null ? null : { lower: centre - limit, upper: centre + limit }

const apart = (distance: number, print: Print) => `${print(Math.abs(distance))} ${distance < 0 ? 'below' : 'above'}`

/** Levels lie on a scale that is even around the usual level and logarithmic far from it: inverse hyperbolic sine. */
const CELLS = 512
const CELL = 0.05
/** Samples after which the scale is fixed, and after which the view has seen enough to call a level new. */
const SCALED = 50
const SETTLED = 100
/** The levels of a flat line are told apart by a thousandth of it. */
const FINEST = 1e-3

/** How far the mean of the newest samples lies from every level at which the series has been, gaps between them too. */
export class NoveltyView implements View {
  private readonly level: LevelView
  /** How far the mean lay from the level, until the scale is fixed. */
  private readonly sizes: Tail
  private readonly visited: Uint8Array
  private middle: number
  private unit: number
  private seen: number
  private readonly print: Print
  private readonly minChange: number

  /**
   * @param samples how many the mean is of, this one included
   * @param minChange the smallest distance from the usual level that counts, as a share of it
   */
  constructor(samples: number, minChange: number, print: Print, saved?: SavedNovelty) {
    this.print = print
    this.minChange = minChange
    this.level = new LevelView(samples, print, saved?.level)
    this.sizes = new Tail(saved?.sizes)
    this.visited = saved ? Uint8Array.from(Buffer.from(saved.visited, 'base64')) : new Uint8Array(CELLS)
    this.middle = saved?.middle ?? 0
    this.unit = saved?.unit ?? 0
    this.seen = saved?.seen ?? 0
  }

  /** In cells of the scale, above or below the usual level. */
  departure({ value }: Placed): number | null {
    if (this.seen < SETTLED) return null
    const distance = this.level.distance(value)
    if (Math.abs(distance) < this.minChange * Math.abs(this.level.current())) return 0
    const cell = this.cellOf(this.level.mean(value))
    let away = 0
    while (!this.visited[cell - away] && !this.visited[cell + away]) away++
    return distance < 0 ? -away : away
  }

  band(): null {
    return null
  }

  learn(sample: Placed): void {
    this.seen++
    if (this.seen <= SCALED) this.sizes.push(Math.abs(this.level.departure(sample) ?? 0), 1)
    if (this.seen === SCALED) this.fixScale()
    if (this.seen >= SCALED) this.visited[this.cellOf(this.level.mean(sample.value))] = 1
    this.level.learn(sample)
  }

  explain({ value }: Placed): string {
    return `The last samples average ${this.print(this.level.mean(value))}, and this series has never been near that level`
  }

  state(): SavedNovelty {
    const { middle, unit, seen } = this
    const visited = Buffer.from(this.visited).toString('base64')
    return { level: this.level.state(), sizes: this.sizes.state(), visited, middle, unit, seen }
  }

  private fixScale(): void {
    this.middle = this.level.current()
    this.unit = Math.max(this.sizes.exceededBy(0.05) / 2, FINEST * Math.abs(this.middle), Number.MIN_VALUE)
  }

  private cellOf(level: number): number {
    const place = Math.round(Math.asinh((level - this.middle) / this.unit) / CELL) + CELLS / 2
    return Math.max(0, Math.min(CELLS - 1, place))
  }
}

interface SavedNovelty {
  level: SavedLevel
  sizes: SavedTail
  visited: string
  middle: number
  unit: number
  seen: number
}
