// Samples, their series and sources.
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
    summary: 'Store one sample and queue it for judgement',
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
    summary: 'Store up to 100 samples, all or none, and queue them for judgement',
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
    summary: 'The newest samples of a source, newest first',
    params: z.object({ source: name }),
    query: historyQuery,
    status: 200,
    answer: z.array(sampleOut),
  }),
  getHistory: operation({
    method: 'GET',
    path: `${BASE}/metrics/:source/history`,
    summary: 'What a series did over a time, in a few points, oldest first; reaches back further than its samples',
    params: z.object({ source: name }),
    query: pointsQuery,
    status: 200,
    answer: z.array(point),
  }),
  listSeries: operation({
    method: 'GET',
    path: `${BASE}/series`,
    summary: 'The series that are known, by source and metric type',
    query: seriesQuery,
    status: 200,
    answer: z.array(series),
  }),
  getSource: operation({
    method: 'GET',
    path: `${BASE}/sources/:source`,
    summary: 'How much is stored of a source, compared exactly',
    params: z.object({ source: name }),
    status: 200,
    answer: sourceSize,
    errors: [404],
  }),
  deleteSource: operation({
    method: 'DELETE',
    path: `${BASE}/sources/:source`,
    summary:
      'Forget a source: its series, their samples and what was learned from them; its events end and stay. Answers with ' +
      'what goes; until it is gone, posts of the source are turned away. What comes after that begins anew',
    params: z.object({ source: name }),
    status: 202,
    answer: sourceSize,
    errors: [404, 503],
  }),
  matchSources: operation({
    method: 'GET',
    path: `${BASE}/sources`,
    summary: 'How much is stored of all sources whose names match',
    query: sourcesQuery,
    status: 200,
    answer: sourcesSize,
  }),
  deleteSources: operation({
    method: 'DELETE',
    path: `${BASE}/sources`,
    summary:
      'Forget all sources whose names match, each as by its own name. Refused where more than `most_sources` match, so ' +
      'that nothing goes by a slip of the pen: GET says how many there are',
    query: deleteSourcesQuery,
    status: 202,
    answer: sourcesSize,
    errors: [404, 503],
  }),
  detect: operation({
    method: 'POST',
    path: `${BASE}/detect`,
    summary: "Judge one value against a series' history; nothing is stored",
    query: detectQuery,
    status: 200,
    answer: detection,
  }),
} as const
