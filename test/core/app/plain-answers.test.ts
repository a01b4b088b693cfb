// Answers that are sent without validation match their schema all the same, with no further fields.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Operation } from '../../../shared/contract/operation.ts'
import { operations } from '../../../shared/contract/operations.ts'
import type { TransportRequest } from '../../../shared/client/client.ts'
import { PLAIN_ANSWERS } from '../../../electron/core/api/routes.ts'
import { temporaryApp, type TemporaryApp } from './temporary-app.ts'

const sample = { source: 'web-1', metric_type: 'CPU', value: 1.5, unit: '%', tags: { rack: 'a', cold: true } }
const plain = { source: 'web-1', metric_type: 'load', value: -0 }

const REQUESTS: Record<string, Partial<TransportRequest> & { url: string }> = {
  postMetric: { method: 'POST', url: '/api/anomaly/metrics', body: sample },
  postMetricsBatch: { method: 'POST', url: '/api/anomaly/metrics/batch', body: [sample, plain] },
  getMetrics: { url: '/api/anomaly/metrics/web-1' },
  getHistory: { url: '/api/anomaly/metrics/web-1/history?metric_type=CPU' },
  listSeries: { url: '/api/anomaly/series' },
}

let temporary: TemporaryApp
beforeEach(async () => {
  temporary = await temporaryApp()
  await temporary.client.postMetricsBatch({ body: [sample, { ...plain, server_id: 7 }, sample] })
})
afterEach(() => temporary.remove())

test.each([...PLAIN_ANSWERS])('%s', async (name) => {
  const declared: Operation = operations[name]
  const { status, body } = await temporary.request(REQUESTS[name]!)
  expect(status).toBe(declared.status)
  expect(Object.keys(body as object)).not.toEqual([])
  expect(declared.answer!.parse(body)).toEqual(body)
})
