// NO_DATA by the timer: raised once, reminded of once, resolved when data return, and never raised for a machine that
// slept.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HOUR, MINUTE, SECOND } from '../../../shared/domain/time.ts'
import { ruleIn } from '../../../shared/schemas/rule.ts'
import { eventsOf, NOON, sample, startPipeline, type TestPipeline } from './test-pipeline.ts'
import type { NewSample } from '../../../electron/core/store/types/samples.ts'
import { raiseOn } from '../store/examples.ts'
import { temporaryStore, type TemporaryStore } from '../store/temporary-store.ts'

let temporary: TemporaryStore
let pipeline: TestPipeline
let now: number
beforeEach(() => {
  temporary = temporaryStore()
  start()
  now = NOON
})
afterEach(() => temporary.remove())

function start(hostSource?: string): void {
  pipeline = startPipeline(temporary.store, undefined, undefined, hostSource)
}

const append = (...samples: NewSample[]) =>
  void temporary.store.transaction(() => temporary.store.samples.append(samples))

interface Posting {
  /** Metric types that are posted every five seconds. */
  posting?: string[]
  /** How far behind the clock of their source is. */
  behind?: number
}

/** The clock goes on in steps of five seconds. */
async function pass(span: number, { posting = [], behind = 0 }: Posting = {}): Promise<void> {
  for (const end = now + span; now < end;) {
    now += 5 * SECOND
    if (posting.length > 0) append(...posting.map((metricType) => sample({ metricType, time: now - behind })))
    await pipeline.noData.tick(now)
  }
}

const makeNoDataRule = (overrides = {}) => {
  temporary.store.rules.insert(ruleIn.parse({ name: 'silent', method: 'NO_DATA', ...overrides }), now)
  pipeline.activeRules.reload()
}
const events = () => eventsOf(temporary.store)
const kinds = (id = 1) => temporary.store.events.timeline(id).map(({ kind }) => kind)

describe('a series that dies', () => {
  it('is one event with one reminder, and resolves when data return', async () => {
    makeNoDataRule()
    await pass(10 * MINUTE, { posting: ['CPU'] })
    expect(events()).toEqual([])
    await pass(55 * SECOND)
    expect(events()).toEqual([])
    await pass(10 * SECOND)
    expect(events()).toMatchObject([
      {
        status: 'OPEN',
        severity: 'WARNING',
        title: 'CPU on web-1 has no data',
        side: 'silent',
        method: 'NO_DATA',
        occurrences: 1,
      },
    ])
    await pass(12 * HOUR)
    expect(kinds()).toEqual(['raised', 'reminded'])
    expect(pipeline.published.map(({ kind }) => kind)).toEqual(['anomaly_detected', 'event_reminded'])
    await pass(5 * SECOND, { posting: ['CPU'] })
    expect(events()).toMatchObject([{ status: 'RESOLVED', resolved_by: 'tocsin' }])
    expect(kinds()).toEqual(['raised', 'reminded', 'resolved'])
    await pass(10 * MINUTE, { posting: ['CPU'] })
    await pass(2 * MINUTE)
    expect(events()).toHaveLength(2)
  })

  it('is raised once, whatever a person does with it and however often Tocsin starts', async () => {
    makeNoDataRule()
    await pass(10 * MINUTE, { posting: ['CPU', 'DISK', 'LOAD'] })
    await pass(2 * MINUTE)
    expect(events()).toHaveLength(3)
    await pipeline.actions.resolve(1, undefined)
    await pipeline.actions.markFalsePositive(2, undefined)
    await pipeline.actions.acknowledge(3, undefined)
    await pass(HOUR)
    start()
    await pass(12 * HOUR)
    expect(events().map(({ status }) => status)).toEqual(['RESOLVED', 'FALSE_POSITIVE', 'ACKNOWLEDGED'])
    expect(kinds(3)).toEqual(['raised', 'acknowledged'])
  })

  it('is reminded of once over a restart', async () => {
    makeNoDataRule()
    await pass(10 * MINUTE, { posting: ['CPU'] })
    await pass(5 * HOUR)
    start()
    await pass(12 * HOUR)
    expect(kinds()).toEqual(['raised', 'reminded'])
  })

  it('shares an incident with series that die at the same time', async () => {
    makeNoDataRule()
    await pass(10 * MINUTE, { posting: ['CPU', 'DISK', 'LOAD'] })
    await pass(2 * MINUTE)
    expect(new Set(events().map(({ incident_id }) => incident_id))).toEqual(new Set([1]))
  })

  it('may be silent for as long as it normally is', async () => {
    makeNoDataRule()
    append(
      ...Array.from({ length: 30 }, (_, index) =>
        sample({ metricType: 'BACKUP', time: NOON - index * HOUR }),
      ).toReversed(),
    )
    await pass(2.9 * HOUR)
    expect(events()).toEqual([])
    await pass(0.2 * HOUR)
    expect(events()).toHaveLength(1)
  })

  it('waits for its cooldown', async () => {
    makeNoDataRule({ cooldown_seconds: 3600 })
    await pass(10 * MINUTE, { posting: ['CPU'] })
    await pass(5 * MINUTE)
    await pass(5 * MINUTE, { posting: ['CPU'] })
    await pass(30 * MINUTE)
    expect(events()).toHaveLength(1)
    await pass(30 * MINUTE)
    expect(events()).toHaveLength(2)
  })
})

describe('no outage', () => {
  it('is a machine that slept, nor a Tocsin that did not run', async () => {
    makeNoDataRule()
    await pass(10 * MINUTE, { posting: ['CPU'] })
    now += 8 * HOUR
    await pass(50 * SECOND)
    await pass(10 * MINUTE, { posting: ['CPU'] })
    expect(events()).toEqual([])
    now += 8 * HOUR
    start()
    await pass(50 * SECOND)
    expect(events()).toEqual([])
    // What does not come back after that is missed.
    await pass(30 * SECOND)
    expect(events()).toHaveLength(1)
  })

  it('is a source whose clock is wrong', async () => {
    makeNoDataRule()
    await pass(10 * MINUTE, { posting: ['CPU'], behind: HOUR })
    expect(events()).toEqual([])
    await pass(2 * MINUTE)
    expect(events()).toHaveLength(1)
  })

  it('is a source whose samples come late, since they do come', async () => {
    makeNoDataRule()
    await pass(10 * MINUTE, { posting: ['CPU'] })
    await pass(10 * MINUTE, { posting: ['CPU'], behind: HOUR })
    expect(events()).toEqual([])
  })

  it('is a series that no rule matches, was silent before the rule, or is hardly known', async () => {
    await pass(10 * MINUTE, { posting: ['OLD', 'CPU'] })
    await pass(3 * HOUR, { posting: ['CPU'] })
    makeNoDataRule({ source: 'web-*', metric_type: '*D*' })
    await pass(30 * SECOND, { posting: ['DISK', 'CPU'] })
    await pass(HOUR, { posting: ['D2'] })
    expect(events()).toEqual([])
    await pass(2 * MINUTE)
    expect(events()).toMatchObject([{ metric_type: 'D2' }])
  })

  it('is a clock that was set back', async () => {
    makeNoDataRule()
    now += 3 * HOUR
    await pass(10 * MINUTE, { posting: ['CPU'] })
    now -= 2 * HOUR
    await pass(10 * MINUTE, { posting: ['CPU'] })
    expect(events()).toEqual([])
    await pass(2 * MINUTE)
    expect(events()).toHaveLength(1)
  })
})

describe('a buffered agent', () => {
  /** Reads every ten seconds and delivers every ten minutes. */
  async function deliver(times: number): Promise<void> {
    for (let delivery = 0; delivery < times; delivery++) {
      await pass(10 * MINUTE)
      append(...Array.from({ length: 60 }, (_, index) => sample({ time: now - (59 - index) * 10 * SECOND })))
    }
  }

  it('is not silent between its deliveries, from the first one on and over a restart', async () => {
    makeNoDataRule()
    await deliver(6)
    expect(events()).toEqual([])
    start()
    await deliver(6)
    expect(events()).toEqual([])
  })

  it('is silent if deliveries stop, by the rhythm of its deliveries', async () => {
    makeNoDataRule()
    await deliver(6)
    await pass(29 * MINUTE)
    expect(events()).toEqual([])
    await pass(2 * MINUTE)
    expect(events()).toMatchObject([
      { side: 'silent', description: expect.stringMatching(/a sample normally comes within 10\smin/) },
    ])
  })

  it('is not taken for one after it has delivered the backlog of an outage', async () => {
    makeNoDataRule()
    await pass(10 * MINUTE, { posting: ['CPU'] })
    await pass(HOUR)
    append(...Array.from({ length: 720 }, (_, index) => sample({ time: now - (719 - index) * 5 * SECOND })))
    await pass(MINUTE, { posting: ['CPU'] })
    await pass(2 * MINUTE)
    expect(events().map(({ status }) => status)).toEqual(['RESOLVED', 'OPEN'])
  })
})

it('a backlog that was read before the silence was detected does not end it', async () => {
  makeNoDataRule()
  await pass(10 * MINUTE, { posting: ['CPU'] })
  const diedAt = now
  await pass(10 * MINUTE)
  append(...Array.from({ length: 5 }, (_, index) => sample({ time: diedAt + (index + 1) * 5 * SECOND })))
  await pass(MINUTE)
  expect(events()).toMatchObject([{ status: 'OPEN' }])
  await pass(5 * SECOND, { posting: ['CPU'] })
  await pass(5 * SECOND)
  expect(events()).toMatchObject([{ status: 'RESOLVED' }])
})

it('a source that has lived for less than its rule asks for is not missed, unless it is that of the host agent', async () => {
  makeNoDataRule({ params: { min_age_seconds: 3600 } })
  await pass(50 * MINUTE, { posting: ['CPU'] })
  await pass(HOUR)
  expect(events()).toEqual([])
  await pass(MINUTE, { posting: ['CPU'] })
  await pass(2 * MINUTE)
  expect(events()).toHaveLength(1)
  temporary.remove()
  temporary = temporaryStore()
  start('web-1')
  makeNoDataRule({ params: { min_age_seconds: 3600 } })
  await pass(50 * MINUTE, { posting: ['CPU'] })
  await pass(HOUR)
  expect(events()).toHaveLength(1)
})

describe('an open event whose series sends no more data', () => {
  const raiseHigh = async () => {
    raiseOn(temporary.store, { metricType: 'CPU', source: 'web-1', time: now })
    await pass(MINUTE, { posting: ['CPU'] })
    expect(events()).toMatchObject([{ status: 'OPEN', side: 'above' }])
  }

  it('says so once, and ends without data after a day', async () => {
    await raiseHigh()
    await pass(4 * MINUTE)
    expect(kinds()).toEqual([])
    await pass(2 * MINUTE)
    expect(kinds()).toEqual(['no_data'])
    await pass(23 * HOUR)
    expect(kinds()).toEqual(['no_data'])
    await pass(HOUR)
    expect(kinds()).toEqual(['no_data', 'resolved'])
    expect(temporary.store.events.timeline(1).at(-1)).toMatchObject({
      comment: expect.stringContaining('without data'),
    })
    expect(events()).toMatchObject([{ status: 'RESOLVED', resolution: 'without_data', resolved_by: 'tocsin' }])
  })

  it('says so again for the next silence', async () => {
    await raiseHigh()
    await pass(10 * MINUTE)
    await pass(MINUTE, { posting: ['CPU'] })
    await pass(10 * MINUTE)
    expect(kinds()).toEqual(['no_data', 'no_data'])
  })

  it('does not fire if the samples are rare', async () => {
    append(...Array.from({ length: 20 }, (_, index) => sample({ time: NOON - (20 - index) * 12 * HOUR })))
    raiseOn(temporary.store, { source: 'web-1', metricType: 'RESPONSE_TIME', time: now })
    await pass(HOUR)
    expect(kinds()).toEqual([])
  })
})

it('a silence ends without data after seven days', async () => {
  makeNoDataRule()
  await pass(10 * MINUTE, { posting: ['CPU'] })
  await pass(2 * MINUTE)
  now += 7 * 24 * HOUR
  await pass(2 * MINUTE)
  expect(events()).toMatchObject([{ status: 'OPEN' }])
  await pass(10 * MINUTE)
  expect(events()).toMatchObject([{ status: 'RESOLVED' }])
})

it('goes on after a write has failed', async () => {
  makeNoDataRule()
  await pass(10 * MINUTE, { posting: ['CPU'] })
  const { commit } = temporary.store
  temporary.store.commit = () => Promise.reject(new Error('disk full'))
  await expect(pass(2 * MINUTE)).rejects.toThrow('disk full')
  temporary.store.commit = commit
  await pass(5 * SECOND)
  expect(events()).toHaveLength(1)
})
