// The rules that stand ready on the first start, so that a real problem rings without set-up.
import type { RuleIn } from '../../shared/schemas/rule.ts'
import { ruleIn } from '../../shared/schemas/rule.ts'
import type { Clock } from './ports.ts'
import type { Store } from './store/store.ts'

/**
 * What wakes somebody (CRITICAL) is what users feel or what is about to end: errors, slowness, a queue that grows, a full
 * disk or memory, a processor without air, silence. All else that is unusual, such as a backup that takes longer, a build or
 * a download, is there to be seen in the morning. The limits are those of the field, with a wait where a busy machine is not
 * yet a problem.
 */
export const FIRST_RULES: RuleIn[] = [
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
    name: 'CPU stuck',
    description: 'Nothing but full load for twelve minutes: longer than a build, and nothing else gets done.',
    metric_type: 'CPU',
    method: 'THRESHOLD',
    threshold: 98,
    severity: 'CRITICAL' as const,
    for_seconds: 720,
  },
  {
    name: 'Memory nearly full',
    description: 'Programs will soon be slow or be killed.',
    metric_type: 'MEMORY',
    method: 'THRESHOLD',
    threshold: 92,
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
    name: 'Machine silent',
    description: 'It stopped telling how its processor fares, so it is probably down or cut off.',
    metric_type: 'CPU',
    method: 'NO_DATA',
    severity: 'CRITICAL' as const,
    params: { at_least_seconds: 300 },
  },
  {
    name: 'Many errors',
    description: 'One request in twenty fails, for five minutes.',
    metric_type: 'ERROR_RATE',
    method: 'THRESHOLD',
    threshold: 5,
    severity: 'CRITICAL' as const,
    for_seconds: 300,
  },
  ...[
    // Twice as slow at a quiet hour is not much slower than a busy one, so that less must be enough.
    { name: 'Slow responses', metric_type: '*RESPONSE_TIME*', severity: 'CRITICAL' as const, sensitivity: 1.2 },
    { name: 'High latency', metric_type: '*LATENCY*', severity: 'CRITICAL' as const, sensitivity: 1.2 },
    // Mostly empty, so that a few entries are unusual: how bad it is, its score says.
    { name: 'Queue out of bounds', metric_type: '*QUEUE*' },
  ].map(({ sensitivity = 1, ...rule }) => ({
    ...rule,
    description: 'Farther up than this series usually goes, by half of its level at least, for ten minutes.',
    method: 'ADAPTIVE',
    for_seconds: 600,
    params: { sensitivity, min_change: 0.5, side: 'above' },
  })),
  {
    name: 'Unusual value',
    description: 'Farther than this series usually goes, for two minutes.',
    method: 'ADAPTIVE',
    severity: 'WARNING' as const,
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
