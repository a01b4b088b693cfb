// Examples to store, of which a test gives only what matters to it.
import type { RuleIn } from '../../../shared/schemas/rule.ts'
import type { Retention, NewSample, StoredSample } from '../../../electron/core/store/types/samples.ts'
import type { NewEvent, StoredEvent } from '../../../electron/core/store/types/events.ts'
import type { Store } from '../../../electron/core/store/types/store.ts'

export const T0 = Date.parse('2026-05-04T10:00:00.000Z')

export const iso = (time: number) => new Date(time).toISOString()

export const newSample = (given: Partial<NewSample> = {}): NewSample => ({
  source: 'web-1',
  metricType: 'CPU',
  value: 50,
  unit: null,
  tags: null,
  serverId: null,
  time: T0,
  drill: false,
  ...given,
})

export const appendTo = (store: Store, ...samples: Partial<NewSample>[]): StoredSample[] =>
  store.transaction(() => append(store, samples.map(newSample)))

/** Inside a transaction. */
export function append(store: Store, samples: readonly NewSample[]): StoredSample[] {
  const firstId = store.samples.append(samples)
  return samples.map((_, index) => store.samples.get(firstId + index)!)
}

/** The real samples in the head, in the order of their ids. */
export const headSamplesOf = (store: Store): StoredSample[] =>
  Array.from({ length: store.samples.newestId() }, (_, index) => store.samples.get(index + 1)).filter(
    (sample) => sample?.drill === false,
  ) as StoredSample[]

export const newRule = (given: Partial<RuleIn> = {}): RuleIn => ({
  name: 'CPU high',
  source: '*',
  metric_type: '*',
  method: 'ZSCORE',
  z_threshold: 3,
  iqr_factor: 1.5,
  operator: 'above',
  min_samples: 10,
  is_active: true,
  for_seconds: 0,
  cooldown_seconds: 0,
  resolve_seconds: 300,
  recovery_score: 0.4,
  params: {},
  ...given,
})

export const newEvent = (sample: StoredSample, given: Partial<NewEvent> = {}): NewEvent => ({
  rule_id: null,
  rule_name: 'CPU high',
  source: sample.source,
  metric_type: sample.metricType,
  drill: sample.drill,
  series_id: sample.seriesId,
  last_sample_id: sample.id,
  server_id: null,
  unit: null,
  method: 'ZSCORE',
  value: sample.value,
  score: 0.75,
  figure: null,
  lower: null,
  upper: null,
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
  severity: 'WARNING',
  status: 'OPEN',
  title: 'CPU of web-1 is high',
  description: '95 % where 40 to 60 % were expected.',
  detected_at: iso(sample.time),
  last_seen_at: iso(sample.time),
  occurrences: 1,
  peak_value: sample.value,
  acknowledged_at: null,
  acknowledged_by: null,
  confirmed_at: null,
  confirmed_by: null,
  resolved_at: null,
  resolved_by: null,
  resolution: null,
  critical_since: null,
  raised_at: null,
  incident_id: null,
  ...given,
})

/** Compacts the whole head. */
export function compactAll(store: Store): void {
  while (store.samples.compact(store.samples.newestId()));
}

const FOREVER: Retention = {
  samplesFrom: Number.MIN_SAFE_INTEGER,
  minutesFrom: Number.MIN_SAFE_INTEGER,
  allFrom: Number.MIN_SAFE_INTEGER,
  mostBytes: Number.MAX_SAFE_INTEGER,
}

/** Downsamples until nothing is left to do; what is not given is kept for ever. */
export function downsampleAll(store: Store, keeping: Partial<Retention>): void {
  while (store.samples.downsample({ ...FOREVER, ...keeping }));
}

/** Removes the blocks that end before a time. */
export function removeBefore(store: Store, time: number): void {
  compactAll(store)
  downsampleAll(store, { allFrom: time })
}

/** Stores a sample and an event on it. */
export function raiseOn(store: Store, sample: Partial<NewSample> = {}, event: Partial<NewEvent> = {}): StoredEvent {
  const [stored] = appendTo(store, sample)
  return store.events.insert(newEvent(stored!, event))
}
