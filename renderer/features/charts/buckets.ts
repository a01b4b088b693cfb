// Slices of time for charts: of a length that people have a name for, on a grid that stands still while time goes on, so
// that a slice which is over never changes.
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/domain/time.ts'

/** Each fills whole hours, or whole days where it is longer than one. */
const STEPS = [
  ...[2, 5, 10, 15, 20, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 3, 5, 10, 15, 20, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 4, 6, 8, 12].map((hours) => hours * HOUR),
  ...[1, 2, 5, 10].map((days) => days * DAY),
]
/** As many as one answer holds. */
const MAX_BUCKETS = 2000
/** The longest span of one question. */
const MAX_HOURS = 87_600

interface Buckets {
  /** Milliseconds. */
  step: number
  /** What to ask for: so many slices in the hours before the end of the last one. */
  hours: number
  points: number
  /** Milliseconds since 1970. */
  until: number
}

/** The shortest slices of which a chart has room for all: one on every pixel at most. Times are milliseconds since 1970. */
export function bucketsFor(from: number, to: number, pixels: number): Buckets {
  const fits = (step: number) =>
    (to - from) / step <= pixels && (wholeHours(from, to, step) * HOUR) / step <= MAX_BUCKETS
  const step = STEPS.find(fits) ?? STEPS.at(-1)!
  const hours = wholeHours(from, to, step)
  const end = Math.ceil((to + 1) / step) * step
  return { step, hours, points: Math.max(1, Math.floor((hours * HOUR) / step)), until: end - 1 }
}

/** Questions name whole hours, and those must be whole slices. */
function wholeHours(from: number, to: number, step: number): number {
  const whole = Math.max(1, step / HOUR)
  return Math.min(MAX_HOURS, Math.max(1, Math.ceil((to - from) / HOUR / whole)) * whole)
}

/** The program makes slices so many times as long where shorter ones would cost it too much. */
const WIDENED = [2, 4, 8, 16, 32]

/** How far apart slices really lie, as people name it: what is old is kept in longer ones than were asked for. */
export function displayedStep(asked: number, apart: number): number {
  const off = (step: number) => Math.abs(Math.log(step / Math.max(1, apart)))
  const steps = [...STEPS, ...WIDENED.map((times) => times * asked)]
  return Math.max(asked, steps.toSorted((one, other) => off(one) - off(other))[0]!)
}

/** How far apart points usually lie, in milliseconds; undefined where there are fewer than two. */
export function medianGap(points: readonly { x: number }[]): number | undefined {
  const gaps = points.slice(1).map(({ x }, index) => x - points[index]!.x)
  return gaps.toSorted((one, other) => one - other)[Math.floor(gaps.length / 2)]
}
