// From stored samples to events: what fires, when, and how often.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { NewSample } from '../../../electron/core/store/types/samples.ts'
import type { RuleIn } from '../../../shared/schemas/rule.ts'
import { temporaryStore, type TemporaryStore } from '../store/temporary-store.ts'
import { eventsOf, makeRule, NOON, sample, samplesOf, startPipeline } from './test-pipeline.ts'

let temporary: TemporaryStore
beforeEach(() => void (temporary = temporaryStore()))
afterEach(() => temporary.remove())

async function play(values: readonly number[]) {
  const { store } = temporary
  const pipeline = startPipeline(store)
  await pipeline.engine.idle()
  await store.commit(() => store.samples.append(samplesOf(values)))
  await pipeline.engine.idle()
  return { store, ...pipeline }
}

describe('an event', () => {
  it('is one for all anomalies of a rule and series while it lives', async () => {
    makeRule(temporary.store, {})
    const { store, published } = await play([50, 150, 400, 50, 200])
    expect(eventsOf(store)).toMatchObject([
      {
        status: 'OPEN',
        value: 150,
        peak_value: 400,
        occurrences: 3,
        severity: 'CRITICAL',
        detected_at: new Date(NOON + 5000).toISOString(),
        last_seen_at: new Date(NOON + 20_000).toISOString(),
        title: 'RESPONSE_TIME on web-1 is above its threshold',
        side: 'above',
        current_value: 200,
        peak_at: new Date(NOON + 10_000).toISOString(),
        description: '150 is above the limit of 100.',
      },
    ])
    expect(new Set(published.slice(1).map(({ kind }) => kind))).not.toContain('anomaly_detected')
    expect(published[0]!.kind).toBe('anomaly_detected')
    expect(published.at(-1)!.event.occurrences).toBe(3)
  })

  it('is raised by each rule that flags the sample, within one incident', async () => {
    makeRule(temporary.store, { name: 'high' })
    makeRule(temporary.store, { name: 'higher', threshold: 120 })
    makeRule(temporary.store, { name: 'elsewhere', source: 'db-*' })
    const { store } = await play([150])
    const events = eventsOf(store)
    expect(events.map(({ rule_name }) => rule_name)).toEqual(['high', 'higher'])
    expect(new Set(events.map(({ incident_id }) => incident_id))).toEqual(new Set([events[0]!.id]))
  })

  it('waits for as long as the rule says, and a normal sample restarts the wait', async () => {
    makeRule(temporary.store, { for_seconds: 10 })
    const { store } = await play([150, 150, 50, 150, 150, 150])
    expect(eventsOf(store)).toMatchObject([{ detected_at: new Date(NOON + 25_000).toISOString(), occurrences: 3 }])
  })

  it('escalates when it gets worse, with an entry in its timeline', async () => {
    makeRule(temporary.store, { method: 'ZSCORE', min_samples: 10 })
    const baseline = Array.from({ length: 50 }, (_, index) => 50 + (index % 2))
    const { store, engine } = await play([...baseline, 52.3])
    expect(eventsOf(store)).toMatchObject([{ severity: 'INFO' }])
    await store.commit(() => store.samples.append(samplesOf([900, 900], { time: NOON + 3_600_000 })))
    await engine.idle()
    expect(eventsOf(store)).toMatchObject([{ severity: 'WARNING' }])
    await store.commit(() => store.samples.append([sample({ value: 900, time: NOON + 3_610_000 })]))
    await engine.idle()
    const [event] = eventsOf(store)
    expect(event).toMatchObject({ severity: 'CRITICAL', value: 52.3, peak_value: 900 })
    expect(store.events.timeline(event!.id).map(({ kind, comment }) => [kind, comment])).toEqual([
      ['raised', null],
      ['escalated', 'WARNING'],
      ['escalated', 'CRITICAL'],
    ])
  })
})

describe('the recovery', () => {
  const values = (text: string) => text.split('').map((each) => ({ _: 50, A: 150 })[each]!)
  const linesOf = (events: ReturnType<typeof eventsOf>) =>
    events.map(({ id }) => temporary.store.events.timeline(id).map(({ kind }) => kind))

  it.each([
    ['A__', {}, ['OPEN']],
    ['A___', { resolve_seconds: 0 }, ['RESOLVED']],
    ['A__A__', { resolve_seconds: 0 }, ['OPEN']],
    ['A___', { resolve_seconds: 15 }, ['OPEN']],
    ['A____', { resolve_seconds: 15 }, ['RESOLVED']],
    ['A_', { resolve_seconds: 0, resolve_samples: 1 }, ['RESOLVED']],
    ['A_A', { resolve_seconds: 0, resolve_samples: 1 }, ['RESOLVED', 'OPEN']],
    ['A_A__________', { resolve_seconds: 0, resolve_samples: 1 }, ['RESOLVED', 'OPEN']],
    ['A_A_' + '_'.repeat(20), { resolve_seconds: 0, resolve_samples: 1 }, ['RESOLVED', 'RESOLVED']],
  ] as const)('of %s by a rule %j gives %j', async (pattern, rule, statuses) => {
    makeRule(temporary.store, rule)
    const { store } = await play(values(pattern))
    expect(eventsOf(store).map(({ status }) => status)).toEqual(statuses)
  })

  it('resolves an event at the time of its sample, and publishes that once', async () => {
    makeRule(temporary.store, { resolve_seconds: 0 })
    const { store, published } = await play(values('A____________'))
    const [event] = eventsOf(store)
    expect(event).toMatchObject({ resolved_at: new Date(NOON + 15_000).toISOString(), resolved_by: 'tocsin' })
    expect(store.events.timeline(event!.id).map(({ kind, who, comment }) => [kind, who, comment])).toEqual([
      ['raised', 'tocsin', null],
      ['resolved', 'tocsin', 'Normal for 10\u00a0s, 3 samples.'],
    ])
    // Raised and resolved are one change or two, by how long the turn took that recorded them.
    const statuses = published.map(({ event: { status } }) => status)
    expect(statuses.filter((status) => status === 'RESOLVED')).toEqual(['RESOLVED'])
    expect(statuses.at(-1)).toBe('RESOLVED')
  })

  it('of a run needs a score below the recovery score', async () => {
    const rule = { method: 'ZSCORE', z_threshold: 3, min_samples: 10, params: { window: 1000 } } as const
    makeRule(temporary.store, { ...rule, for_seconds: 10, resolve_seconds: 0, resolve_samples: 1 })
    const baseline = Array.from({ length: 400 }, (_, index) => 50 + (index % 3))
    // Deviations of about 4, then 2.5 (a score of 0.44), then 4 again: one run, so the wait is over.
    const { store } = await play([...baseline, 54.3, 53.05, 54.3])
    expect(eventsOf(store)).toMatchObject([{ occurrences: 2, began_at: new Date(NOON + 2_000_000).toISOString() }])
  })

  it('waits while the series is flapping, with one event that states it', async () => {
    makeRule(temporary.store, { resolve_seconds: 0, resolve_samples: 2 })
    const { store } = await play(values('A_A_'))
    expect(eventsOf(store)).toMatchObject([{ status: 'OPEN', flapping: true, occurrences: 2 }])
    expect(linesOf(eventsOf(store))).toEqual([['raised', 'flapping']])
  })

  it('is found by a rule that has changed since', async () => {
    const rule = makeRule(temporary.store, { resolve_seconds: 0 })
    const { store, rules, engine } = await play(values('A'))
    await rules.updateRule({ params: { rule_id: rule.id }, body: { threshold: 120 } })
    const later = { time: NOON + 60_000 }
    await store.commit(() => store.samples.append(samplesOf(values('___'), later)))
    await engine.idle()
    expect(eventsOf(store)).toMatchObject([{ status: 'RESOLVED' }])
  })

  it('leaves an event that a person ended as it was', async () => {
    makeRule(temporary.store, { resolve_seconds: 0 })
    const { store, engine, actions } = await play(values('A'))
    await actions.markFalsePositive(1, undefined)
    await store.commit(() => store.samples.append(samplesOf(values('____'), { time: NOON + 60_000 })))
    await engine.idle()
    expect(eventsOf(store)).toMatchObject([{ status: 'FALSE_POSITIVE', resolved_by: 'ann' }])
  })
})

/** How many events there are when the first was ended so and these samples came after it. */
async function endAs(status: 'RESOLVED' | 'FALSE_POSITIVE', rule: Partial<RuleIn>, values: readonly number[]) {
  makeRule(temporary.store, rule)
  const { store, engine } = await play([50, 150])
  store.events.update(eventsOf(store)[0]!.id, { status })
  await store.commit(() => store.samples.append(samplesOf(values, { time: NOON + 10_000 })))
  await engine.idle()
  return eventsOf(store).length
}

describe('after it ended', () => {
  it.each([
    ['RESOLVED', {}, [150], 2],
    ['FALSE_POSITIVE', {}, [150, 150], 1],
    ['FALSE_POSITIVE', {}, [150, 50, 150], 1],
    ['FALSE_POSITIVE', {}, [50, 150, 50, 150], 1],
    ['FALSE_POSITIVE', { resolve_seconds: 0 }, [50, 50, 50, 150], 2],
    ['RESOLVED', { cooldown_seconds: 10 }, [150], 1],
    ['RESOLVED', { cooldown_seconds: 10 }, [50, 150], 2],
  ] as const)('as %s by a rule %j, samples %j make %d events', async (status, rule, values, events) => {
    expect(await endAs(status, rule, values)).toBe(events)
  })
})

describe('what is not evaluated', () => {
  it.each([
    ['late samples', { time: NOON - 60_000 }],
    ["a drill's samples", { drill: true, time: NOON + 60_000 }],
  ])('%s', async (_, overrides) => {
    makeRule(temporary.store, {})
    const { store, engine } = await play([50])
    await store.commit(() => store.samples.append([sample({ value: 999, ...overrides })]))
    await engine.idle()
    expect(eventsOf(store)).toEqual([])
  })

  it.each(['toggleRule', 'deleteRule'] as const)('samples that waited for a rule when it ended: %s', async (end) => {
    const rule = makeRule(temporary.store, {})
    const { store, engine, rules, published } = await play([50])
    const ofAll = (value: number) =>
      Array.from({ length: 200 }, (_, index) => sample({ source: `web-${index}`, value }))
    await store.commit(() => store.samples.append(ofAll(50)))
    await engine.idle()
    await store.commit(() => store.samples.append(ofAll(500)))
    while (published.length === 0) await nextTurn()
    await rules[end]({ params: { rule_id: rule.id } })
    const before = eventsOf(store).length
    await engine.idle()
    expect(before).toBeLessThan(200)
    expect(eventsOf(store)).toHaveLength(before)
    expect(new Set(eventsOf(store).map(({ status }) => status))).toEqual(new Set(['RESOLVED']))
  })

  it('samples of a rule that was switched off, from that moment on', async () => {
    const rule = makeRule(temporary.store, {})
    const { store, engine, activeRules } = await play([50])
    store.rules.update(rule.id, { is_active: false }, NOON)
    activeRules.reload()
    await store.commit(() => store.samples.append(samplesOf([999], { time: NOON + 60_000 })))
    await engine.idle()
    expect(eventsOf(store)).toEqual([])
  })
})

describe('saved states', () => {
  it('are skipped for a rule that is deleted', async () => {
    const rule = makeRule(temporary.store, {})
    makeRule(temporary.store, { name: 'kept' })
    const { store, engine, activeRules } = await play([50])
    await store.commit(() => store.samples.append(samplesOf([51], { time: NOON + 60_000 })))
    await engine.idle()
    store.rules.remove(rule.id)
    activeRules.reload()
    await engine.saveStates(1)
    expect(store.states.load(rule.id, 1)).toBeUndefined()
    expect(store.states.load(rule.id + 1, 1)).toMatchObject({ lastSampleId: 2 })
  })
})

describe('a turn of the event loop', () => {
  let now = 0
  let step = 0
  beforeEach(() => void vi.spyOn(performance, 'now').mockImplementation(() => (now += step)))
  afterEach(() => void vi.restoreAllMocks())

  /** How much each turn adds to a figure after these samples came, until it has risen by so much. */
  async function stepsOf(samples: NewSample[], figure: () => number, rise: number): Promise<number[]> {
    const { store } = temporary
    const end = figure() + rise
    const steps: number[] = []
    const stored = store.commit(() => store.samples.append(samples))
    for (let before = figure(); before < end; before = figure()) {
      await nextTurn()
      if (figure() > before) steps.push(figure() - before)
    }
    await stored
    return steps
  }

  it('evaluates for some milliseconds, however much waits', async () => {
    step = 20
    makeRule(temporary.store, {})
    const { engine } = await play([50])
    const many = samplesOf(Array<number>(2000).fill(51), { time: NOON + 5000 })
    expect(Math.max(...(await stepsOf(many, engine.evaluated, 2000)))).toBeLessThan(300)
  })

  it('writes so many events, however many samples are flagged', async () => {
    step = 0.02
    for (const name of ['one', 'two', 'three']) makeRule(temporary.store, { name })
    const { published } = await play([50])
    const flagged = Array.from({ length: 200 }, (_, index) => sample({ source: `web-${index}`, value: 500 }))
    expect(Math.max(...(await stepsOf(flagged, () => published.length, 600)))).toBeLessThanOrEqual(66)
    expect(new Set(published.map(({ event }) => event.id)).size).toBe(600)
  })
})

describe('while it catches up', () => {
  it('counts stored samples as waiting, and evaluates them all', async () => {
    makeRule(temporary.store, {})
    const { store } = temporary
    await store.commit(() => store.samples.append(samplesOf(Array<number>(5000).fill(50))))
    const { engine } = startPipeline(store)
    expect(engine.waiting()).toBeGreaterThanOrEqual(4000)
    await store.commit(() => store.samples.append(samplesOf([150], { time: NOON + 86_400_000 })))
    await engine.idle()
    expect([engine.waiting(), engine.evaluated(), eventsOf(store).length]).toEqual([0, 5001, 1])
  })
})

describe('when writing fails', () => {
  it('evaluates again from the watermark and raises nothing twice', async () => {
    makeRule(temporary.store, {})
    const { store, engine, published, failures } = await play([150])
    const failing = { count: 1 }
    const { setEvaluatedUpTo } = store.states
    store.states.setEvaluatedUpTo = (id) => {
      if (failing.count-- > 0) throw new Error('disk full')
      setEvaluatedUpTo(id)
    }
    store.events.update(eventsOf(store)[0]!.id, { status: 'RESOLVED' })
    await store.commit(() => store.samples.append(samplesOf([200, 250], { time: NOON + 60_000 })))
    await engine.idle()
    expect(eventsOf(store).map(({ value, occurrences }) => [value, occurrences])).toEqual([
      [150, 1],
      [200, 2],
    ])
    expect(published.map(({ kind }) => kind)).toEqual(['anomaly_detected', 'anomaly_detected'])
    expect(failures).toHaveLength(1)
  })
})
