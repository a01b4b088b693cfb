// System status: a few numbers about the program itself.
import { z } from 'zod'
import { renamed } from './former-names.ts'
import { idInPath, instant } from './input.ts'

const count = z.int().min(0)
const bytes = z.int().min(0)
const milliseconds = z.number().min(0)
const p99 = milliseconds
  .nullable()
  .meta({ description: '99th percentile over the last minute, in milliseconds. Null if there were none.' })

/** Why valid posts are rejected. */
export const OVERLOADS = ['overloaded', 'hot_log', 'bodies', 'keys'] as const
export type Overload = (typeof OVERLOADS)[number]

/** A message to the engineer that stays until it is dismissed. */
const notice = z.object({
  id: z.int().min(1),
  kind: z.enum(['set_aside', 'damaged', 'clock', 'upgrade']),
  at: instant,
  text: z.string(),
})
export type Notice = z.infer<typeof notice>

export const noticeParams = z.object({ notice_id: idInPath })

const seriesRejection = z
  .object({
    at: instant,
    source: z.string(),
    limit: z.enum(['series', 'series_of_source']).meta({ description: 'Limit in total, or per source.' }),
    max: renamed('most', count.meta({ description: 'Value of the limit.' })),
  })
  .meta({ description: 'The latest rejection of a new series because of a series limit, within the last hour.' })

export const health = z.object({
  running_since: z.iso.datetime(),
  samples_waiting: count.meta({ description: 'Samples that are stored and wait for evaluation.' }),
  samples_per_second: z.number().min(0).meta({ description: 'Stored samples per second over the last minute.' }),
  rejected_posts: renamed(
    'posts_turned_away',
    count.meta({ description: 'Posts rejected with 503 since the start because of overload.' }),
  ),
  overload: z
    .enum(OVERLOADS)
    .nullable()
    .meta({
      description:
        'Why the latest post was rejected within the last 15 s. `overloaded`: too many samples wait for evaluation; ' +
        '`hot_log`: the head is full; `bodies`: too many concurrent bodies; `keys`: too many idempotency keys.',
    }),
  series: count.meta({ description: 'Number of series, including drills.' }),
  series_rejection: renamed('series_refusal', seriesRejection.nullable()),
  commit_p99: p99,
  evaluation_p99: renamed('judging_p99', p99),
  compaction_p99: p99,
  event_loop_lag_max: renamed(
    'event_loop_longest',
    milliseconds.meta({ description: 'Maximum event loop lag in the last minute, in milliseconds.' }),
  ),
  integrity_check: renamed(
    'database_check',
    z
      .enum(['pending', 'ok', 'damaged', 'failed'])
      .meta({ description: 'Result of the integrity check of the database, which runs once after each start.' }),
  ),
  write_error: renamed(
    'trouble',
    z.string().nullable().meta({ description: 'Why nothing can be stored now. Posts are rejected with 503.' }),
  ),
  notices: z.array(notice),
  database_bytes: bytes.meta({ description: 'Size of the database, including its write-ahead log.' }),
  memory_bytes: bytes.meta({ description: 'Resident memory.' }),
})
export type Health = z.infer<typeof health>
