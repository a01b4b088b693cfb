// Runs of samples to one side of a level, as cumulative sums.

/** A run of samples that lie more to one side than the usual does. */
export interface Run {
  /** The cumulative sum, in robust standard deviations. */
  sum: number
  /** Samples since it was 0, and their mean. */
  count: number
  mean: number
}

export const NO_RUN: Run = { sum: 0, count: 0, mean: 0 }

/** At most at the line, which is where a change that is too small to matter waits. */
export function runWith(run: Run, value: number, step: number, line: number): Run {
  const sum = Math.min(line, run.sum + step)
  return sum <= 0 ? NO_RUN : { sum, ...withOne(run, value) }
}

/** The count and the mean with one more value. */
export const withOne = ({ count, mean }: Pick<Run, 'count' | 'mean'>, value: number) => ({
  count: count + 1,
  mean: mean + (value - mean) / (count + 1),
})

export const larger = ({ up, down }: { up: Run; down: Run }): Run => (up.sum >= down.sum ? up : down)
