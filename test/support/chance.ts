// Chance that is the same whenever it comes from the same seed.
import { randomFrom } from './random.ts'

export interface Chance {
  /** From `low` up to `high`, each as likely. */
  between(low: number, high: number): number
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number
  happens(probability: number): boolean
  /** Of mean 0 and standard deviation 1 (Box and Muller 1958). */
  normal(): number
  /** Above 0 and with a long tail: half of them are greater than the median. */
  logNormal(median: number, sigma: number): number
  pick<T>(from: readonly T[]): T
  /** In another order. */
  shuffled<T>(all: readonly T[]): T[]
  /** Chance of its own, so that what one thing draws has no part in another. */
  branch(): Chance
}

export function createChance(seed: number): Chance {
  const random = randomFrom(seed)
  const between = (low: number, high: number) => low + random() * (high - low)
  const whole = (low: number, high: number) => Math.floor(between(low, high + 1))
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return {
    between,
    whole,
    happens: (probability) => random() < probability,
    normal,
    logNormal: (median, sigma) => median * Math.exp(sigma * normal()),
    pick: (from) => from[whole(0, from.length - 1)]!,
    shuffled: (all) =>
      all
        .map((each) => ({ each, place: random() }))
        .toSorted((one, other) => one.place - other.place)
        .map(({ each }) => each),
    branch: () => createChance(whole(0, 0xffff_ffff)),
  }
}

/** Noise that wanders: each step keeps most of the one before. Of mean 0 and, in the long run, standard deviation 1. */
export function createWander({ normal }: Chance, kept: number): () => number {
  let at = normal()
  const fresh = Math.sqrt(1 - kept ** 2)
  return () => (at = kept * at + fresh * normal())
}
