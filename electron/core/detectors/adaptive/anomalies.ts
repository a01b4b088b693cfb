// The anomaly at hand: when it begins and ends, what is held back of it, and how it becomes the new normal, or ceases to be.
import { DAY } from '../../../../shared/domain/time.ts'
import { HeldRun, type SavedRun } from './held-run.ts'
import type { SampleContext } from './view.ts'
import type { SavedNormal, ViewSet } from './view-set.ts'

/** Samples in a row that are not flagged end an anomaly. */
export const RECOVERED = 10

/** An adoption can be undone for so long. */
const UNDO_MS = 14 * DAY

/** What was normal before the newest adoption. */
interface Undo {
  until: number
  normal: SavedNormal
}

/** Plain JSON. */
export interface SavedAnomalies {
  normalSamples: number
  run: SavedRun | null
  undo: Undo | null
}

export class Anomalies {
  private readonly views: ViewSet
  /** Samples since the newest flagged one. */
  private normalSamples: number
  /** The anomaly at hand, or the newest one; null before the first. */
  private run: HeldRun | null
  private undo: Undo | null

  constructor(views: ViewSet, saved?: SavedAnomalies) {
    this.views = views
    this.normalSamples = saved?.normalSamples ?? RECOVERED
    this.run = saved?.run ? new HeldRun(saved.run) : null
    this.undo = saved?.undo ?? null
  }

  /** The anomaly at hand; null if the newest one is over. */
  get current(): HeldRun | null {
    return this.normalSamples < RECOVERED ? this.run : null
  }

  /** It begins, goes on, or ends. */
  follow(sample: SampleContext, isFlagged: boolean): void {
    if (isFlagged) {
      if (!this.current) this.run = new HeldRun()
      this.normalSamples = 0
      this.run!.hold(sample, this.views.normalAt(sample))
    } else if (this.current) {
      this.current.pass()
      if (++this.normalSamples >= RECOVERED) this.end()
    }
    if (this.undo && sample.time > this.undo.until) this.undo = null
  }

  /** It is the normal from now on. */
  adopt(run: HeldRun, time: number): void {
    this.undo = { until: time + UNDO_MS, normal: this.views.adopt(run) }
    this.end()
  }

  /** It was a real problem: nothing of it is learned. */
  confirm(): void {
    const { run } = this
    if (!run) return
    run.isReal = true
    if (!this.current) for (const view of this.views.all) view.unlearn(run.quarters)
    this.views.surge.forget(run.quarters)
  }

  /** Nothing was wrong: as much again is normal. */
  accept(): void {
    for (const view of this.views.all) view.accept()
    this.end()
  }

  /** What is normal now is what was normal before the adoption, and the anomaly goes on, as a real one. */
  undoAdoption(): void {
    if (!this.undo) return
    this.views.restore(this.undo.normal)
    this.undo = null
    this.run = new HeldRun()
    this.run.isReal = true
    this.normalSamples = 0
  }

  state(): SavedAnomalies {
    return { normalSamples: this.normalSamples, run: this.run?.state() ?? null, undo: this.undo }
  }

  private end(): void {
    const isReal = this.run?.isReal ?? false
    this.normalSamples = RECOVERED
    for (const view of this.views.all) view.endAnomaly(isReal)
    this.views.novelty.endRun(isReal)
  }
}
