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
  /** Rises whenever the rules were read anew. */
  edition(): number
  reload(): void
}

interface Entry extends ActiveRule {
  matchesSource(source: string): boolean
  matchesMetricType(metricType: string): boolean
}

export function createRulebook(rules: Pick<RuleStore, 'all'>): Rulebook {
  let entries: Entry[] = []
  let edition = 0
  const reload = () => {
    entries = rules
      .all()
      .filter(({ is_active }) => is_active)
      .map(entryOf)
    edition++
  }
  reload()
  return {
    matching: (source, metricType) =>
      entries.filter((entry) => entry.matchesSource(source) && entry.matchesMetricType(metricType)),
    edition: () => edition,
    reload,
  }
}

const entryOf = (rule: StoredRule): Entry => ({
  rule,
  detector: prepareDetector(rule),
  matchesSource: createGlob(rule.source),
  matchesMetricType: createGlob(rule.metric_type),
})
