// How many samples are evaluated at once. A batch is evaluated series by series, and the state of a series is kilobytes
// that must be loaded into the processor's cache each time, so large batches cost half. But nothing else runs during a
// batch, so its size follows from how long the last one took.
export const MIN_BATCH = 256
const MAX_BATCH = 8192
/** Milliseconds that a batch should take. */
const BATCH_MS = 8

/**
 * As large as the last batch should have been, and at most twice the size that it was allowed.
 *
 * @param took milliseconds for this many evaluated samples
 */
export function nextBatchSize(lastSize: number, evaluated: number, took: number): number {
  const fitting = Math.min((evaluated * BATCH_MS) / took, 2 * lastSize)
  return Math.round(Math.max(MIN_BATCH, Math.min(MAX_BATCH, fitting)))
}
