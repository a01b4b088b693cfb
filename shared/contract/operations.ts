// The contract: every operation of the program, declared once. Routes, client and OpenAPI document follow from it.
import { z } from 'zod'
import { detection, detectQuery } from '../schemas/detection.ts'
import { changeQuery, event, eventChanged, eventsQuery, eventWithTimeline } from '../schemas/event.ts'
import { health } from '../schemas/health.ts'
import { idInPath, name } from '../schemas/input.ts'
import { preview, previewIn } from '../schemas/preview.ts'
import { methodOut, rule, ruleIn, rulePatch, ruleToggled } from '../schemas/rule.ts'
import {
  batchAccepted,
  historyQuery,
  point,
  pointsQuery,
  idempotencyHeaders,
  sampleAccepted,
  sampleIn,
  sampleOut,
} from '../schemas/sample.ts'
import { series, seriesQuery } from '../schemas/series.ts'
import { settingsOut, settingsPatch, tokenOut } from '../schemas/settings.ts'
import { simulationIn, simulationOut } from '../schemas/simulation.ts'
import { summary, summaryQuery } from '../schemas/summary.ts'
import { operation } from './operation.ts'

const BASE = '/api/anomaly'

/** Bodies can be broken, too large or of the wrong type. */
const BODY_ERRORS = [400, 413, 415] as const

const eventParams = z.object({ event_id: idInPath })
const ruleParams = z.object({ rule_id: idInPath })

export const operations = {
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
  detect: operation({
    method: 'POST',
    path: `${BASE}/detect`,
    summary: "Judge one value against a series' history; nothing is stored",
    query: detectQuery,
    status: 200,
    answer: detection,
  }),
  listEvents: operation({
    method: 'GET',
    path: `${BASE}/events`,
    summary: 'Events, newest first',
    query: eventsQuery,
    status: 200,
    answer: z.array(event),
  }),
  getEvent: operation({
    method: 'GET',
    path: `${BASE}/events/:event_id`,
    summary: 'One event with its timeline',
    params: eventParams,
    status: 200,
    answer: eventWithTimeline,
    errors: [404],
  }),
  acknowledgeEvent: operation({
    method: 'PATCH',
    path: `${BASE}/events/:event_id/acknowledge`,
    summary: 'Say that somebody is on it; only an OPEN event can be acknowledged',
    params: eventParams,
    query: changeQuery,
    status: 200,
    answer: eventChanged('ACKNOWLEDGED'),
    errors: [400, 404],
  }),
  resolveEvent: operation({
    method: 'PATCH',
    path: `${BASE}/events/:event_id/resolve`,
    summary: 'Say that it is over; a RESOLVED event cannot be resolved again',
    params: eventParams,
    query: changeQuery,
    status: 200,
    answer: eventChanged('RESOLVED'),
    errors: [400, 404],
  }),
  markFalsePositive: operation({
    method: 'PATCH',
    path: `${BASE}/events/:event_id/false-positive`,
    summary: 'Say that it was a false alarm',
    params: eventParams,
    query: changeQuery,
    status: 200,
    answer: eventChanged('FALSE_POSITIVE'),
    errors: [404],
  }),
  listRules: operation({
    method: 'GET',
    path: `${BASE}/rules`,
    summary: 'All rules, in the order of their making',
    status: 200,
    answer: z.array(rule),
  }),
  createRule: operation({
    method: 'POST',
    path: `${BASE}/rules`,
    summary: 'Make a rule; its name must be free',
    body: ruleIn,
    status: 201,
    answer: rule,
    errors: [...BODY_ERRORS, 409],
  }),
  previewRule: operation({
    method: 'POST',
    path: `${BASE}/rules/preview`,
    summary: 'What a rule would have done over the stored history; nothing is stored',
    body: previewIn,
    status: 200,
    answer: preview,
    errors: BODY_ERRORS,
  }),
  updateRule: operation({
    method: 'PATCH',
    path: `${BASE}/rules/:rule_id`,
    summary: 'Change the fields that are given',
    params: ruleParams,
    body: rulePatch,
    status: 200,
    answer: rule,
    errors: [...BODY_ERRORS, 404, 409],
  }),
  toggleRule: operation({
    method: 'PATCH',
    path: `${BASE}/rules/:rule_id/toggle`,
    summary: 'Switch a rule on or off',
    params: ruleParams,
    status: 200,
    answer: ruleToggled,
    errors: [404],
  }),
  deleteRule: operation({
    method: 'DELETE',
    path: `${BASE}/rules/:rule_id`,
    summary: 'Delete a rule; its events stay',
    params: ruleParams,
    status: 204,
    errors: [404],
  }),
  listMethods: operation({
    method: 'GET',
    path: `${BASE}/methods`,
    summary: 'The detectors that a rule can name',
    status: 200,
    answer: z.array(methodOut),
  }),
  getSummary: operation({
    method: 'GET',
    path: `${BASE}/summary`,
    summary: 'The last hours in numbers',
    query: summaryQuery,
    status: 200,
    answer: summary,
  }),
  simulate: operation({
    method: 'POST',
    path: `${BASE}/simulate`,
    summary: 'Run a drill on a shadow of a series and answer when it was judged',
    body: simulationIn,
    status: 200,
    answer: simulationOut,
    errors: [...BODY_ERRORS, 503],
  }),
  getSettings: operation({
    method: 'GET',
    path: `${BASE}/settings`,
    summary: 'The settings of the program, and what it tells of itself',
    status: 200,
    answer: settingsOut,
  }),
  updateSettings: operation({
    method: 'PATCH',
    path: `${BASE}/settings`,
    summary: 'Change the settings that are given',
    body: settingsPatch,
    status: 200,
    answer: settingsOut,
    errors: BODY_ERRORS,
  }),
  getHealth: operation({
    method: 'GET',
    path: `${BASE}/health`,
    summary: 'How Tocsin itself is',
    status: 200,
    answer: health,
  }),
  getToken: operation({
    method: 'GET',
    path: `${BASE}/token`,
    summary: 'The token for scripts',
    status: 200,
    answer: tokenOut,
  }),
} as const

export type Operations = typeof operations
export type OperationName = keyof Operations
