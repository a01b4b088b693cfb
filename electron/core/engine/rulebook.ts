// Which rules watch which series. Held in memory, read anew from the store whenever a rule changes.
import { prepareDetector, type PreparedDetector } from '../detectors/registry.ts'
import { createGlob } from './glob.ts'
import type { RuleStore, StoredRule } from '../store/store.ts'

export interface ActiveRule {
  rule: StoredRule
  detector: PreparedDetector
}

export interface Rulebook {
  /** The active rules whose globs match, in the order of their making. */
  matching(source: string, metricType: string): readonly ActiveRule[]
  /** Whether a rule is active and matches. */
  watches(ruleId: number, source: string, metricType: string): boolean
  /** Rises whenever the rules were read anew. */
  edition(): number
  reload(): void
}

interface Entry extends ActiveRule {
  matches(source: string, metricType: string): boolean
}

export function createRulebook(rules: Pick<RuleStore, 'all'>): Rulebook {
  let entries: Entry[] = []
  let byId = new Map<number, Entry>()
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
    matching: (source, metricType) => entries.filter((entry) => entry.matches(source, metricType)),
    watches: (ruleId, source, metricType) => byId.get(ruleId)?.matches(source, metricType) ?? false,
    edition: () => edition,
    reload,
  }
}

function entryOf(rule: StoredRule): Entry {
  const [matchesSource, matchesMetricType] = [createGlob(rule.source), createGlob(rule.metric_type)]
  return {
    rule,
    detector: prepareDetector(rule),
    matches: (source, metricType) => matchesSource(source) && matchesMetricType(metricType),
  }
}
