// IQR: how far a value lies outside the quartiles of the newest samples, counted in interquartile ranges.
import { plain } from '../../../shared/plain.ts'
import { createCaution } from './caution.ts'
import {
  AS_USUAL,
  insufficientData,
  scoreOf,
  type Detector,
  type DetectorDefinition,
  type Settings,
} from './detector.ts'
import {
  bounded,
  createRing,
  inUnitsOf,
  matters,
  windowParams,
  windowSize,
  type Ring,
  type WindowParams,
} from './window.ts'

interface State {
  values: number[]
  flagged: number
}

/** Tukey's fences (Exploratory Data Analysis, 1977). */
export const iqr: DetectorDefinition<WindowParams> = {
  method: 'IQR',
  summary: 'Outside the middle half of the values, counted in its width. Bears outliers and lopsided values.',
  uses: ['iqr_factor', 'min_samples'],
  params: windowParams,
  version: 1,
  memory: windowSize,
  create: (settings, state) => createIqr(settings, state as State | undefined),
}

function createIqr(settings: Settings<WindowParams>, saved?: State): Detector {
  const values = createSortedWindow(windowSize(settings), saved?.values)
  const caution = createCaution(saved?.flagged)
  return {
    score(observation) {
      const value = bounded(observation.value)
      if (values.size() < settings.min_samples) return insufficientData
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
      const reason = score < 0.5 ? AS_USUAL : explain(value, figure, first, third, values.size())
      return { score, figure, lower: first - reach, upper: third + reach, reason }
    },
    learn({ value }, verdict) {
      if (caution.admits(verdict)) values.push(bounded(value))
    },
    state: (): State => ({ values: values.toArray(), flagged: caution.flagged() }),
  }
}

function explain(value: number, figure: number, first: number, third: number, samples: number): string {
  if (first === third) return `${plain(value)}, while most of the last ${samples} samples were ${plain(first)}.`
  const side = figure > 0 ? 'above' : 'below'
  const usual = `half of the last ${samples} samples lay between ${plain(first)} and ${plain(third)}`
  return `${plain(value)} is ${plain(Math.abs(figure))} interquartile ranges ${side} the usual (${usual}).`
}

interface SortedWindow {
  size(): number
  push(value: number): void
  /** Linear interpolation between order statistics (type 7 of Hyndman and Fan, 1996). */
  quantile(share: number): number
  toArray(): number[]
}

/** Keeps the slots of a ring in the order of their values: two bytes each beside the eight of the value. */
function createSortedWindow(capacity: number, saved: readonly number[] = []): SortedWindow {
  const ring = createRing(capacity)
  const order = new Uint16Array(capacity)
  const push = (value: number) => {
    let sorted = ring.size
    const slot = ring.next()
    if (sorted === capacity) {
      const leaving = placeOfSlot(ring, order, slot, sorted)
      order.copyWithin(leaving, leaving + 1, sorted--)
    }
    const place = firstNotBelow(ring, order, value, sorted)
    order.copyWithin(place + 1, place, sorted)
    order[place] = slot
    ring.push(value)
  }
  for (const value of saved) push(value)
  return {
    size: () => ring.size,
    push,
    quantile(share) {
      const position = share * (ring.size - 1)
      const below = Math.floor(position)
      const low = ring.at(order[below]!)
      return below === position ? low : low + (position - below) * (ring.at(order[below + 1]!) - low)
    },
    toArray: () => ring.toArray(),
  }
}

/** Binary search for the first place whose value is not below this one. */
function firstNotBelow(ring: Ring, order: Uint16Array, value: number, sorted: number): number {
  let low = 0
  let high = sorted
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ring.at(order[middle]!) < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Where a slot stands in the order; among equal values it is looked for one by one. */
function placeOfSlot(ring: Ring, order: Uint16Array, slot: number, sorted: number): number {
  return order.indexOf(slot, firstNotBelow(ring, order, ring.at(slot), sorted))
}
