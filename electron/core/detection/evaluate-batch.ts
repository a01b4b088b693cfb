// Evaluates the next batch of stored samples, series by series, and collects their transitions.
import type { Transition } from '../events/transition.ts'
import type { GroupedSamples } from '../store/types/samples.ts'
import type { Store } from '../store/types/store.ts'
import type { WatchCache } from './watch-cache.ts'

/** Milliseconds per batch for opening series, which may have to learn weeks of history. */
const MAX_OPENING = 10

interface Deps {
  store: Pick<Store, 'samples' | 'states'>
  watchCache: WatchCache
}

interface EvaluatedBatch {
  /** All samples up to this id are evaluated. */
  upTo: number
  /** In the order of their samples. */
  transitions: Transition[]
  /** Milliseconds. */
  took: number
}

/** Inside a transaction, which also saves the states of the watches that were opened. */
export function evaluateBatch({ store, watchCache }: Deps, fromId: number, size: number): EvaluatedBatch {
  const begun = performance.now()
  const lastId = Math.min(fromId + size - 1, store.samples.newestId())
  const grouped = store.samples.groupBySeries(fromId, lastId)
  const upTo = openSeries(watchCache, grouped, begun + MAX_OPENING) ?? lastId
  const found: Transition[] = []
  for (const run of grouped.runs) watchCache.evaluate(grouped, run, upTo, (each) => found.push(each))
  store.states.save(watchCache.takeOpened())
  const transitions = found.toSorted((one, other) => one.sample.id - other.sample.id)
  return { upTo, transitions, took: performance.now() - begun }
}

/**
 * Opens the series of a batch, at least the first. The batch ends before the first series for which no time is left.
 *
 * @returns the last id of a batch that was cut short
 */
function openSeries(watchCache: WatchCache, { ids, runs }: GroupedSamples, deadline: number): number | undefined {
  let upTo: number | undefined
  for (const [index, { seriesId, start }] of runs.entries()) {
    if (watchCache.isOpen(seriesId)) continue
    if (index === 0 || performance.now() < deadline) watchCache.open(seriesId, ids[start]!)
    else {
      upTo = ids[start]! - 1
      runs.length = index
    }
  }
  return upTo
}
