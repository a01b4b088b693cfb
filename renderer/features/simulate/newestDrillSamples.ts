import type { Point } from '../charts/readSamples.ts'

/**
 * The newest drill's samples among those of all drills on the same series. Drills that follow each other lie over each
 * other in time, but the program stores one after the other, so their ids tell them apart.
 *
 * @param count how many the drill made
 * @returns in order of time
 */
export const newestDrillSamples = (points: readonly Point[], count: number): Point[] =>
  points
    .toSorted((one, other) => other.id - one.id)
    .slice(0, count)
    .toSorted((one, other) => one.x - other.x || one.id - other.id)
