// What is held in memory for each series. If there are too many, the least recently used one is evicted.

export interface SeriesCache<Entry> {
  get(seriesId: number): Entry | undefined
  set(seriesId: number, entry: Entry): void
  delete(seriesId: number): void
  clear(): void
  size(): number
  /** Removes an entry that was not used lately, by second chance: LRU at the cost of one write per use (Corbató 1968). */
  evict(): Entry
  /** The next one in an endless round over all; undefined at the end of a turn. */
  next(): Entry | undefined
}

export function createSeriesCache<Entry extends { used: boolean }>(): SeriesCache<Entry> {
  const bySeries = new Map<number, Entry>()
  let evictionHand = bySeries.entries()
  let round = bySeries.values()
  return {
    get: (seriesId) => bySeries.get(seriesId),
    set: (seriesId, entry) => void bySeries.set(seriesId, entry),
    delete: (seriesId) => void bySeries.delete(seriesId),
    clear: () => bySeries.clear(),
    size: () => bySeries.size,
    evict() {
      for (;;) {
        const { done, value } = evictionHand.next()
        if (done) evictionHand = bySeries.entries()
        else if (value[1].used) value[1].used = false
        else {
          bySeries.delete(value[0])
          return value[1]
        }
      }
    },
    next() {
      const { done, value } = round.next()
      if (done) round = bySeries.values()
      return done ? undefined : value
    },
  }
}
