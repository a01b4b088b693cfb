// Messages of the live stream, the same over SSE and IPC.
import { z } from 'zod'
import { EVENT_CHANGE_KINDS, INCIDENT_CHANGE_KIND } from '../contract/stream.ts'
import { event } from './event.ts'
import { incident } from './incident.ts'

const id = z.int().min(1)

const eventChange = z.object({ id, kind: z.enum(EVENT_CHANGE_KINDS), event })
/** One change of one event. */
export type Change = z.infer<typeof eventChange>

const incidentChange = z.object({ id, kind: z.literal(INCIDENT_CHANGE_KIND), incident })
export type IncidentChange = z.infer<typeof incidentChange>

/**
 * One change of one event or incident. `id` increases over all changes: a client that reconnects with the last id it
 * received (`Last-Event-ID`) gets all later changes.
 */
export const anyChange = z.discriminatedUnion('kind', [eventChange, incidentChange])
export type AnyChange = z.infer<typeof anyChange>

export const isOfEvent = (change: AnyChange): change is Change => change.kind !== INCIDENT_CHANGE_KIND
