// Events: what they are, why they rang, and what the engineer does with them.
import { z } from 'zod'
import { bundle } from '../../schemas/bundle.ts'
import { changeQuery, event, eventChanged, eventsQuery, eventWithTimeline } from '../../schemas/event.ts'
import { explanation } from '../../schemas/explanation.ts'
import { idInPath } from '../../schemas/input.ts'
import { snoozeQuery } from '../../schemas/silences.ts'
import { modelAnswer, prompt, promptQuery } from '../../schemas/model.ts'
import { BASE, BODY_ERRORS, operation } from '../operation.ts'

const eventParams = z.object({ event_id: idInPath })

export const events = {
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
  explainEvent: operation({
    method: 'GET',
    path: `${BASE}/events/:event_id/explanation`,
    summary: 'Why an event rang: the facts, and the same in plain sentences',
    params: eventParams,
    status: 200,
    answer: explanation,
    errors: [404],
  }),
  getBundle: operation({
    method: 'GET',
    path: `${BASE}/events/:event_id/bundle`,
    summary: 'One event with its samples, its rule and its explanation, in one file for a colleague; 1 MiB at most',
    params: eventParams,
    status: 200,
    answer: bundle,
    errors: [404],
  }),
  checkBundle: operation({
    method: 'POST',
    path: `${BASE}/bundles`,
    summary: 'Check a bundle that a colleague sent, and give it back with what a bundle may have; nothing is stored',
    body: bundle,
    status: 200,
    answer: bundle,
    errors: BODY_ERRORS,
  }),
  getPrompt: operation({
    method: 'GET',
    path: `${BASE}/events/:event_id/prompt`,
    summary: 'What would be sent to the language model about an event; nothing is sent',
    params: eventParams,
    status: 200,
    answer: prompt,
    errors: [404, 409],
  }),
  askModel: operation({
    method: 'POST',
    path: `${BASE}/events/:event_id/explain`,
    summary: 'Send the prompt about an event to the language model, and give its answer',
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
  snoozeEvent: operation({
    method: 'PATCH',
    path: `${BASE}/events/:event_id/snooze`,
    summary: 'Keep a live event quiet for some minutes or until a time, or until it gets worse',
    params: eventParams,
    query: snoozeQuery,
    status: 200,
    answer: event,
    errors: [400, 404],
  }),
  unsnoozeEvent: operation({
    method: 'PATCH',
    path: `${BASE}/events/:event_id/unsnooze`,
    summary: 'End the snooze of an event; it notifies if it is OPEN and nothing else silences it',
    params: eventParams,
    query: changeQuery,
    status: 200,
    answer: event,
    errors: [400, 404],
  }),
} as const
