// Samples coming in and their history going out.
import { HOUR, toIso } from '../../../../shared/domain/time.ts'
import { operations } from '../../../../shared/contract/operations.ts'
import { required } from '../../platform/errors.ts'
import type { SourceDeletion } from '../../maintenance/source-deletion.ts'
import type { Ingest } from '../../ingest/ingest.ts'
import type { Clock } from '../../platform/ports.ts'
import type { SourcesSize } from '../../store/types/sources.ts'
import type { Store } from '../../store/types/store.ts'
import type { Handlers } from './handlers.ts'

/** Samples may be stamped up to a day ahead. */
const AHEAD = 24 * HOUR

interface Deps {
  ingest: Ingest
  sourceDeletion: Pick<SourceDeletion, 'delete' | 'deleteMatching'>
  store: Pick<Store, 'samples' | 'series' | 'sources'>
  clock: Clock
}

type MetricHandlers = Pick<
  Handlers,
  | 'postMetric'
  | 'postMetricsBatch'
  | 'getMetrics'
  | 'getHistory'
  | 'listSeries'
  | 'getSource'
  | 'deleteSource'
  | 'matchSources'
  | 'deleteSources'
>

export const metricHandlers = ({ ingest, sourceDeletion, store, clock }: Deps): MetricHandlers => ({
  postMetric: ({ headers, body }) =>
    ingest.accept(
      {
        path: operations.postMetric.path,
        key: headers['idempotency-key'],
        body,
        samples: [body],
        fieldOf: (_, field) => field,
      },
      (firstId) => ({ snapshot_id: firstId, status: 'accepted' as const, detection: 'queued' as const }),
    ),

  postMetricsBatch({ headers, body }) {
    return ingest.accept(
      {
        path: operations.postMetricsBatch.path,
        key: headers['idempotency-key'],
        body,
        samples: body,
        fieldOf: (index, field) => `${index}.${field}`,
      },
      () => ({ saved: body.length, detection: 'queued' as const }),
    )
  },

  getMetrics({ params, query }) {
    const series = store.series.ofSource(params.source, { metricType: query.metric_type, drill: query.drill })
    const end = query.until ? Date.parse(query.until) : clock.now()
    return store.samples.newest(
      series.map(({ id }) => id),
      end - query.hours * HOUR,
      query.until ? end : end + AHEAD,
      query.limit,
    )
  },

  getHistory({ params, query }) {
    const series = store.series.find(params.source, query.metric_type)
    if (!series) return []
    const end = query.until ? Date.parse(query.until) : clock.now()
    // The end is part of the hours, so their beginning is not: that way slices of a minute are whole minutes.
    return store.samples
      .range(series.id, end - query.hours * HOUR + 1, end, query.points)
      .map(({ from, to, count, min, max, mean }) => ({
        from: toIso(from),
        to: toIso(to),
        count,
        min,
        max,
        mean,
      }))
  },

  listSeries: ({ query }) =>
    store.series.list({
      source: query.source,
      metricType: query.metric_type,
      seenBefore: query.silent_seconds && clock.now() - query.silent_seconds * 1000,
      limit: query.limit,
      offset: query.offset,
    }),

  getSource: ({ params: { source } }) => ({ source, ...required(store.sources.get(source), 'source', source) }),

  async deleteSource({ params: { source } }) {
    return { source, ...(await sourceDeletion.delete(source)) }
  },

  matchSources: ({ query: { source } }) => sizeOut(source, store.sources.matching(source)),

  deleteSources: async ({ query: { source, max_sources } }) =>
    sizeOut(source, await sourceDeletion.deleteMatching(source, max_sources)),
})

const sizeOut = (source: string, { liveEvents, ...size }: SourcesSize) => ({ source, ...size, live_events: liveEvents })
