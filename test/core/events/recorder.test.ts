// What anomalies make of events, call after call: the recorder remembers events, and what it remembers must stay true.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRecorder, type Recorder } from '../../../electron/core/events/recorder.ts'
import type { Anomaly } from '../../../electron/core/events/transition.ts'
import type { EventStore } from '../../../electron/core/store/types/events.ts'
import type { StoredRule } from '../../../electron/core/store/types/rules.ts'
import { eventsOf, makeRule, NOON, sample } from '../detection/test-pipeline.ts'
import { append } from '../store/examples.ts'
import { temporaryStore, type TemporaryStore } from '../store/temporary-store.ts'

let temporary: TemporaryStore
let rule: StoredRule
let recorder: Recorder
/** How often the newest event of a rule and series was looked for. */
let looks: number
beforeEach(() => {
  temporary = temporaryStore()
  rule = makeRule(temporary.store, {})
  looks = 0
  const { events } = temporary.store
  const watched: EventStore = { ...events, newest: (...place) => (looks++, events.newest(...place)) }
  recorder = createRecorder({
    ...temporary.store,
    events: watched,
    now: () => new Date(NOON).toISOString(),
    activeSilence: () => null,
  })
})
afterEach(() => temporary.remove())

let index = 0
let runFrom = 0
/** One run of anomalies, as long as `runFrom` stays. */
function anomaly(value = 150, score = 0.7): Anomaly {
  const news = sample({ value, time: NOON + ++index * 1000 })
  const [stored] = temporary.store.transaction(() => append(temporary.store, [news]))
  runFrom ||= stored!.id
  const verdict = { score, figure: 50, lower: null, upper: 100, samples: 100, reason: 'High.' }
  const run = {
    firstId: runFrom,
    since: NOON,
    lasting: news.time - NOON,
    count: 1,
    troubleFrom: runFrom,
    side: 'above',
    severity: score,
  } as const
  return { kind: 'anomaly', rule, sample: stored!, verdict, run: run, flapping: false }
}
beforeEach(() => {
  index = 0
  runFrom = 0
})

const record = (...anomalies: Anomaly[]) =>
  temporary.store.transaction(() => {
    for (const each of anomalies) recorder.apply(each)
    return recorder.flush()
  })

const statusesOf = () => eventsOf(temporary.store).map(({ status, occurrences }) => [status, occurrences])

describe('a live event', () => {
  it('is looked up once, and accumulates call after call', () => {
    record(anomaly())
    for (let call = 0; call < 5; call++) record(anomaly(200 + call), anomaly())
    expect(eventsOf(temporary.store)).toMatchObject([
      { occurrences: 11, peak_value: 204, last_sample_id: 11, last_seen_at: new Date(NOON + 11_000).toISOString() },
    ])
    expect(looks).toBe(1)
  })

  it('is published once in each call, in its current state', () => {
    expect(record(anomaly(), anomaly(300)).map(({ kind, event }) => [kind, event.occurrences])).toEqual([
      ['anomaly_detected', 2],
    ])
    const [change] = record(anomaly(), anomaly())
    record(anomaly())
    expect([change!.kind, change!.event.occurrences, change!.event.peak_value]).toEqual(['event_updated', 4, 300])
    expect(record()).toEqual([])
  })

  it('escalates once, with all that it accumulated', () => {
    record(anomaly())
    record(anomaly(900, 0.99), anomaly(150, 0.7))
    record(anomaly(950, 0.99))
    const [event] = eventsOf(temporary.store)
    expect(event).toMatchObject({ severity: 'CRITICAL', occurrences: 4, peak_value: 950 })
    expect(temporary.store.events.timeline(event!.id).map(({ kind }) => kind)).toEqual(['raised', 'escalated'])
  })
})

describe('an action on an event between two calls', () => {
  const end = (status: 'RESOLVED' | 'FALSE_POSITIVE' | 'ACKNOWLEDGED', id = 1) =>
    temporary.store.transaction(() => temporary.store.events.update(id, { status }))

  it.each([
    ['ACKNOWLEDGED', [['ACKNOWLEDGED', 3]]],
    ['FALSE_POSITIVE', [['FALSE_POSITIVE', 2]]],
    [
      'RESOLVED',
      [
        ['RESOLVED', 2],
        ['OPEN', 1],
      ],
    ],
  ] as const)('is heeded: %s', (status, expected) => {
    record(anomaly())
    record(anomaly())
    end(status)
    record(anomaly())
    expect(statusesOf()).toEqual(expected)
  })

  it('is heeded also when a call without anomalies came between', () => {
    record(anomaly())
    end('RESOLVED')
    record()
    record(anomaly())
    expect(statusesOf()).toEqual([
      ['RESOLVED', 1],
      ['OPEN', 1],
    ])
  })

  it('is heeded also when the event was over before', () => {
    record(anomaly())
    end('FALSE_POSITIVE')
    record(anomaly())
    end('RESOLVED')
    record(anomaly())
    expect(statusesOf()).toEqual([
      ['RESOLVED', 1],
      ['OPEN', 1],
    ])
  })

  it('is dropped with its transaction', () => {
    record(anomaly())
    const { store } = temporary
    const fail = () => {
      store.events.update(1, { status: 'RESOLVED' })
      throw new Error('no')
    }
    expect(() => store.transaction(fail)).toThrow('no')
    record(anomaly())
    expect(statusesOf()).toEqual([['OPEN', 2]])
  })
})

describe('after a failed write', () => {
  const fail = (...anomalies: Anomaly[]) => {
    const failing = () => {
      for (const each of anomalies) recorder.apply(each)
      recorder.flush()
      throw new Error('disk full')
    }
    expect(() => temporary.store.transaction(failing)).toThrow('disk full')
    recorder.reset()
  }

  it('nothing is counted twice and nothing is lost', () => {
    const first = anomaly()
    fail(first)
    expect(record(first).map(({ kind }) => kind)).toEqual(['anomaly_detected'])
    const second = anomaly(400, 0.99)
    fail(second)
    expect(record(second)).toMatchObject([{ kind: 'event_updated', event: { occurrences: 2, severity: 'CRITICAL' } }])
    expect(statusesOf()).toEqual([['OPEN', 2]])
  })
})

describe('what is recorded in one step', () => {
  const drill = (): Anomaly => {
    const { sample, ...rest } = anomaly()
    return { ...rest, sample: { ...sample, drill: true } }
  }
  const recordAlone = (...anomalies: Anomaly[]) => temporary.store.transaction(() => recorder.record(anomalies))

  it('is an event of its own if it is a drill, whatever came of the last one', () => {
    expect(recordAlone(drill()).map(({ kind }) => kind)).toEqual(['anomaly_detected'])
    expect(recordAlone(drill()).map(({ kind }) => kind)).toEqual(['anomaly_detected'])
    expect(statusesOf()).toEqual([
      ['OPEN', 1],
      ['OPEN', 1],
    ])
  })

  it('is forgotten if somebody else fails in the same transaction', () => {
    const first = anomaly()
    const fail = () => {
      recorder.record([first])
      throw new Error('no')
    }
    expect(() => temporary.store.transaction(fail)).toThrow('no')
    expect(recordAlone(first).map(({ kind }) => kind)).toEqual(['anomaly_detected'])
    expect(statusesOf()).toEqual([['OPEN', 1]])
  })

  it('is forgotten if a part of it fails', () => {
    const first = anomaly()
    const broken = { ...anomaly(), rule: { ...rule, id: 99, name: null } } as unknown as Anomaly
    expect(() => recordAlone(first, broken)).toThrow('NOT NULL')
    expect(record()).toEqual([])
    expect(recordAlone(first).map(({ kind }) => kind)).toEqual(['anomaly_detected'])
    expect(statusesOf()).toEqual([['OPEN', 1]])
  })
})

it('a rule that was deleted in between does not stop the others', () => {
  const other = makeRule(temporary.store, { name: 'other' })
  record(anomaly())
  temporary.store.rules.remove(rule.id)
  const orphan = anomaly()
  record(orphan, { ...orphan, rule: other })
  expect(
    eventsOf(temporary.store).map(({ rule_name, rule_id, occurrences }) => [rule_name, rule_id, occurrences]),
  ).toEqual([
    ['high', null, 2],
    ['other', other.id, 1],
  ])
})
