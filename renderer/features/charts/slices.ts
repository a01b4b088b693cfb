// Slices of time for charts: of a length that people have a name for, on a grid that stands still while time goes on, so
// that a slice which is over never changes.

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Each fills whole hours, or whole days where it is longer than one. */
const LENGTHS = [
  ...[2, 5, 10, 15, 20, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 3, 5, 10, 15, 20, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 4, 6, 8, 12].map((hours) => hours * HOUR),
  ...[1, 2, 5, 10].map((days) => days * DAY),
]
/** As many as one answer holds. */
const MOST_SLICES = 2000
/** The longest span of one question. */
const MOST_HOURS = 87_600

interface Slices {
  /** Milliseconds. */
  length: number
  /** What to ask for: so many slices in the hours before the end of the last one. */
  hours: number
  points: number
  /** Milliseconds since 1970. */
  until: number
}

/** The shortest slices of which a chart has room for all: one on every pixel at most. Times are milliseconds since 1970. */
export function slicesOf(from: number, to: number, pixels: number): Slices {
  const fits = (length: number) =>
    (to - from) / length <= pixels && (hoursOf(from, to, length) * HOUR) / length <= MOST_SLICES
  const length = LENGTHS.find(fits) ?? LENGTHS.at(-1)!
  const hours = hoursOf(from, to, length)
  const end = Math.ceil((to + 1) / length) * length
  return { length, hours, points: Math.max(1, Math.floor((hours * HOUR) / length)), until: end - 1 }
}

/** Questions name whole hours, and those must be whole slices. */
function hoursOf(from: number, to: number, length: number): number {
  const whole = Math.max(1, length / HOUR)
  return Math.min(MOST_HOURS, Math.max(1, Math.ceil((to - from) / HOUR / whole)) * whole)
}

/** The program makes slices so many times as long where shorter ones would cost it too much. */
const WIDENED = [2, 4, 8, 16, 32]

/** How far apart slices really lie, as people name it: what is old is kept in longer ones than were asked for. */
export function lengthShown(asked: number, apart: number): number {
  const off = (length: number) => Math.abs(Math.log(length / Math.max(1, apart)))
  const lengths = [...LENGTHS, ...WIDENED.map((times) => times * asked)]
  return Math.max(asked, lengths.toSorted((one, other) => off(one) - off(other))[0]!)
}

/** How far apart points usually lie, in milliseconds; undefined where there are fewer than two. */
export function middleGap(points: readonly { x: number }[]): number | undefined {
  const gaps = points.slice(1).map(({ x }, index) => x - points[index]!.x)
  return gaps.toSorted((one, other) => one - other)[Math.floor(gaps.length / 2)]
}
