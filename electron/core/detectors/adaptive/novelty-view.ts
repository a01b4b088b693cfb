// How far the mean of the newest samples lies from every level at which the series has been, gaps between them too.
import { textsFor } from '../../../../shared/texts/texts.ts'
import { packed } from '../window.ts'
import type { HeldRun } from './held-run.ts'
import { LevelView, type SavedLevel } from './level-view.ts'
import { Tail, type SavedTail } from './tail.ts'
import type { SampleContext, View } from './view.ts'

const texts = textsFor()

/** Levels lie on a scale that is even around the usual level and logarithmic far from it: inverse hyperbolic sine. */
const CELLS = 512
const CELL = 0.05
/** Samples after which the scale is fixed, and after which the view has seen enough to call a level new. */
const SCALED = 50
const SETTLED = 100
/** The levels of a flat line are distinguished by a thousandth of it. */
const FINEST = 1e-3

/** What a cell of the scale is. */
const NEVER = 0
const VISITED = 1
/** Visited by the anomaly at hand alone. */
const WITHHELD = 2

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
    this.visited = saved ? cellsFrom(saved.visited) : new Uint8Array(CELLS)
    this.middle = saved?.middle ?? 0
    this.unit = saved?.unit ?? 0
    this.seen = saved?.seen ?? 0
  }

  /** In cells of the scale, above or below the usual level. */
  departure({ value }: SampleContext): number | null {
    if (this.seen < SETTLED) return null
    const distance = this.level.distance(value)
    if (Math.abs(distance) < this.minChange * Math.abs(this.level.current())) return 0
    const cell = this.cellOf(this.level.mean(value))
    let away = 0
    while (this.visited[cell - away] !== VISITED && this.visited[cell + away] !== VISITED) away++
    return distance < 0 ? -away : away
  }

  band(): null {
    return null
  }

  learn(sample: SampleContext): void {
    this.seen++
    if (this.sizes) this.learnScale(this.sizes, sample)
    if (!this.sizes) this.visited[this.cellOf(this.level.mean(sample.value))] = VISITED
    this.level.learn(sample)
  }

  observe(sample: SampleContext): void {
    this.level.observe(sample)
  }

  /** What was never there before is an anomaly once; when it comes back it is a level that the series has had. */
  withhold(sample: SampleContext): void {
    if (this.sizes) return
    const cell = this.cellOf(this.level.mean(sample.value))
    if (this.visited[cell] === NEVER) this.visited[cell] = WITHHELD
  }

  /** @param isReal confirmed as a real problem: never learned */
  endRun(isReal: boolean): void {
    for (let cell = 0; cell < CELLS; cell++)
      if (this.visited[cell] === WITHHELD) this.visited[cell] = isReal ? NEVER : VISITED
  }

  current(): number {
    return this.level.current()
  }

  restore(level: number): void {
    this.level.restore(level)
  }

  adopt(run: HeldRun): void {
    this.level.adopt(run)
    if (this.sizes) return
    for (let cell = this.cellOf(run.lowest); cell <= this.cellOf(run.highest); cell++) this.visited[cell] = VISITED
  }

  explain({ value }: SampleContext): string {
    return texts.novelty({ mean: this.level.mean(value) })
  }

  state(): SavedNovelty {
    const { middle, unit, seen } = this
    const visited = packedCells(this.visited)
    return { level: this.level.state(), sizes: this.sizes?.state() ?? null, visited, middle, unit, seen }
  }

  private learnScale(sizes: Tail, sample: SampleContext): void {
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

/** Two cells in a byte. */
const packedCells = (cells: Uint8Array): string =>
  packed(Uint8Array.from({ length: CELLS / 2 }, (_, index) => cells[2 * index]! | (cells[2 * index + 1]! << 4)))

function cellsFrom(text: string): Uint8Array {
  const pairs = Buffer.from(text, 'base64')
  return Uint8Array.from({ length: CELLS }, (_, cell) => (pairs[cell >> 1]! >> (4 * (cell & 1))) & 0xf)
}

interface SavedNovelty {
  level: SavedLevel
  sizes: SavedTail | null
  visited: string
  middle: number
  unit: number
  seen: number
}
