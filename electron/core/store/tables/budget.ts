// How often each rule fired and with which outcome, from counters that are kept in the transactions of the events.
import type { Database } from 'better-sqlite3'
import { DAY, MINUTE } from '../../../../shared/domain/time.ts'
import type { RuleStats } from '../types/events.ts'
import type { Store } from '../types/store.ts'

/** In every time zone, nights begin and end at a full quarter of an hour in UTC. */
const QUARTER = 15 * MINUTE

export function createBudget(client: Database): Store['budget'] {
  const byRuleAndKind = client.prepare<[since: number], { rule: number; letters: string; events: number }>(
    `SELECT CAST(substr(key, 1, instr(key, ' ') - 1) AS INTEGER) AS rule, substr(key, instr(key, ' ') + 1) AS letters,
       sum(events) AS events
     FROM event_counts WHERE dimension = 'worth' AND span = ${DAY} AND start >= ? GROUP BY key`,
  )
  const firings = client.prepare<[from: number, to: number], { rule: number; events: number }>(
    `SELECT CAST(key AS INTEGER) AS rule, sum(events) AS events FROM event_counts
     WHERE dimension = 'rule' AND span = ${QUARTER} AND start >= ? AND start < ? GROUP BY key`,
  )
  // Without an index: if most events of a rule are false alarms, one of the newest is.
  const newestFalse = client
    .prepare<[rule: number], number>(
      `SELECT events.id FROM events NOT INDEXED JOIN series ON series.id = series_id
       WHERE rule_id = ? AND status = 'FALSE_POSITIVE' AND drill = 0 ORDER BY events.id DESC LIMIT 1`,
    )
    .pluck()

  return {
    ruleStats(since, nights) {
      const byRule = new Map<number, RuleStats>()
      const of = (rule: number) => {
        const known = byRule.get(rule) ?? { ...NOTHING }
        byRule.set(rule, known)
        return known
      }
      for (const { rule, letters, events } of byRuleAndKind.iterate(since)) add(of(rule), letters, events)
      for (const { from, to } of nights)
        for (const { rule, events } of firings.iterate(from, to)) of(rule).night_firings += events
      return of
    },
    newestFalseAlarm: (ruleId) => newestFalse.get(ruleId) ?? null,
  }
}

const NOTHING: RuleStats = {
  firings: 0,
  night_firings: 0,
  incidents: 0,
  acknowledged: 0,
  resolved_by_person: 0,
  resolved_by_itself: 0,
  silenced: 0,
  false_alarms: 0,
  confirmed: 0,
}

/** @param letters as the view `event_keys` writes them */
function add(stats: RuleStats, letters: string, events: number): void {
  const is = (letter: string) => letters.includes(letter)
  stats.firings += events
  if (is('i')) stats.incidents += events
  if (is('a')) stats.acknowledged += events
  if (is('p')) stats.resolved_by_person += events
  if (is('t')) stats.resolved_by_itself += events
  if (is('s')) stats.silenced += events
  if (is('f')) stats.false_alarms += events
  else if (is('c')) stats.confirmed += events
}
