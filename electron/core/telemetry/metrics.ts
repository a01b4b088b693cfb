// What is asked for only when somebody reads `/metrics`: idle, all of it costs nothing.
import { statSync } from 'node:fs'
import type { Registry } from 'prom-client'
import type { SeriesRejection } from '../ingest/ingest.ts'
import type { LoopDelay } from './loop-delay.ts'
import type { OverloadCounts } from '../ingest/overload.ts'
import type { Store } from '../store/types/store.ts'
import { metricsOf } from './registering.ts'

/** What the stages know at any time; all of it cheap to ask. */
export interface Readings {
  /** Samples that are stored and wait for their evaluation. */
  waiting(): number
  /** Samples evaluated since the start. */
  evaluated(): number
  /** Posts refused since the start, by reason. */
  refused: OverloadCounts['counts']
  /** How many of them were rejected because there were too many, and why the newest was. */
  rejected: OverloadCounts['rejected']
  overload: OverloadCounts['overload']
  /** The newest rejection of a new series because of a limit, within the last hour. */
  seriesRejection(): SeriesRejection | undefined
  /** Series whose watches are in memory. */
  watchedSeries(): number
  /** Live events, drills left out. */
  liveEvents(): number
  /** Real events that are open, critical and not silenced. */
  openCriticals(): number
  /** Readers of the live stream, the desktop's own among them. */
  streamReaders(): number
  /** What the store holds. */
  sizes: Store['samples']['sizes']
  /** The database's file. */
  databaseFile: string
}

export function addReadings(register: Registry, readings: Readings): void {
  const { gauge, gauges, counter, counters } = metricsOf(register)
  gauge('tocsin_samples_waiting', 'Samples that are stored and wait for their evaluation.', readings.waiting)
  counter('tocsin_samples_judged_total', 'Samples evaluated since the start.', readings.evaluated)
  counters('tocsin_posts_refused_total', 'Posts of samples refused since the start.', 'reason', readings.refused)
  gauge('tocsin_watched_series', "Series whose detectors' states are in memory.", readings.watchedSeries)
  gauge('tocsin_events_live', 'Events that are open or acknowledged, drills left out.', readings.liveEvents)
  gauge(
    'tocsin_events_open_critical',
    'Events that are open, critical and not silenced, drills left out.',
    readings.openCriticals,
  )
  gauge('tocsin_stream_readers', "Readers of the live stream, the desktop's own among them.", readings.streamReaders)
  gauge('tocsin_series', 'Series that are known, those of drills too.', () => readings.sizes().series)
  gauge('tocsin_hot_log_samples', 'Samples that are not in blocks yet.', () => readings.sizes().headSamples)
  gauge('tocsin_hot_log_memory_bytes', 'Memory that they take.', () => readings.sizes().headBytes)
  gauge('tocsin_blocks', 'Blocks of older samples and of their rollups.', () => readings.sizes().blocks)
  gauges('tocsin_database_size_bytes', 'Sizes of the files of the database.', 'file', () => {
    const { database, wal } = sizesOf(readings.databaseFile)
    return { database, wal }
  })
}

/** In bytes. */
export const sizesOf = (databaseFile: string): { database: number; wal: number } => ({
  database: sizeOf(databaseFile),
  wal: sizeOf(`${databaseFile}-wal`),
})

const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0

/**
 * The usual names of the usual things. prom-client's own collection of them is not used: it keeps a timer that wakes
 * the process 100 times a second, half a percent of a core, and is called on every garbage collection.
 */
export function addProcess(register: Registry, loopDelay: LoopDelay): void {
  const { gauge, gauges, counter } = metricsOf(register)
  counter('process_cpu_seconds_total', 'CPU time of the process, user and system.', () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1e6
  })
  const started = Date.now() / 1000 - process.uptime()
  gauge('process_start_time_seconds', 'When the process started, in seconds since 1970.', () => started)
  gauge('process_resident_memory_bytes', 'Resident memory.', () => process.memoryUsage.rss())
  gauge('nodejs_heap_size_total_bytes', "JavaScript's heap.", () => process.memoryUsage().heapTotal)
  gauge('nodejs_heap_size_used_bytes', 'The used part of it.', () => process.memoryUsage().heapUsed)
  gauge('nodejs_external_memory_bytes', 'Memory beside it, buffers included.', () => process.memoryUsage().external)
  gauges(
    'tocsin_event_loop_delay_seconds',
    'How long the turns of the event loop since the last scrape took; quantile 1 is the longest.',
    'quantile',
    () => {
      const { p50, p99, p999, max } = loopDelay.read()
      return { 0.5: p50, 0.99: p99, 0.999: p999, 1: max }
    },
  )
}
