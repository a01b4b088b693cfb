// How far the mean of the newest samples lies from every level at which the series has been, gaps between them too.
import { plain } from '../../../../shared/domain/plain.ts'
import { LevelView, type SavedLevel } from './level-view.ts'
import { Tail, type SavedTail } from './tail.ts'
import type { Placed, View } from './view.ts'

/** Levels lie on a scale that is even around the usual level and logarithmic far from it: inverse hyperbolic sine. */
const CELLS = 512
const CELL = 0.05
/** Samples after which the scale is fixed, and after which the view has seen enough to call a level new. */
const SCALED = 50
const SETTLED = 100
/** The levels of a flat line are told apart by a thousandth of it. */
const FINEST = 1e-3

export class NoveltyView implements View {
  private readonly level: LevelView
  /** How far the mean lay from the level; null from when the scale is fixed. */
  private sizes: Tail | null
  private readonly visited: Uint8Array
  private middle: number
  private unit: number
  private seen: number
  private readonly minChange: number

  /**
   * @param samples how many the mean is of, this one included
   * @param minChange the smallest distance from the usual level that counts, as a share of it
   */
  constructor(samples: number, minChange: number, saved?: SavedNovelty) {
    this.minChange = minChange
    this.level = new LevelView(samples, saved?.level)
    this.sizes = saved?.sizes === null ? null : new Tail(saved?.sizes)
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
    if (this.sizes) this.learnScale(this.sizes, sample)
    if (!this.sizes) this.visited[this.cellOf(this.level.mean(sample.value))] = 1
    this.level.learn(sample)
  }

  explain({ value }: Placed): string {
    return `The last samples average ${plain(this.level.mean(value))}, and this series has never been near that level`
  }

  state(): SavedNovelty {
    const { middle, unit, seen } = this
    const visited = Buffer.from(this.visited).toString('base64')
    return { level: this.level.state(), sizes: this.sizes?.state() ?? null, visited, middle, unit, seen }
  }

  private learnScale(sizes: Tail, sample: Placed): void {
    sizes.push(Math.abs(this.level.departure(sample) ?? 0), 1)
    if (this.seen < SCALED) return
    this.middle = this.level.current()
    this.unit = Math.max(sizes.exceededBy(0.05) / 2, FINEST * Math.abs(this.middle), Number.MIN_VALUE)
    this.sizes = null
  }

  private cellOf(level: number): number {
    const place = Math.round(Math.asinh((level - this.middle) / this.unit) / CELL) + CELLS / 2
    return Math.max(0, Math.min(CELLS - 1, place))
  }
}

interface SavedNovelty {
  level: SavedLevel
  sizes: SavedTail | null
  visited: string
  middle: number
  unit: number
  seen: number
}
