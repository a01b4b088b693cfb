// The rules that stand ready on the first start, so that a real problem rings without set-up.
import type { RuleIn } from '../../shared/schemas/rule.ts'
import { ruleIn } from '../../shared/schemas/rule.ts'
import type { Clock } from './ports.ts'
import type { Store } from './store/store.ts'

/**
 * The limits are those of the field, with a wait where a busy machine is not yet a problem. ADAPTIVE watches
 * everything, for two minutes and a change of at least a quarter, since a browser that opens, a build or a download are
 * nothing to wake anybody for.
 */
const FIRST_RULES: RuleIn[] = [
  {
    name: 'CPU saturated',
    description: 'The processor has had no air for five minutes.',
    metric_type: 'CPU',
    method: 'THRESHOLD',
    threshold: 90,
    severity: 'WARNING' as const,
    for_seconds: 300,
  },
  {
    name: 'Memory nearly full',
    description: 'Programs will soon be slow or be killed.',
    metric_type: 'MEMORY',
    method: 'THRESHOLD',
    threshold: 95,
    severity: 'CRITICAL' as const,
    for_seconds: 30,
  },
  {
    name: 'Disk nearly full',
    metric_type: 'DISK',
    method: 'THRESHOLD',
    threshold: 90,
    severity: 'CRITICAL' as const,
  },
  {
    name: 'File system nearly full',
    description: 'Any file system that reports by its mount point.',
    metric_type: 'DISK{*}',
    method: 'THRESHOLD',
    threshold: 90,
    severity: 'CRITICAL' as const,
  },
  {
    name: 'Unusual value',
    description: 'Farther than this series usually goes, for two minutes.',
    method: 'ADAPTIVE',
    for_seconds: 120,
    params: { min_change: 0.25 },
  },
].map((rule) => ruleIn.parse(rule))

const DONE = 'first_rules_made'

/** Makes them once in the life of a database, so that a rule that was deleted stays deleted. */
export function makeFirstRules(store: Store, clock: Clock): void {
  if (store.settings.get(DONE)) return
  store.transaction(() => {
    for (const rule of FIRST_RULES) if (!store.rules.byName(rule.name)) store.rules.insert(rule, clock.now())
    store.settings.set(DONE, 'yes')
  })
}
