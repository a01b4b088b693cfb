// The budget of interruptions: how often each rule rang, and what that was worth.
import { z } from 'zod'
import { id, inQuery, instant } from './input.ts'
import { timeZone } from './time-zone.ts'

export const budgetQuery = z.object({
  days: inQuery(z.int().min(1).max(365)).default(28),
  tz: timeZone.default('UTC').meta({ description: 'IANA zone of the nights' }),
})

const count = z.int().min(0)

const ruleBudget = z.object({
  rule_id: id,
  rings: count.meta({ description: 'events, drills left out' }),
  rings_per_week: z.number(),
  night_rings: count.meta({ description: 'those of them raised between 22:00 and 07:00' }),
  night_rings_per_week: z.number(),
  incidents: count.meta({ description: 'those of them that began an incident' }),
  acknowledged: count,
  resolved_by_person: count,
  resolved_by_itself: count,
  silenced: count.meta({ description: 'silenced, or so when they ended' }),
  false_alarms: count,
  confirmed: count.meta({ description: 'acknowledged or resolved by a person, and no false alarm' }),
  precision: z
    .number()
    .nullable()
    .meta({ description: 'confirmed / (confirmed + false); null where nobody said a word' }),
  mostly_false: z
    .boolean()
    .meta({ description: 'at least five were judged by a person, and more than half were false' }),
  false_alarm_id: id
    .nullable()
    .meta({ description: 'of a rule that is mostly false: its newest false alarm, whose `proposal` may help' }),
})
export type RuleBudget = z.infer<typeof ruleBudget>

export const budget = z.object({
  from: instant.meta({ description: 'begins with a day in UTC' }),
  rules: z.array(ruleBudget).meta({ description: 'all rules, those with most rings first' }),
})
