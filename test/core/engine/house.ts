// The stages from the store to the events, put together as the composition root does, without the front door.
import { createChangeFeed } from '../../../electron/core/delivery/changes.ts'
import { createEngine, type Engine } from '../../../electron/core/engine/engine.ts'
import { createNoData, type NoData } from '../../../electron/core/engine/no-data.ts'
import { createRulebook, type Rulebook } from '../../../electron/core/engine/rulebook.ts'
import { createWatchers } from '../../../electron/core/engine/watchers.ts'
import { createDesk, type Desk } from '../../../electron/core/events/desk.ts'
import { createRecorder } from '../../../electron/core/events/recorder.ts'
import { createUnwatched } from '../../../electron/core/events/unwatched.ts'
import { createForgetting, type Forgetting } from '../../../electron/core/forgetting.ts'
import { ruleHandlers } from '../../../electron/core/operations/rules.ts'
import { createRuleDesk } from '../../../electron/core/rules/desk.ts'
import { silentLog } from '../../../electron/core/ports.ts'
import type { NewSample, Store, StoredEvent } from '../../../electron/core/store/store.ts'
import type { Change } from '../../../shared/schemas/change.ts'
import { ruleIn, type RuleIn } from '../../../shared/schemas/rule.ts'

export interface House {
  engine: Engine
  rulebook: Rulebook
  noData: NoData
  desk: Desk
  forgetting: Forgetting
  /** What changes rules. */
  rules: ReturnType<typeof ruleHandlers>
  /** What was published since this house stands. */
  published: Change[]
  /** What the engine complained of. */
  failures: string[]
}

/**
 * @param mostSeries that are held in memory
 * @param quietFor what keeps an event quiet
 */
export function startHouse(
  store: Store,
  mostSeries = 1000,
  quietFor: Parameters<typeof createRecorder>[0]['quietFor'] = () => null,
): House {
  const feed = createChangeFeed()
  const published: Change[] = []
  const failures: string[] = []
  const log = { ...silentLog, error: (_: object, message: string) => void failures.push(message) }
  const clock = { now: () => NOON }
  const now = () => new Date(NOON).toISOString()
  feed.subscribe((change) => published.push(change))
  const recorder = createRecorder({ ...store, now, quietFor })
  const rulebook = createRulebook(store.rules)
  const watchers = createWatchers({ ...store, rulebook, mostSeries })
  const engine = createEngine({ store, watchers, recorder, feed, log })
  store.onAppended(engine.wake)
  const noData = createNoData({ store, rulebook, recorder, feed })
  const desk = createDesk({ store, feed, clock, user: 'ann' })
  const unwatched = createUnwatched({ store, rulebook, now })
  const forgetting = createForgetting({ store, engine, unwatched, feed })
  const ruleDesk = createRuleDesk({ store, rulebook, unwatched, feed, clock, user: 'ann' })
  const rules = ruleHandlers({ store, ruleDesk })
  return { engine, rulebook, noData, desk, forgetting, rules, published, failures }
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
