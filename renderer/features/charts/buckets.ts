// Time buckets for charts: of a length that has a common name, on a fixed grid, so that a bucket in the past never
// changes.
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/domain/time.ts'

/** Each divides an hour, or a day, or is whole days. */
const STEPS = [
  ...[2, 5, 10, 15, 20, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 3, 5, 10, 15, 20, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 4, 6, 8, 12].map((hours) => hours * HOUR),
  ...[1, 2, 5, 10].map((days) => days * DAY),
]
/** The maximum of one answer. */
const MAX_BUCKETS = 2000
/** The longest span of one request. */
const MAX_HOURS = 87_600

interface Buckets {
  /** Milliseconds. */
  step: number
  /** The query: this many buckets in the hours before the end of the last one. */
  hours: number
  points: number
  /** Milliseconds since 1970. */
  until: number
}

/** The shortest buckets that fit on the chart, at most one per pixel. Times are milliseconds since 1970. */
export function bucketsFor(from: number, to: number, pixels: number): Buckets {
  const fits = (step: number) =>
    (to - from) / step <= pixels && (wholeHours(from, to, step) * HOUR) / step <= MAX_BUCKETS
  const step = STEPS.find(fits) ?? STEPS.at(-1)!
  const hours = wholeHours(from, to, step)
  const end = Math.ceil((to + 1) / step) * step
  return { step, hours, points: Math.max(1, Math.floor((hours * HOUR) / step)), until: end - 1 }
}

/** Requests name whole hours, and those must be whole buckets. */
function wholeHours(from: number, to: number, step: number): number {
  const whole = Math.max(1, step / HOUR)
  return Math.min(MAX_HOURS, Math.max(1, Math.ceil((to - from) / HOUR / whole)) * whole)
}

/** The program multiplies the length by one of these if shorter buckets would cost it too much. */
const WIDENED = [2, 4, 8, 16, 32]

/** The real distance between buckets, rounded to a common length: old data is stored in longer ones than requested. */
export function displayedStep(asked: number, interval: number): number {
  const off = (step: number) => Math.abs(Math.log(step / Math.max(1, interval)))
  const steps = [...STEPS, ...WIDENED.map((times) => times * asked)]
  return Math.max(asked, steps.toSorted((one, other) => off(one) - off(other))[0]!)
}

/** The median distance between points in milliseconds; undefined for fewer than two. */
export function medianGap(points: readonly { x: number }[]): number | undefined {
  const gaps = points.slice(1).map(({ x }, index) => x - points[index]!.x)
  return gaps.toSorted((one, other) => one - other)[Math.floor(gaps.length / 2)]
}
