// A data folder such as a busy workstation has after a month, filled through the store itself.
import { join } from 'node:path'
import { DAY } from '../shared/domain/time.ts'
import { silentLog } from '../electron/core/platform/ports.ts'
import { openStore } from '../electron/core/store/open.ts'
import type { NewSample } from '../electron/core/store/types/samples.ts'
import type { Store } from '../electron/core/store/types/store.ts'
import type { Severity, Status } from '../shared/schemas/event.ts'
import { randomFrom } from '../test/support/random.ts'

export interface Sizes {
  /** Series that were posted every minute. */
  series: number
  /** Samples over all of these. */
  samples: number
  /** Samples of the one series of `LONG`. */
  longSeries: number
  /** Series with a single sample, there to be searched. */
  quietSeries: number
  events: number
}

interface Name {
  source: string
  metric_type: string
}

export const LONG: Name = { source: 'long', metric_type: 'CPU' }

const METRIC_TYPES = ['CPU', 'MEMORY', 'DISK', 'RESPONSE_TIME']
export const nameOf = (index: number): Name => ({ source: `host-${index >> 2}`, metric_type: METRIC_TYPES[index % 4]! })

/** As long as a history may be asked for. */
const HISTORY = 7 * DAY
const EVENTS_SPAN = 30 * DAY
const SAMPLES_PER_COMMIT = 10_000
const EVENTS_PER_COMMIT = 1000
/** Of the events. */
const OPEN = 100
/** The program compacts the head at this size. */
const MAX_HEAD_SIZE = 500_000
const MIGRATIONS = join(import.meta.dirname, '../resources/migrations')

/** Everything ends at `now`, in milliseconds since 1970. */
export function fill(dataDir: string, sizes: Sizes, now: number): void {
  const store = openStore({ file: join(dataDir, 'tocsin.db'), migrationsDir: MIGRATIONS, log: silentLog })
  const random = randomFrom(1)
  let some: NewSample[] = []
  const append = () => {
    store.transaction(() => store.samples.append(some))
    some = []
    if (store.samples.headSize() > MAX_HEAD_SIZE) compact(store)
  }
  for (const sample of samplesOf(sizes, now, random)) if (some.push(sample) === SAMPLES_PER_COMMIT) append()
  append()
  compact(store)
  addEvents(store, sizes, now, random)
  store.close()
}

/** None of it is left to evaluate. */
function compact(store: Store): void {
  store.states.setEvaluatedUpTo(store.samples.newestId())
  while (store.samples.compact(store.samples.newestId()));
}

function* samplesOf(sizes: Sizes, now: number, random: () => number): Generator<NewSample> {
  const noisy = () => Math.round((48 + random() * 4 + random() * 4) * 1000) / 1000
  const timeOf = (share: number) => Math.floor(now - HISTORY + HISTORY * share)
  const rounds = sizes.samples / sizes.series
  for (let round = 1; round <= rounds; round++)
    for (let index = 0; index < sizes.series; index++) yield sampleOf(nameOf(index), noisy(), timeOf(round / rounds))
  for (let index = 1; index <= sizes.longSeries; index++)
    yield sampleOf(LONG, noisy(), timeOf(index / sizes.longSeries))
  for (let index = 0; index < sizes.quietSeries; index++)
    yield sampleOf({ source: `device-${index}`, metric_type: 'CPU' }, index, now)
}

const sampleOf = (name: Name, value: number, time: number): NewSample => ({
  source: name.source,
  metricType: name.metric_type,
  value,
  unit: '%',
  tags: null,
  serverId: null,
  time,
  drill: false,
})

/** Most are over, the newest are open. */
function addEvents(store: Store, { series, events }: Sizes, now: number, random: () => number): void {
  for (let first = 0; first < events; first += EVENTS_PER_COMMIT)
    store.transaction(() => {
      for (let number = first; number < Math.min(first + EVENTS_PER_COMMIT, events); number++) {
        const time = Math.floor(now - EVENTS_SPAN + (EVENTS_SPAN * (number + 1)) / events)
        const status = number >= events - OPEN ? 'OPEN' : random() < 0.95 ? 'RESOLVED' : 'FALSE_POSITIVE'
        addEvent(store, nameOf(Math.floor(random() * series)), status, random() < 0.2 ? 'CRITICAL' : 'WARNING', time)
      }
    })
}

function addEvent(store: Store, name: Name, status: Status, severity: Severity, time: number): void {
  const at = new Date(time).toISOString()
  const ended = status === 'OPEN' ? null : at
  const { id } = store.events.insert({
    ...name,
    series_id: store.series.find(name.source, name.metric_type)!.id,
    drill: false,
    rule_id: null,
    rule_name: 'Far from the usual',
    last_sample_id: 1,
    server_id: null,
    unit: '%',
    method: 'ZSCORE',
    value: 95.1,
    score: 0.7,
    figure: 4.3,
    lower: 35,
    upper: 65,
    history_count: null,
    began_at: null,
    side: 'above',
    current_value: null,
    peak_at: null,
    notified_at: null,
    flapping: false,
    silenced_by: null,
    silence_id: null,
    silenced_until: null,
    severity,
    status,
    title: `${name.metric_type} on ${name.source} is 95.1 %`,
    description: '95.1 lies 4.3 standard deviations above the mean of 50 in the last 300 samples.',
    detected_at: at,
    last_seen_at: at,
    occurrences: 1,
    peak_value: 95.1,
    acknowledged_at: null,
    acknowledged_by: null,
    confirmed_at: null,
    confirmed_by: null,
    resolution: null,
    critical_since: null,
    raised_at: at,
    resolved_at: ended,
    resolved_by: ended && 'ada',
    incident_id: null,
  })
  store.events.addToTimeline(id, { at, kind: 'raised', who: 'tocsin', comment: null })
  if (ended) store.events.addToTimeline(id, { at, kind: 'resolved', who: 'ada', comment: 'Restarted the job.' })
}
