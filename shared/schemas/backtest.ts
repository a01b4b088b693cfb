// Backtests: the events that a rule would have raised over the stored history, compared with its saved version and with
// the engineer's feedback on past events.
import { z } from 'zod'
import { severity } from './event.ts'
import { renamed } from './former-names.ts'
import { id, idInPath, instant, instantIn } from './input.ts'
import { ruleIn } from './rule.ts'
import { timeZone } from './time-zone.ts'

/** In one answer. */
export const MAX_FIRINGS = 200

const count = z.int().min(0)

/** An event that the rule would have raised, and how it would have ended without a person. */
export const firing = z.object({
  source: z.string(),
  metric_type: z.string(),
  unit: z.string().nullable(),
  severity,
  value: z.number().meta({ description: 'Value of the sample that would have fired.' }),
  reason: z.string(),
  began_at: instant.meta({ description: 'Time of the first sample of the run of anomalies.' }),
  detected_at: instant,
  last_seen_at: instant,
  resolved_at: instant.nullable().meta({ description: 'Null if the event would still be open at the end.' }),
  occurrences: z.int().min(1),
  flapping: z.boolean(),
  silenced_by: z
    .enum(['silence', 'window'])
    .nullable()
    .meta({ description: 'What would have silenced the event when it fired.' }),
  notified_at: renamed(
    'told_at',
    instant.nullable().meta({ description: 'Time of the first notification. Null if none would have been sent.' }),
  ),
})
export type FiringOut = z.infer<typeof firing>

const tally = z.object({
  flagged: count.meta({ description: 'Number of anomalous samples.' }),
  firings: renamed('rings', count.meta({ description: 'Number of events that would have been raised.' })),
  notified: renamed('told', count.meta({ description: 'Firings that would have sent a notification.' })),
  notified_at_night: renamed(
    'told_at_night',
    count.meta({ description: 'Firings that would have notified between 22:00 and 07:00.' }),
  ),
  silenced: count.meta({ description: 'Firings that a silence or a maintenance window would have silenced.' }),
})
export type Tally = z.infer<typeof tally>

/** Two firings, or a firing and a past event, are the same if they overlap in time on one series. */
const comparison = z.object({
  kept: count.meta({ description: 'Firings of the saved rule that the tested rule has, too.' }),
  new: count.meta({ description: 'Firings of the tested rule only.' }),
  gone: count.meta({ description: 'Firings of the saved rule only.' }),
  confirmed: count.meta({
    description: 'Past events for which the saved rule fires and that a person confirmed as real problems.',
  }),
  confirmed_lost: count.meta({ description: 'Confirmed events for which the tested rule does not fire.' }),
  false_alarms: count.meta({ description: 'Past false alarms for which the saved rule fires.' }),
  false_alarms_gone: count.meta({ description: 'False alarms for which the tested rule does not fire.' }),
})
export type Comparison = z.infer<typeof comparison>

export const backtestIn = ruleIn.omit({ name: true }).extend({
  rule_id: id.optional().meta({ description: 'Saved rule to compare with.' }),
  from: instantIn.optional().meta({ description: 'Start of the range. Default: seven days before `to`.' }),
  to: instantIn.optional().meta({ description: 'End of the range. Default: now.' }),
  tz: timeZone.optional().meta({
    description: 'IANA time zone for counts by night. Default: the time zone of this machine.',
  }),
})
export type BacktestIn = z.input<typeof backtestIn>

export const backtestStarted = z.object({ id })

export const backtestParams = z.object({ backtest_id: idInPath })

const backtestFiring = firing.extend({
  change: z.enum(['kept', 'new', 'gone']).nullable().meta({ description: 'Compared with the saved rule.' }),
  feedback: renamed(
    'said',
    z.enum(['confirmed', 'false']).nullable().meta({ description: 'Feedback on the past event that overlaps.' }),
  ),
})

const backtestResult = z.object({
  from: instant,
  to: instant,
  series: count.meta({ description: 'Series with samples that the tested or the saved rule matches. Without drills.' }),
  samples: count,
  rule: tally.meta({ description: 'The tested rule.' }),
  current: tally.nullable().meta({ description: 'The saved version of `rule_id`.' }),
  comparison: comparison.nullable(),
  firings: renamed(
    'rings',
    z.array(backtestFiring).meta({
      description: `Newest first, at most ${MAX_FIRINGS}. Those marked \`gone\` are firings of the saved rule.`,
    }),
  ),
})
export type BacktestResult = z.infer<typeof backtestResult>

export const backtest = z.object({
  id,
  status: z.enum(['running', 'done', 'cancelled', 'failed']),
  progress: z.object({ series_done: count, series: count, samples_done: count, samples: count }),
  error: z.string().nullable(),
  result: backtestResult.nullable(),
})
export type Backtest = z.infer<typeof backtest>
