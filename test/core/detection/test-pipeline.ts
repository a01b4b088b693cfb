// The stages from the store to the events, put together as the composition root does, without the API.
import { createChangeFeed } from '../../../electron/core/platform/change-feed.ts'
import { createEngine, type Engine } from '../../../electron/core/detection/engine.ts'
import { createNoData, type NoData } from '../../../electron/core/detection/no-data/no-data.ts'
import { createActiveRules, type ActiveRules } from '../../../electron/core/detection/active-rules.ts'
import { createWatchCache } from '../../../electron/core/detection/watch-cache.ts'
import { createEventActions, type EventActions } from '../../../electron/core/events/actions.ts'
import { createRecorder } from '../../../electron/core/events/recorder.ts'
import { createOrphanedEvents } from '../../../electron/core/events/orphaned-events.ts'
import { createSourceDeletion, type SourceDeletion } from '../../../electron/core/maintenance/source-deletion.ts'
import { ruleHandlers } from '../../../electron/core/api/handlers/rules.ts'
import { createRuleService } from '../../../electron/core/rules/service.ts'
import { silentLog } from '../../../electron/core/platform/ports.ts'
import type { NewSample } from '../../../electron/core/store/types/samples.ts'
import type { Store } from '../../../electron/core/store/types/store.ts'
import type { StoredEvent } from '../../../electron/core/store/types/events.ts'
import { isOfEvent, type Change } from '../../../shared/schemas/change.ts'
import { ruleIn, type RuleIn } from '../../../shared/schemas/rule.ts'

export interface TestPipeline {
  engine: Engine
  activeRules: ActiveRules
  noData: NoData
  actions: EventActions
  sourceDeletion: SourceDeletion
  /** What changes rules. */
  rules: ReturnType<typeof ruleHandlers>
  /** What was published since the pipeline was started. */
  published: Change[]
  /** Errors that the engine logged. */
  failures: string[]
}

/**
 * @param maxSeries that are kept in memory
 * @param activeSilence the silence that covers an event
 */
export function startPipeline(
  store: Store,
  maxSeries = 1000,
  activeSilence: Parameters<typeof createRecorder>[0]['activeSilence'] = () => null,
  hostSource?: string,
): TestPipeline {
  const feed = createChangeFeed()
  const published: Change[] = []
  const failures: string[] = []
  const log = { ...silentLog, error: (_: object, message: string) => void failures.push(message) }
  const clock = { now: () => NOON }
  const now = () => new Date(NOON).toISOString()
  feed.subscribe((change) => isOfEvent(change) && published.push(change))
  const recorder = createRecorder({ ...store, now, activeSilence })
  const activeRules = createActiveRules(store.rules)
  const watchCache = createWatchCache({ ...store, activeRules, maxSeries })
  const engine = createEngine({ store, watchCache, recorder, feed, log })
  const noData = createNoData({ store, activeRules, recorder, feed, hostSource })
  const actions = createEventActions({ store, silencing: { activeSilence }, feed, clock, user: 'ann' })
  const orphanedEvents = createOrphanedEvents({ store, activeRules, now })
  const sourceDeletion = createSourceDeletion({ store, engine, orphanedEvents, feed })
  const ruleService = createRuleService({ store, activeRules, orphanedEvents, feed, clock, user: 'ann' })
  const rules = ruleHandlers({ store, rules: ruleService })
  return { engine, activeRules, noData, actions, sourceDeletion, rules, published, failures }
}

export const NOON = Date.UTC(2026, 0, 1, 12)

export const sample = (overrides: Partial<NewSample>): NewSample => ({
  source: 'web-1',
  metricType: 'RESPONSE_TIME',
  value: 50,
  unit: 'ms',
  tags: null,
  serverId: null,
  time: NOON,
  drill: false,
  ...overrides,
})

/** One sample each five seconds. */
export const samplesOf = (values: readonly number[], overrides: Partial<NewSample> = {}): NewSample[] =>
  values.map((value, index) => sample({ value, time: (overrides.time ?? NOON) + index * 5000, ...omitTime(overrides) }))

const omitTime = ({ time: _, ...rest }: Partial<NewSample>) => rest

export const makeRule = (store: Store, rule: Partial<RuleIn>) =>
  store.rules.insert(ruleIn.parse({ name: 'high', method: 'THRESHOLD', threshold: 100, ...rule }), NOON)

export const eventsOf = (store: Store): StoredEvent[] =>
  store.events.list({ since: 0, limit: 200, offset: 0 }).toSorted((one, other) => one.id - other.id)
