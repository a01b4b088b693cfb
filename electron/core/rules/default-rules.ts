// The rules of a new database, so that a real problem fires without set-up.
import type { RuleIn } from '../../../shared/schemas/rule.ts'
import { ruleIn } from '../../../shared/schemas/rule.ts'
import type { Clock } from '../platform/ports.ts'
import type { Store } from '../store/types/store.ts'

/**
 * CRITICAL is what users notice or what is about to run out: errors, slow responses, a growing queue, a full disk or memory,
 * a saturated CPU, missing data. Everything else that is unusual, such as a longer backup, a build or a download, can wait
 * until the morning. The limits are common ones; `for_seconds` covers the time in which a busy machine is not a problem yet.
 */
export const DEFAULT_RULES: RuleIn[] = [
  {
    name: 'CPU saturated',
    description: 'CPU above 90 % for 5 minutes.',
    metric_type: 'CPU',
    method: 'THRESHOLD',
    threshold: 90,
    severity: 'WARNING' as const,
    for_seconds: 300,
  },
  {
    name: 'CPU stuck',
    description: 'CPU above 98 % for 12 minutes, longer than a typical build.',
    metric_type: 'CPU',
    method: 'THRESHOLD',
    threshold: 98,
    severity: 'CRITICAL' as const,
    for_seconds: 720,
  },
  {
    name: 'Memory nearly full',
    description: 'Memory above 92 % for 30 seconds. Programs may soon slow down or be killed.',
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
    description: 'Any file system above 90 %, by mount point.',
    metric_type: 'DISK{*}',
    method: 'THRESHOLD',
    threshold: 90,
    severity: 'CRITICAL' as const,
  },
  {
    name: 'Machine silent',
    description: 'The machine stopped sending CPU samples: it is probably down or disconnected.',
    metric_type: 'CPU',
    method: 'NO_DATA',
    severity: 'CRITICAL' as const,
    params: { at_least_seconds: 300, min_age_seconds: 86_400 },
  },
  {
    name: 'Many errors',
    description: 'More than 5 % of requests fail for 5 minutes.',
    metric_type: 'ERROR_RATE',
    method: 'THRESHOLD',
    threshold: 5,
    severity: 'CRITICAL' as const,
    for_seconds: 300,
  },
  ...[
    // At a quiet hour, twice the latency is not far above that of a busy hour: a higher sensitivity is needed.
    { name: 'Slow responses', metric_type: '*RESPONSE_TIME*', severity: 'CRITICAL' as const, sensitivity: 1.2 },
    { name: 'High latency', metric_type: '*LATENCY*', severity: 'CRITICAL' as const, sensitivity: 1.2 },
    // Queues are mostly empty, so a few entries are unusual: the severity comes from the score.
    { name: 'Queue out of bounds', metric_type: '*QUEUE*' },
  ].map(({ sensitivity = 1, ...rule }) => ({
    ...rule,
    description: 'Above the normal range, and at least half above the normal level, for 10 minutes.',
    method: 'ADAPTIVE',
    for_seconds: 600,
    params: { sensitivity, min_change: 0.5, side: 'above' },
  })),
  {
    name: 'Unusual value',
    description:
      'Outside the normal range. On a machine with many series, by far, for half an hour, or together with another series.',
    method: 'ADAPTIVE',
    params: { corroborate: true },
  },
].map((rule) => ruleIn.parse(rule))

/** Setting, by its name in users' databases. */
const DONE = 'first_rules_made'

/** Creates them once in the life of a database, so that a deleted rule stays deleted. */
export function createDefaultRules(store: Store, clock: Clock): void {
  if (store.settings.get(DONE)) return
  store.transaction(() => {
    for (const rule of DEFAULT_RULES) if (!store.rules.byName(rule.name)) store.rules.insert(rule, clock.now())
    store.settings.set(DONE, 'yes')
  })
}
