// Samples, series and sources.
import { z } from 'zod'
import { detection, detectQuery } from '../../schemas/detection.ts'
import { name } from '../../schemas/input.ts'
import {
  batchAccepted,
  historyQuery,
  point,
  pointsQuery,
  idempotencyHeaders,
  sampleAccepted,
  sampleIn,
  sampleOut,
} from '../../schemas/sample.ts'
import { deleteSourcesQuery, series, seriesQuery, sourceSize, sourcesQuery, sourcesSize } from '../../schemas/series.ts'
import { BASE, BODY_ERRORS, operation } from '../operation.ts'

export const samples = {
  postMetric: operation({
    method: 'POST',
    path: `${BASE}/metrics`,
    summary: 'Store one sample and queue it for evaluation',
    headers: idempotencyHeaders,
    body: sampleIn,
    status: 202,
    answer: sampleAccepted,
    errors: [...BODY_ERRORS, 503],
    open: true,
  }),
  postMetricsBatch: operation({
    method: 'POST',
    path: `${BASE}/metrics/batch`,
    summary: 'Store up to 100 samples, all or none, and queue them for evaluation',
    headers: idempotencyHeaders,
    body: z.array(sampleIn),
    status: 202,
    answer: batchAccepted,
    errors: [...BODY_ERRORS, 503],
    open: true,
  }),
  getMetrics: operation({
    method: 'GET',
    path: `${BASE}/metrics/:source`,
    summary: 'List the samples of a source, newest first',
    params: z.object({ source: name }),
    query: historyQuery,
    status: 200,
    answer: z.array(sampleOut),
  }),
  getHistory: operation({
    method: 'GET',
    path: `${BASE}/metrics/:source/history`,
    summary: 'Get a series downsampled to a few points, oldest first, including rollups',
    params: z.object({ source: name }),
    query: pointsQuery,
    status: 200,
    answer: z.array(point),
  }),
  listSeries: operation({
    method: 'GET',
    path: `${BASE}/series`,
    summary: 'List series, sorted by source and metric type',
    query: seriesQuery,
    status: 200,
    answer: z.array(series),
  }),
  getSource: operation({
    method: 'GET',
    path: `${BASE}/sources/:source`,
    summary: 'Count the series and samples of a source',
    params: z.object({ source: name }),
    status: 200,
    answer: sourceSize,
    errors: [404],
  }),
  deleteSource: operation({
    method: 'DELETE',
    path: `${BASE}/sources/:source`,
    summary:
      'Delete a source with its series, samples and baselines; its live events end, and all events are kept. The answer ' +
      'has what will be deleted. Posts of the source are rejected until the deletion is done',
    params: z.object({ source: name }),
    status: 202,
    answer: sourceSize,
    errors: [404, 503],
  }),
  matchSources: operation({
    method: 'GET',
    path: `${BASE}/sources`,
    summary: 'Count the series and samples of all sources that match a glob',
    query: sourcesQuery,
    status: 200,
    answer: sourcesSize,
  }),
  deleteSources: operation({
    method: 'DELETE',
    path: `${BASE}/sources`,
    summary:
      'Delete all sources that match a glob. Rejected if more than `max_sources` match, to guard against typos; GET ' +
      'returns how many match',
    query: deleteSourcesQuery,
    status: 202,
    answer: sourcesSize,
    errors: [404, 503],
  }),
  detect: operation({
    method: 'POST',
    path: `${BASE}/detect`,
    summary: 'Evaluate one value against the history of a series; nothing is stored',
    query: detectQuery,
    status: 200,
    answer: detection,
  }),
} as const
