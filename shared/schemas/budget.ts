// The interruption budget: how often each rule fires, and how many of its events were false alarms.
import { z } from 'zod'
import { renamed } from './former-names.ts'
import { id, inQuery, instant } from './input.ts'
import { timeZone } from './time-zone.ts'

export const budgetQuery = z.object({
  days: inQuery(z.int().min(1).max(365)).default(28),
  tz: timeZone.default('UTC').meta({ description: 'IANA time zone for counts by night.' }),
})

const count = z.int().min(0)

const ruleBudget = z.object({
  rule_id: id,
  firings: renamed('rings', count.meta({ description: 'Events that the rule raised. Without drills.' })),
  firings_per_week: renamed('rings_per_week', z.number()),
  night_firings: renamed('night_rings', count.meta({ description: 'Events raised between 22:00 and 07:00.' })),
  night_firings_per_week: renamed('night_rings_per_week', z.number()),
  incidents: count.meta({ description: 'Events that started an incident.' }),
  acknowledged: count,
  resolved_by_person: count,
  resolved_by_itself: count.meta({ description: 'Events that resolved automatically.' }),
  silenced: count.meta({ description: 'Events that are silenced, or were when they ended.' }),
  false_alarms: count,
  confirmed: count.meta({ description: 'Events that a person confirmed as real problems.' }),
  precision: z
    .number()
    .nullable()
    .meta({ description: 'confirmed / (confirmed + false_alarms). Null without feedback.' }),
  mostly_false: z
    .boolean()
    .meta({ description: 'Whether at least five events have feedback and more than half of them are false alarms.' }),
  false_alarm_id: id
    .nullable()
    .meta({ description: 'If `mostly_false`: the newest false alarm, whose `proposal` may suggest a change.' }),
})
export type RuleBudget = z.infer<typeof ruleBudget>

export const budget = z.object({
  from: instant.meta({ description: 'Start of the period, at midnight UTC.' }),
  rules: z.array(ruleBudget).meta({ description: 'All rules, sorted by firings in descending order.' }),
})
