import type { Point } from '../charts/readSamples.ts'

/**
 * The samples of the newest drill among those of all drills on the same series. Drills in quick succession overlap in
 * time, but the program stores one after the other, so their ids separate them.
 *
 * @param count the number of samples of a drill
 * @returns in order of time
 */
export const newestDrillSamples = (points: readonly Point[], count: number): Point[] =>
  points
    .toSorted((one, other) => other.id - one.id)
    .slice(0, count)
    .toSorted((one, other) => one.x - other.x || one.id - other.id)
