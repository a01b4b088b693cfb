// IQR: how far a value lies outside the quartiles of the newest samples, counted in interquartile ranges.
import { plain } from '../../../shared/plain.ts'
import { Caution } from './caution.ts'
import {
  AS_USUAL,
  insufficientData,
  scoreOf,
  type Detector,
  type DetectorDefinition,
  type Observation,
  type Settings,
  type Verdict,
} from './detector.ts'
import {
  bounded,
  inUnitsOf,
  matters,
  packed,
  Ring,
  unpacked,
  windowParams,
  windowSize,
  type WindowParams,
} from './window.ts'

interface State {
  /** Packed doubles, oldest first. */
  values: string
  flagged: number
}

/** Tukey's fences (Exploratory Data Analysis, 1977). */
export const iqr: DetectorDefinition<WindowParams> = {
  method: 'IQR',
  summary: 'Outside the middle half of the values, counted in its width. Bears outliers and lopsided values.',
  uses: ['iqr_factor', 'min_samples'],
  params: windowParams,
  version: 2,
  memory: windowSize,
  create: (settings, state) => new Iqr(settings, state as State | undefined),
}

class Iqr implements Detector {
  private readonly settings: Settings<WindowParams>
  private readonly values: SortedWindow
  private readonly caution: Caution

  constructor(settings: Settings<WindowParams>, saved?: State) {
    this.settings = settings
    this.values = new SortedWindow(windowSize(settings), saved && unpacked(saved.values))
    this.caution = new Caution(saved?.flagged)
  }

  score(observation: Observation): Verdict {
    const { settings, values } = this
    const value = bounded(observation.value)
    if (values.size < settings.min_samples) return insufficientData(values.size)
    const first = values.quantile(0.25)
    const median = values.quantile(0.5)
    const third = values.quantile(0.75)
    const width = third - first
    const outside = value > third ? value - third : Math.min(0, value - first)
    const figure = inUnitsOf(width, outside, median)
    const reach = settings.iqr_factor * width
    const score = matters(value, median, settings.params.min_change)
      ? scoreOf(Math.abs(figure) / settings.iqr_factor)
      : 0
    const reason = score < 0.5 ? AS_USUAL : explain(value, figure, first, third, values.size)
    return { score, figure, lower: first - reach, upper: third + reach, samples: values.size, reason }
  }

  learn({ value }: Observation, verdict: Verdict): void {
    if (this.caution.admits(verdict)) this.values.push(bounded(value))
  }

  state(): State {
    return { values: packed(this.values.toValues()), flagged: this.caution.flagged }
  }
}

function explain(value: number, figure: number, first: number, third: number, samples: number): string {
  if (first === third) return `${plain(value)}, while most of the last ${samples} samples were ${plain(first)}.`
  const side = figure > 0 ? 'above' : 'below'
  const usual = `half of the last ${samples} samples lay between ${plain(first)} and ${plain(third)}`
  return `${plain(value)} is ${plain(Math.abs(figure))} interquartile ranges ${side} the usual (${usual}).`
}

/**
 * Keeps the slots of a ring in the order of their values: two bytes each beside the eight of the value. Equal values
 * stand in the order of their coming, so that the one that leaves is the first of its equals.
 */
class SortedWindow {
  private readonly ring: Ring
  private readonly order: Uint16Array

  constructor(capacity: number, saved: ArrayLike<number> = []) {
    this.ring = new Ring(capacity)
    this.order = new Uint16Array(capacity)
    for (let i = 0; i < saved.length; i++) this.push(saved[i]!)
  }

  get size(): number {
    return this.ring.size
  }

  push(value: number): void {
    const { ring, order } = this
    const slot = ring.next
    if (ring.size < ring.capacity) {
      const place = firstAbove(ring, order, value)
      order.copyWithin(place + 1, place, ring.size)
      order[place] = slot
    } else {
      const leaving = firstNotBelow(ring, order, ring.slots[slot]!)
      const place = firstAbove(ring, order, value)
      if (place > leaving) order.copyWithin(leaving, leaving + 1, place)
      else order.copyWithin(place + 1, place, leaving)
      order[place > leaving ? place - 1 : place] = slot
    }
    ring.push(value)
  }

  /** Linear interpolation between order statistics (type 7 of Hyndman and Fan, 1996). */
  quantile(share: number): number {
    const { ring, order } = this
    const position = share * (ring.size - 1)
    const below = Math.floor(position)
    const low = ring.slots[order[below]!]!
    return below === position ? low : low + (position - below) * (ring.slots[order[below + 1]!]! - low)
  }

  toValues(): Float64Array {
    return this.ring.toValues()
  }
}

/** Binary search for the first place whose value is not below this one. */
function firstNotBelow({ slots, size }: Ring, order: Uint16Array, value: number): number {
  let low = 0
  let high = size
  while (low < high) {
    const middle = (low + high) >>> 1
    if (slots[order[middle]!]! < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Binary search for the first place whose value is above this one. */
function firstAbove({ slots, size }: Ring, order: Uint16Array, value: number): number {
  let low = 0
  let high = size
  while (low < high) {
    const middle = (low + high) >>> 1
    if (slots[order[middle]!]! <= value) low = middle + 1
    else high = middle
  }
  return low
}
