// Which active rules watch which series. Held in memory, and read again from the store whenever a rule changes.
import { isCounter } from '../../../shared/domain/counters.ts'
import { suited } from '../detectors/counter.ts'
import { prepareDetector, type PreparedDetector } from '../detectors/registry.ts'
import { createGlob } from '../../../shared/domain/glob.ts'
import type { RuleStore, StoredRule } from '../store/types/rules.ts'

export interface ActiveRule {
  rule: StoredRule
  detector: PreparedDetector
}

export interface ActiveRules {
  /** The active rules that evaluate the samples of this series, oldest first, each with a detector for its metric type. */
  matching(source: string, metricType: string): readonly ActiveRule[]
  /** The active rules that are evaluated by a timer (NO_DATA), whatever their globs. */
  timerDriven(): readonly MatchingRule[]
  /** Whether a rule is active and matches. */
  watches(ruleId: number, source: string, metricType: string): boolean
  /** Rises whenever the rules are read again. */
  edition(): number
  reload(): void
}

export interface MatchingRule extends ActiveRule {
  matches(source: string, metricType: string): boolean
}

export function createActiveRules(rules: Pick<RuleStore, 'all'>): ActiveRules {
  let entries: MatchingRule[] = []
  let byId = new Map<number, MatchingRule>()
  let edition = 0
  const reload = () => {
    entries = rules
      .all()
      .filter(({ is_active }) => is_active)
      .map(entryOf)
    byId = new Map(entries.map((entry) => [entry.rule.id, entry]))
    edition++
  }
  reload()
  return {
    matching(source, metricType) {
      const found = entries.filter(({ detector, matches }) => !detector.isTimerDriven && matches(source, metricType))
      if (!isCounter(metricType)) return found
      return found.map(({ rule, detector }) => ({ rule, detector: suited(detector, metricType) }))
    },
    timerDriven: () => entries.filter(({ detector }) => detector.isTimerDriven),
    watches: (ruleId, source, metricType) => byId.get(ruleId)?.matches(source, metricType) ?? false,
    edition: () => edition,
    reload,
  }
}

function entryOf(rule: StoredRule): MatchingRule {
  const [matchesSource, matchesMetricType] = [createGlob(rule.source), createGlob(rule.metric_type)]
  return {
    rule,
    detector: prepareDetector(rule),
    matches: (source, metricType) => matchesSource(source) && matchesMetricType(metricType),
  }
}
