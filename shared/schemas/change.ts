// Messages of the live stream, the same over SSE and IPC.
import { z } from 'zod'
import { CHANGE_KINDS } from '../contract/stream.ts'
import { event } from './event.ts'

/**
 * One change of one event. `id` increases over all changes: a client that reconnects with the last id it received
 * (`Last-Event-ID`) gets all later changes.
 */
export const change = z.object({ id: z.int().min(1), kind: z.enum(CHANGE_KINDS), event })
export type Change = z.infer<typeof change>
