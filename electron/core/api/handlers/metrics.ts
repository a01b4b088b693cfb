// Samples coming in and their history going out.
import { toIso } from '../../../../shared/domain/time.ts'
import type { Ingest } from '../../ingest/ingest.ts'
import { batchPost, samplePost } from '../../ingest/posted-samples.ts'
import type { SampleHistory } from '../../ingest/sample-history.ts'
import type { SourceDeletion } from '../../maintenance/source-deletion.ts'
import type { SourcesSize } from '../../store/types/sources.ts'
import type { Handlers } from './handlers.ts'

interface Deps {
  ingest: Pick<Ingest, 'accept'>
  history: SampleHistory
  sourceDeletion: Omit<SourceDeletion, 'step'>
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

export const metricHandlers = ({ ingest, history, sourceDeletion }: Deps): MetricHandlers => ({
  postMetric: ({ headers, body }) =>
    ingest.accept(samplePost(body, headers['idempotency-key']), (firstId) => ({
      snapshot_id: firstId,
      status: 'accepted' as const,
      detection: 'queued' as const,
    })),

  postMetricsBatch: ({ headers, body }) =>
    ingest.accept(batchPost(body, headers['idempotency-key']), () => ({
      saved: body.length,
      detection: 'queued' as const,
    })),

  getMetrics: ({ params, query: { metric_type, drill, hours, until, limit } }) =>
    history.newest(params.source, { metricType: metric_type, drill, hours, until: timeOf(until), limit }),

  getHistory: ({ params, query: { metric_type, hours, until, points } }) =>
    history
      .points(params.source, metric_type, { hours, until: timeOf(until) }, points)
      // Field by field: the answer goes out as it is.
      .map(({ from, to, count, min, max, mean }) => ({ from: toIso(from), to: toIso(to), count, min, max, mean })),

  listSeries: ({ query: { source, metric_type, silent_seconds, limit, offset } }) =>
    history.series({ source, metricType: metric_type, silentSeconds: silent_seconds, limit, offset }),

  getSource: ({ params: { source } }) => ({ source, ...sourceDeletion.size(source) }),

  deleteSource: async ({ params: { source } }) => ({ source, ...(await sourceDeletion.delete(source)) }),

  matchSources: ({ query: { source } }) => sizeOut(source, sourceDeletion.sizeOfMatching(source)),

  deleteSources: async ({ query: { source, max_sources } }) =>
    sizeOut(source, await sourceDeletion.deleteMatching(source, max_sources)),
})

const timeOf = (until: string | undefined) => (until === undefined ? undefined : Date.parse(until))

const sizeOut = (source: string, { liveEvents, ...size }: SourcesSize) => ({ source, ...size, live_events: liveEvents })
