// What the live stream carries, whichever carrier brings it.
import { z } from 'zod'
import { CHANGE_KINDS } from '../contract/stream.ts'
import { event } from './event.ts'

/**
 * One change of one event. `id` is one rising sequence over all changes, so that a client that names the last
 * one it saw (`Last-Event-ID`) is brought all that came after.
 */
export const change = z.object({ id: z.int().min(1), kind: z.enum(CHANGE_KINDS), event })
export type Change = z.infer<typeof change>
