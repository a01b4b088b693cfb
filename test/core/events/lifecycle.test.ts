// The life of events under whatever happens: samples, clicks, changes of rules, restarts, kills and clocks that
// jump lose no event, raise no two for one, and leave none that can't be ended.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { prepareDetector } from '../../../electron/core/detectors/registry.ts'
import { Watch } from '../../../electron/core/detection/watch.ts'
import { createEventTracker } from '../../../electron/core/events/event-tracker.ts'
import type { EventState } from '../../../electron/core/events/lifecycle.ts'
import { isLive } from '../../../shared/domain/event-status.ts'
import type { NewSample } from '../../../electron/core/store/types/samples.ts'
import type { StoredEvent } from '../../../electron/core/store/types/events.ts'
import type { StoredRule } from '../../../electron/core/store/types/rules.ts'
import { randomFrom } from '../../support/random.ts'
import { temporaryStore } from '../store/temporary-store.ts'
import { eventsOf, makeRule, NOON, sample, startPipeline } from '../detection/test-pipeline.ts'

const RULES = [
  { name: 'at once', threshold: 100, resolve_seconds: 30, resolve_samples: 2 },
  { name: 'slow', threshold: 90, for_seconds: 10, cooldown_seconds: 60, resolve_seconds: 0, resolve_samples: 1 },
  { name: 'z', method: 'ZSCORE', min_samples: 8, params: { window: 30 }, resolve_seconds: 20 },
]

const SERIES = [
  { source: 'web-1', metricType: 'CPU' },
  { source: 'web-1', metricType: 'RAM' },
  { source: 'web-2', metricType: 'CPU' },
] as const

type Step =
  | { kind: 'post'; series: number; values: ('usual' | 'between' | 'high' | 'late')[]; gap: number; missed: boolean }
  | { kind: 'stop' | 'kill' | 'save' }
  | { kind: 'clock'; seconds: number }
  | { kind: 'acknowledge' | 'resolve' | 'markFalsePositive'; which: number }
  | { kind: 'switch' | 'narrow' | 'widen' | 'limit' | 'delete'; rule: number }

const post = fc.record({
  kind: fc.constant('post' as const),
  series: fc.nat(SERIES.length - 1),
  values: fc.array(
    fc.oneof(
      { weight: 5, arbitrary: fc.constant('usual' as const) },
      { weight: 4, arbitrary: fc.constant('high' as const) },
      { weight: 1, arbitrary: fc.constantFrom('between' as const, 'late' as const) },
    ),
    { minLength: 1, maxLength: 15 },
  ),
  gap: fc.constantFrom(0, 1, 5, 20, 3600),
  missed: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
})
const restart = fc.record({ kind: fc.constantFrom('stop' as const, 'kill' as const, 'save' as const) })
const clock = fc.record({ kind: fc.constant('clock' as const), seconds: fc.integer({ min: -90, max: 7200 }) })
const click = fc.record({
  kind: fc.constantFrom('acknowledge' as const, 'resolve' as const, 'markFalsePositive' as const),
  which: fc.nat(),
})
const ruleChange = fc.record({
  kind: fc.constantFrom('switch' as const, 'narrow' as const, 'widen' as const, 'limit' as const, 'delete' as const),
  rule: fc.nat(RULES.length - 1),
})

const sequence = (...others: { weight: number; arbitrary: fc.Arbitrary<Step> }[]): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.oneof<{ weight: number; arbitrary: fc.Arbitrary<Step> }[]>(
      { weight: 8, arbitrary: post },
      { weight: 2, arbitrary: restart },
      { weight: 1, arbitrary: clock },
      ...others,
    ),
    { minLength: 5, maxLength: 30 },
  )

const VALUES = { usual: 50, between: 95, high: 150, late: 150 }

/** Samples of a sequence, with clocks that jump; a sample that is older than its series is late. */
function createSource(seed: number) {
  const random = randomFrom(seed)
  let turn = 0
  let now = NOON
  return {
    jump: (seconds: number) => void (now += seconds * 1000),
    samplesOf: ({ series, values, gap }: Extract<Step, { kind: 'post' }>): NewSample[] =>
      values.map((kind) => {
        now += gap * 1000
        const time = kind === 'late' ? now - 7_200_000 : now
        // Alternating: noise that is normal in any window, never an outlier by chance.
        return sample({ ...SERIES[series], value: VALUES[kind] + (++turn % 2) * 4 + random(), time })
      }),
  }
}

/** Plays a sequence on a real store, step by step. */
async function startHome(seed: number, onPosted: (samples: NewSample[]) => void = () => {}) {
  const temporary = temporaryStore()
  for (const rule of RULES) makeRule(temporary.store, rule)
  const source = createSource(seed)
  let pipeline = startPipeline(temporary.store)
  const failures: string[] = []
  const append = async (samples: NewSample[]) => {
    onPosted(samples)
    await temporary.store.commit(() => temporary.store.samples.append(samples))
  }
  const restart = () => {
    failures.push(...pipeline.failures)
    pipeline = startPipeline(temporary.store)
  }
  const play = async (step: Step): Promise<void> => {
    const { store } = temporary
    if (step.kind === 'post') {
      // Killed before it was notified of them, it finds them at the next start.
      if (step.missed) temporary.reopen()
      await append(source.samplesOf(step))
      if (step.missed) restart()
    } else if (step.kind === 'clock') source.jump(step.seconds)
    else if (step.kind === 'save') await pipeline.engine.saveStates(0.5)
    else if ('which' in step) {
      const events = eventsOf(store)
      // Some of these are refused, as they are for a person who comes too late.
      if (events.length > 0)
        await pipeline.actions[step.kind](events[step.which % events.length]!.id, undefined).catch(() => {})
    } else if ('rule' in step) await changeRule(step)
    else {
      if (step.kind === 'stop') await pipeline.engine.close()
      temporary.reopen()
      restart()
    }
    await pipeline.engine.idle()
  }
  const changeRule = async ({ kind, rule }: Extract<Step, { rule: number }>) => {
    const params = { rule_id: rule + 1 }
    if (!temporary.store.rules.get(params.rule_id)) return
    if (kind === 'switch') await pipeline.rules.toggleRule({ params })
    else if (kind === 'delete') await pipeline.rules.deleteRule({ params })
    else {
      const change = { narrow: { source: 'web-2' }, widen: { source: '*' }, limit: { threshold: 200 } }[kind]
      await pipeline.rules.updateRule({ params, body: change })
    }
  }
  return {
    play,
    append,
    source,
    events: () => eventsOf(temporary.store),
    live: () => eventsOf(temporary.store).filter(isLive),
    rules: () => temporary.store.rules.all(),
    actions: () => pipeline.actions,
    idle: () => pipeline.engine.idle(),
    remove() {
      expect([...failures, ...pipeline.failures]).toEqual([])
      temporary.remove()
    },
  }
}

/** The same evaluated in memory by the rules as they were made: what events there must be. */
function createModel(rules: readonly StoredRule[]) {
  const lives: { rule: StoredRule; series: string; event: EventState }[] = []
  const evaluators = new Map<string, (sample: NewSample, id: number) => void>()
  const newest = new Map<string, number>()
  let id = 0
  const evaluatorFor = (rule: StoredRule, series: string) => {
    const watch = new Watch(prepareDetector(rule), rule)
    const life = createEventTracker()
    return ({ time, value }: NewSample, sampleId: number) => {
      const observation = { id: sampleId, time, value }
      const verdict = watch.evaluate(observation)
      if (watch.transitionKind && life.apply(watch.transitionOf(watch.transitionKind, rule, observation, verdict)))
        lives.push({ rule, series, event: life.newest()! })
    }
  }
  return {
    lives,
    apply(samples: readonly NewSample[]) {
      for (const each of samples) {
        const series = `${each.source} ${each.metricType}`
        id++
        if (each.time < (newest.get(series) ?? -Infinity)) continue
        newest.set(series, each.time)
        for (const rule of rules) {
          const key = `${rule.id} ${series}`
          if (!evaluators.has(key)) evaluators.set(key, evaluatorFor(rule, series))
          evaluators.get(key)!(each, id)
        }
      }
    },
  }
}

const inOrder = (events: EventState[]) =>
  events.map((event) => JSON.stringify(event, Object.keys(event).toSorted())).toSorted()

const lifeOf = (event: StoredEvent): EventState => ({
  severity: event.severity,
  status: event.status,
  value: event.value,
  lower: event.lower,
  upper: event.upper,
  began_at: event.began_at,
  detected_at: event.detected_at,
  last_seen_at: event.last_seen_at,
  last_sample_id: event.last_sample_id,
  occurrences: event.occurrences,
  side: event.side,
  current_value: event.current_value,
  peak_at: event.peak_at,
  peak_value: event.peak_value,
  resolved_at: event.resolved_at,
  resolved_by: event.resolved_by,
  resolution: event.resolution,
  critical_since: event.critical_since,
  flapping: event.flapping,
})

const RUNS = { numRuns: 100 }
/** Milliseconds; about ten seconds if nothing else runs. */
const MAX_DURATION = 120_000

describe('events', () => {
  it(
    'are those of a replay in memory, however often the program was stopped and killed',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.integer(), sequence(), async (seed, steps) => {
          let model: ReturnType<typeof createModel> | undefined
          const home = await startHome(seed, (samples) => model!.apply(samples))
          model = createModel(home.rules())
          for (const step of steps) await home.play(step)
          expect(inOrder(home.events().map(lifeOf))).toEqual(inOrder(model.lives.map(({ event }) => event)))
          home.remove()
        }),
        RUNS,
      )
    },
    MAX_DURATION,
  )

  it(
    'are one at a time for a rule and series, of rules that watch it, whatever people do',
    async () => {
      const steps = sequence({ weight: 4, arbitrary: click }, { weight: 2, arbitrary: ruleChange })
      await fc.assert(
        fc.asyncProperty(fc.integer(), steps, async (seed, values) => {
          const home = await startHome(seed)
          for (const step of values) {
            const before = home.events()
            await home.play(step)
            const live = home.live()
            expect(new Set(live.map(({ rule_id, series_id }) => `${rule_id} ${series_id}`)).size).toBe(live.length)
            for (const { rule_id, source } of live) expect(watches(home.rules(), rule_id, source)).toBe(true)
            expect(home.events().length).toBeGreaterThanOrEqual(before.length)
          }
          await recover(home)
          home.remove()
        }),
        RUNS,
      )
    },
    MAX_DURATION,
  )

  it(
    'can each be ended by a click',
    async () => {
      const steps = sequence({ weight: 2, arbitrary: click }, { weight: 1, arbitrary: ruleChange })
      await fc.assert(
        fc.asyncProperty(fc.integer(), steps, fc.boolean(), async (seed, values, isFalse) => {
          const home = await startHome(seed)
          for (const step of values) await home.play(step)
          for (const { id } of home.live())
            await home.actions()[isFalse ? 'markFalsePositive' : 'resolve'](id, undefined)
          expect(home.live()).toEqual([])
          home.remove()
        }),
        { numRuns: 50 },
      )
    },
    MAX_DURATION,
  )
})

const watches = (rules: StoredRule[], ruleId: number | null, source: string) => {
  const rule = rules.find(({ id }) => id === ruleId)
  return rule?.is_active === true && (rule.source === '*' || rule.source === source)
}

/** More normal samples than any rule or window needs, and later than everything posted. */
async function recover(home: Awaited<ReturnType<typeof startHome>>): Promise<void> {
  home.source.jump(14_400)
  const values = Array<'usual'>(60).fill('usual')
  for (const series of SERIES.keys())
    await home.append(home.source.samplesOf({ kind: 'post', series, values, gap: 2, missed: false }))
  await home.idle()
  expect(home.live()).toEqual([])
}
