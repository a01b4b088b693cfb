// What a rule would have done over the stored history, beside what it does now and what people said of its events.
import { z } from 'zod'
import { severity } from './event.ts'
import { id, idInPath, instant, instantIn } from './input.ts'
import { ruleIn } from './rule.ts'
import { timeZone } from './time-zone.ts'

/** In one answer. */
export const MAX_FIRINGS = 200

const count = z.int().min(0)

/** An event that would have been raised, and what would have become of it with nobody there. */
export const firing = z.object({
  source: z.string(),
  metric_type: z.string(),
  unit: z.string().nullable(),
  severity,
  value: z.number().meta({ description: 'the value that would have rung' }),
  reason: z.string(),
  began_at: instant.meta({ description: 'the first sample of the run that would have raised it' }),
  detected_at: instant,
  last_seen_at: instant,
  resolved_at: instant.nullable().meta({ description: 'null where it would not have resolved itself by the end' }),
  occurrences: z.int().min(1),
  flapping: z.boolean(),
  silenced_by: z.enum(['silence', 'window']).nullable().meta({ description: 'what kept it quiet at first' }),
  told_at: instant.nullable().meta({ description: 'when it would have been told by a notification; null: never' }),
})
export type FiringOut = z.infer<typeof firing>

const tally = z.object({
  flagged: count.meta({ description: 'samples' }),
  rings: count,
  told: count.meta({ description: 'rings that a notification would have told, each by itself' }),
  told_at_night: count.meta({ description: 'those of them told between 22:00 and 07:00' }),
  silenced: count.meta({ description: 'rings that a silence or a maintenance window kept quiet at first' }),
})
export type Tally = z.infer<typeof tally>

/** A ring is the same as another, or as a past event, where they overlap in time on one series. */
const comparison = z.object({
  kept: count.meta({ description: 'rings of the present rule that ring with the given one, too' }),
  new: count.meta({ description: 'rings of the given rule alone' }),
  gone: count.meta({ description: 'rings of the present rule alone' }),
  confirmed: count.meta({
    description: 'past events that somebody acknowledged or resolved, as far as the present rule rings for them',
  }),
  confirmed_lost: count.meta({ description: 'those of them for which the given rule does not ring' }),
  false_alarms: count.meta({ description: 'past false alarms, as far as the present rule rings for them' }),
  false_alarms_gone: count,
})
export type Comparison = z.infer<typeof comparison>

export const backtestIn = ruleIn.omit({ name: true }).extend({
  rule_id: id.optional().meta({ description: 'the rule whose present version stands beside the given one' }),
  from: instantIn.optional().meta({ description: 'left out: seven days before `to`' }),
  to: instantIn.optional().meta({ description: 'left out: now' }),
  tz: timeZone.optional().meta({ description: 'IANA zone of the nights; left out: that of this machine' }),
})
export type BacktestIn = z.input<typeof backtestIn>

export const backtestStarted = z.object({ id })

export const backtestParams = z.object({ backtest_id: idInPath })

const backtestResult = z.object({
  from: instant,
  to: instant,
  series: count.meta({ description: 'real series with samples that the given rule or its present version watches' }),
  samples: count,
  rule: tally,
  current: tally.nullable().meta({ description: 'the present version of `rule_id`' }),
  comparison: comparison.nullable(),
  rings: z
    .array(
      firing.extend({
        change: z.enum(['kept', 'new', 'gone']).nullable(),
        said: z.enum(['confirmed', 'false']).nullable(),
      }),
    )
    .meta({ description: `newest first, ${MAX_FIRINGS} at most; \`gone\` ones are of the present version` }),
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
