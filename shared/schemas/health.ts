// How Tocsin itself is, in the few numbers that a person understands.
import { z } from 'zod'
import { idInPath, instant } from './input.ts'

const count = z.int().min(0)
const bytes = z.int().min(0)
const milliseconds = z.number().min(0)
const p99 = milliseconds
  .nullable()
  .meta({ description: 'of the last minute, in milliseconds; null where none was done' })

/** Why posts are turned away with which nothing is wrong. */
export const OVERLOADS = ['overloaded', 'hot_log', 'bodies', 'keys'] as const
export type Overload = (typeof OVERLOADS)[number]

/** Something that the engineer must hear, until it is dismissed. */
const notice = z.object({
  id: z.int().min(1),
  kind: z.enum(['set_aside', 'damaged', 'clock']),
  at: instant,
  text: z.string(),
})
export type Notice = z.infer<typeof notice>

export const noticeParams = z.object({ notice_id: idInPath })

export const health = z.object({
  running_since: z.iso.datetime(),
  samples_waiting: count.meta({ description: 'stored and not judged yet' }),
  samples_per_second: z.number().min(0).meta({ description: 'stored, over the last minute' }),
  posts_turned_away: count.meta({ description: 'with 503, since the start, for there were too many of them' }),
  overload: z
    .enum(OVERLOADS)
    .nullable()
    .meta({
      description:
        'why the newest of them was, within the last 15 s: too many samples wait for their judgement (overloaded), ' +
        'they take too much room (hot_log), too much comes at once (bodies), too many idempotency keys (keys)',
    }),
  series: count.meta({ description: 'those of drills too' }),
  series_refusal: z
    .object({ at: instant, source: z.string(), limit: z.enum(['series', 'series_of_source']), most: count })
    .nullable()
    .meta({ description: 'the newest refusal of new series for want of room, of the last hour' }),
  commit_p99: p99,
  judging_p99: p99,
  compaction_p99: p99,
  event_loop_longest: milliseconds.meta({ description: 'the longest that everything had to wait in the last minute' }),
  database_check: z
    .enum(['pending', 'ok', 'damaged', 'failed'])
    .meta({ description: 'whether the database is sound; looked at once, some seconds after the start' }),
  trouble: z.string().nullable().meta({ description: 'why nothing can be stored just now: posts are answered 503' }),
  notices: z.array(notice),
  database_bytes: bytes.meta({ description: 'with its log of what is not in it yet' }),
  memory_bytes: bytes.meta({ description: 'resident' }),
})
export type Health = z.infer<typeof health>
