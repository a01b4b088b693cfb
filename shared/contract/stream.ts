// The live stream: what it carries, whichever carrier brings it.
import { z } from 'zod'
import { event } from '../schemas/event.ts'

export const STREAM_PATH = '/api/anomaly/stream'

export const CHANGE_KINDS = ['anomaly_detected', 'event_updated', 'event_reminded'] as const

/**
 * One change of one event. `id` is one rising sequence over all changes, so that a client that names the last
 * one it saw (`Last-Event-ID`) is brought all that came after.
 */
export const change = z.object({ id: z.int().min(1), kind: z.enum(CHANGE_KINDS), event })
export type Change = z.infer<typeof change>

/** Sent instead of changes where the client was away for too long: it must read everything anew. */
export const RESET = 'reset'
