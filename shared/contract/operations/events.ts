// Events: list, explain, share and change them.
import { z } from 'zod'
import { bundle } from '../../schemas/bundle.ts'
import { changeQuery, commentIn, event, eventChanged, eventDetail, eventsQuery } from '../../schemas/event.ts'
import { explanation } from '../../schemas/explanation.ts'
import { idInPath } from '../../schemas/input.ts'
import { snoozeQuery } from '../../schemas/silences.ts'
import { modelAnswer, prompt, promptQuery } from '../../schemas/model.ts'
import { BASE, BODY_ERRORS, operation } from '../operation.ts'

const eventParams = z.object({ event_id: idInPath })
const changed = {
  method: 'PATCH',
  params: eventParams,
  query: changeQuery,
  status: 200,
  answer: eventDetail,
  errors: [404, 409],
} as const

export const events = {
  listEvents: operation({
    method: 'GET',
    path: `${BASE}/events`,
    summary: 'List events, newest first',
    query: eventsQuery,
    status: 200,
    answer: z.array(event),
  }),
  getEvent: operation({
    method: 'GET',
    path: `${BASE}/events/:event_id`,
    summary: 'Get an event with its timeline',
    params: eventParams,
    status: 200,
    answer: eventDetail,
    errors: [404],
  }),
  explainEvent: operation({
    method: 'GET',
    path: `${BASE}/events/:event_id/explanation`,
    summary: 'Explain why an event fired, as facts and in plain sentences',
    params: eventParams,
    status: 200,
    answer: explanation,
    errors: [404],
  }),
  getBundle: operation({
    method: 'GET',
    path: `${BASE}/events/:event_id/bundle`,
    summary: 'Export an event with its samples, rule and explanation as one file of at most 1 MiB',
    params: eventParams,
    status: 200,
    answer: bundle,
    errors: [404],
  }),
  checkBundle: operation({
    method: 'POST',
    path: `${BASE}/bundles`,
    summary: 'Validate a bundle and return it without unknown fields; nothing is stored',
    body: bundle,
    status: 200,
    answer: bundle,
    errors: BODY_ERRORS,
  }),
  getPrompt: operation({
    method: 'GET',
    path: `${BASE}/events/:event_id/prompt`,
    summary: 'Get the prompt for the language model about an event; nothing is sent',
    params: eventParams,
    status: 200,
    answer: prompt,
    errors: [404, 409],
  }),
  askModel: operation({
    method: 'POST',
    path: `${BASE}/events/:event_id/explain`,
    summary: 'Send the prompt about an event to the language model and return its answer',
    params: eventParams,
    query: promptQuery,
    status: 200,
    answer: modelAnswer,
    errors: [404, 409, 502, 503, 504],
    slow: true,
  }),
  acknowledgeEvent: operation({
    method: 'PATCH',
    path: `${BASE}/events/:event_id/acknowledge`,
    summary: 'Acknowledge an OPEN event: somebody works on it, whether or not it is a real problem',
    params: eventParams,
    query: changeQuery,
    status: 200,
    answer: eventChanged('ACKNOWLEDGED'),
    errors: [400, 404],
  }),
  resolveEvent: operation({
    method: 'PATCH',
    path: `${BASE}/events/:event_id/resolve`,
    summary: 'Resolve an event that is not yet RESOLVED',
    params: eventParams,
    query: changeQuery,
    status: 200,
    answer: eventChanged('RESOLVED'),
    errors: [400, 404],
  }),
  markFalsePositive: operation({
    method: 'PATCH',
    path: `${BASE}/events/:event_id/false-positive`,
    summary: 'Mark an event as a false alarm',
    params: eventParams,
    query: changeQuery,
    status: 200,
    answer: eventChanged('FALSE_POSITIVE'),
    errors: [404],
  }),
  confirmEvent: operation({
    ...changed,
    path: `${BASE}/events/:event_id/confirm`,
    summary: 'Confirm that an event is a real problem: it counts for precision, and is never learned as normal',
  }),
  reopenEvent: operation({
    ...changed,
    path: `${BASE}/events/:event_id/reopen`,
    summary: 'Reopen an event that has ended, if its rule still watches its series and raised no newer event on it',
  }),
  undoEvent: operation({
    ...changed,
    path: `${BASE}/events/:event_id/undo`,
    summary: 'Undo the last change of an event by a person for a day, or the adoption of a new normal for 14 days',
  }),
  commentOnEvent: operation({
    method: 'POST',
    path: `${BASE}/events/:event_id/comments`,
    summary: 'Add a comment to the timeline of an event; nothing else changes',
    params: eventParams,
    body: commentIn,
    status: 201,
    answer: eventDetail,
    errors: [...BODY_ERRORS, 404],
  }),
  snoozeEvent: operation({
    method: 'PATCH',
    path: `${BASE}/events/:event_id/snooze`,
    summary: 'Snooze a live event for some minutes or until a time; it ends early if the severity rises',
    params: eventParams,
    query: snoozeQuery,
    status: 200,
    answer: event,
    errors: [400, 404],
  }),
  unsnoozeEvent: operation({
    method: 'PATCH',
    path: `${BASE}/events/:event_id/unsnooze`,
    summary: 'End the snooze of an event; it notifies if it is OPEN and not silenced otherwise',
    params: eventParams,
    query: changeQuery,
    status: 200,
    answer: event,
    errors: [400, 404],
  }),
} as const
