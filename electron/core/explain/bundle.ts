// Makes a bundle: one event with its data, for a colleague.
import {
  bundle as bundleSchema,
  BUNDLE_VERSION,
  MAX_BUNDLED_SAMPLES,
  MAX_BUNDLED_SERIES,
  MAX_BUNDLE_BYTES,
  type Bundle,
  type BundledSeries,
} from '../../../shared/schemas/bundle.ts'
import { withFormerNames } from '../../../shared/schemas/former-names.ts'
import { HOUR, MINUTE, toIso } from '../../../shared/domain/time.ts'
import type { Event, EventWithTimeline } from '../../../shared/schemas/event.ts'
import type { Rule } from '../../../shared/schemas/rule.ts'
import type { Store } from '../store/types/store.ts'
import type { StoredEvent } from '../store/types/events.ts'
import type { StoredRule } from '../store/types/rules.ts'
import { explain } from './explanation.ts'

interface Deps {
  store: Pick<Store, 'events' | 'samples' | 'series' | 'rules'>
  version: string
  /** Milliseconds since 1970. */
  now: number
}

const MIN_MARGIN = 30 * MINUTE
const MAX_MARGIN = 6 * HOUR
const MAX_EVENTS = 100
/** Samples of each other series. */
const NEIGHBOUR_SAMPLES = 1000

export function makeBundle({ store, version, now }: Deps, event: StoredEvent): Bundle {
  const rule = event.rule_id === null ? undefined : store.rules.get(event.rule_id)
  const incident = store.events.list({ incidentId: event.incident_id, since: 0, limit: MAX_EVENTS, offset: 0 })
  const known = store.series.ofSource(event.source, { drill: event.drill })
  const own = known.find(({ id }) => id === event.series_id)
  const read = (id: number, most: number) => samplesIn(store, id, spanAround(event), most)
  const bundle: Bundle = {
    format: 'tocsin-bundle',
    version: BUNDLE_VERSION,
    made_at: toIso(now),
    made_by: version,
    event: { ...withoutInternals(event), timeline: store.events.timeline(event.id) } satisfies EventWithTimeline,
    explanation: explain(store, event),
    rule: rule ? withoutRevision(rule) : null,
    incident: [],
    series: {
      source: event.source,
      metric_type: event.metric_type,
      unit: own?.unit ?? event.unit,
      times: [],
      values: [],
      cut: false,
    },
    neighbours: [],
  }
  // The answer carries former names of fields, too.
  let room = MAX_BUNDLE_BYTES - bytesOf(withFormerNames(bundleSchema, bundle))
  const samples = readWithin(room / 2, (most) => read(event.series_id, most))
  Object.assign(bundle.series, samples)
  room -= bytesOf(samples)
  for (const each of incident.map(withoutInternals)) {
    room -= bytesOf(each) + 1
    if (room < 0) return bundle
    bundle.incident.push(each)
  }
  for (const { id, metricType, unit } of known) {
    if (id === event.series_id) continue
    const neighbour = { source: event.source, metric_type: metricType, unit, ...read(id, NEIGHBOUR_SAMPLES) }
    // With its comma.
    room -= bytesOf(neighbour) + 1
    if (room < 0 || bundle.neighbours.length === MAX_BUNDLED_SERIES) break
    if (neighbour.times.length > 0) bundle.neighbours.push(neighbour)
  }
  return bundle
}

/** As many samples of the event's own series as fit into so many bytes. */
function readWithin(bytes: number, read: (most: number) => ReturnType<typeof samplesIn>) {
  const all = read(MAX_BUNDLED_SAMPLES)
  const excess = bytesOf(all) / bytes
  return excess <= 1 ? all : read(Math.floor(all.times.length / excess))
}

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value))

/** The event with a margin of half its length on both sides: at least half an hour, at most six hours. */
function spanAround({ began_at, detected_at, last_seen_at }: StoredEvent): { from: number; to: number } {
  const from = Date.parse(began_at ?? detected_at)
  const to = Date.parse(last_seen_at)
  const margin = Math.min(MAX_MARGIN, Math.max(MIN_MARGIN, (to - from) / 2))
  return { from: from - margin, to: to + margin }
}

function samplesIn(
  { samples }: Pick<Store, 'samples'>,
  seriesId: number,
  span: { from: number; to: number },
  most: number,
): Pick<BundledSeries, 'times' | 'values' | 'cut'> {
  const { times, values } = samples.columns(seriesId, { afterId: 0, ...span }, most + 1)
  return { times: [...times.subarray(0, most)], values: [...values.subarray(0, most)], cut: times.length > most }
}

/** Without the fields that only the engine needs. */
const withoutInternals = ({
  series_id: _series,
  last_sample_id: _sample,
  critical_since: _critical,
  raised_at: _raised,
  ...event
}: StoredEvent): Event => event

const withoutRevision = ({ revision: _revision, ...rule }: StoredRule): Rule => rule
