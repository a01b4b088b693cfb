// Transitions of the alert state that depend on time.
import { expect, test } from 'vitest'
import { HOUR, MINUTE } from '../../../shared/domain/time.ts'
import { AlertState, type SavedAlertState } from '../../../electron/core/detection/alert-state.ts'
import { severityOf } from '../../../shared/domain/severity.ts'

const NOON = Date.UTC(2026, 0, 5, 12)

const POLICY = { resolveSamples: 3, evidence: 'limit' } as const

const newState = (saved?: SavedAlertState) =>
  new AlertState({ resolve_seconds: 300, recovery_score: 0.4 }, POLICY, saved)

/** One evaluation a minute; gives the time of the last. */
function run(state: AlertState, from: number, scores: readonly number[]): number {
  for (const [index, score] of scores.entries())
    state.update({ id: index + 1, time: from + index * MINUTE }, score, 'above')
  return from + (scores.length - 1) * MINUTE
}

const normalScores = Array<number>(20).fill(0)

test('a run of anomalies lasts from the first to the newest', () => {
  const state = newState()
  run(state, NOON, [...normalScores, 0.9, 0.45, 0.9])
  expect(state.run).toMatchObject({ since: NOON + 20 * MINUTE, lasting: 2 * MINUTE, count: 2 })
})

test('a night without samples is no part of a run, nor of recovery', () => {
  const anomalous = newState()
  const evening = run(anomalous, NOON, [...normalScores, 0.9])
  anomalous.update({ id: 99, time: evening + 12 * HOUR }, 0.9, 'above')
  expect(anomalous.run!.lasting).toBeLessThanOrEqual(2 * MINUTE)

  const recovering = newState()
  const last = run(recovering, NOON, [...normalScores, 0.9, 0, 0])
  expect(recovering.update({ id: 99, time: last + 12 * HOUR }, 0, 'above')).toBeNull()
  const minutes = Array.from({ length: 5 }, (_, index) => last + 12 * HOUR + (index + 1) * MINUTE)
  expect(minutes.map((time) => recovering.update({ id: 100, time }, 0, 'above'))).toContain('recovers')
})

test('if all intervals have become long, they count', () => {
  const state = newState()
  const last = run(state, NOON, normalScores)
  for (let hour = 1; hour <= 100; hour++) state.update({ id: 100 + hour, time: last + hour * HOUR }, 0, 'above')
  for (let hour = 101; hour <= 103; hour++) state.update({ id: 100 + hour, time: last + hour * HOUR }, 0.9, 'above')
  expect(state.run!.lasting).toBe(2 * HOUR)
})

test('goes on from what was saved', () => {
  let state = newState()
  const twin = newState()
  const scores = Array.from({ length: 300 }, (_, index) => (index % 7 < 2 && index % 100 > 40 ? 0.8 : 0.1))
  for (const [index, score] of scores.entries()) {
    const sample = { id: index, time: NOON + index * MINUTE + (index > 150 ? HOUR : 0) }
    if (index % 13 === 0) state = newState(structuredClone(state.snapshot()))
    expect(state.update(sample, score, 'above')).toBe(twin.update(sample, score, 'above'))
    expect(state.snapshot()).toEqual(twin.snapshot())
  }
})

test('a run has a side, and crossing over begins another', () => {
  const state = newState()
  const last = run(state, NOON, [...normalScores, 0.9, 0.9])
  state.update({ id: 50, time: last + MINUTE }, 0.9, 'below')
  const span = { firstId: 50, since: last + MINUTE, lasting: 0, count: 1, troubleFrom: 50 }
  expect(state.run).toEqual({ ...span, side: 'below', severity: 0.9 })
})

test('a swing back that is hardly beyond normal is no crossing', () => {
  const state = newState()
  const last = run(state, NOON, [...normalScores, 0.9])
  state.update({ id: 50, time: last + MINUTE }, 0.6, 'below')
  expect(state.run).toMatchObject({ side: 'above', count: 2 })
})

test('what crosses over again and again keeps the side that it began with, and flaps', () => {
  const state = newState()
  let time = run(state, NOON, normalScores)
  const sides = ['above', 'below', 'above', 'below', 'above', 'below'] as const
  const kept = sides.map((side, index) => {
    state.update({ id: 100 + index, time: (time += MINUTE) }, 0.9, side)
    return state.run!.side
  })
  expect(kept).toEqual(['above', 'below', 'above', 'above', 'above', 'above'])
  expect(state.isFlapping()).toBe(true)
})

/** When a rule of five minutes fires, in minutes after the first anomaly; undefined if never. */
function firesAfter(state: AlertState, times: readonly number[], from: number): number | undefined {
  for (const [index, time] of times.entries()) {
    state.update({ id: index + 1, time }, time < from ? 0 : 0.9, 'above')
    if (state.run && state.run.lasting >= 5 * MINUTE) return (time - from) / MINUTE
  }
  return undefined
}
const everyMinute = (count: number) => Array.from({ length: count }, (_, index) => NOON + index * MINUTE)

test.each([
  ['two samples of one time', (time: number) => [time, time]],
  ['thirty samples of one time', (time: number) => Array<number>(30).fill(time)],
  ['pairs 50 ms apart', (time: number) => [time, time + 50]],
])('%s a minute: a rule of five minutes fires after five', (_, sent) => {
  const times = everyMinute(60).flatMap(sent)
  expect(firesAfter(newState(), times, NOON + 40 * MINUTE)).toBe(5)
})

test('a first pair 50 ms apart does not delay a rule', () => {
  const times = [NOON - 50, ...everyMinute(60)]
  for (const minutes of [1, 3, 20]) expect(firesAfter(newState(), times, NOON + minutes * MINUTE)).toBe(5)
})

test('an agent set from 1 s to 60 s does not delay a rule', () => {
  const seconds = Array.from({ length: 600 }, (_, index) => NOON - (600 - index) * 1000)
  for (const minutes of [0, 2, 10]) {
    const late = firesAfter(newState(), [...seconds, ...everyMinute(60)], NOON + minutes * MINUTE)
    expect(late).toBeLessThanOrEqual(6)
  }
})

test('samples of one time resolve an event, too', () => {
  const state = newState()
  const times = everyMinute(20).flatMap((time) => [time, time])
  const kinds = times.map((time, index) => state.update({ id: index + 1, time }, index < 10 ? 0.9 : 0, 'above'))
  expect(kinds.indexOf('recovers')).toBe(20)
})

const severityAfter = (evidence: 'limit' | 'deviation' | 'unusual', scores: readonly number[]) => {
  const state = new AlertState({ resolve_seconds: 300, recovery_score: 0.4 }, { resolveSamples: 3, evidence })
  run(state, NOON, [...normalScores, ...scores])
  return severityOf(state.run!.severity)
}
const times = (count: number, score: number) => Array<number>(count).fill(score)

test('a limit is CRITICAL by one sample, a deviation by three', () => {
  expect(severityAfter('limit', [0.95])).toBe('CRITICAL')
  expect(severityAfter('deviation', [0.95])).toBe('WARNING')
  expect(severityAfter('deviation', [0.95, 0.99, 0.92])).toBe('CRITICAL')
})

test('what is merely unusual is a WARNING after ten minutes, and CRITICAL if it stays so far for half an hour', () => {
  expect(severityAfter('unusual', [0.95])).toBe('INFO')
  expect(severityAfter('unusual', times(10, 0.7))).toBe('INFO')
  expect(severityAfter('unusual', times(11, 0.7))).toBe('WARNING')
  expect(severityAfter('unusual', times(30, 0.95))).toBe('WARNING')
  expect(severityAfter('unusual', times(31, 0.95))).toBe('CRITICAL')
  expect(severityAfter('unusual', times(300, 0.85))).toBe('WARNING')
})

test('what is merely unusual is not CRITICAL in the first week of its series', () => {
  const state = new AlertState(
    { resolve_seconds: 300, recovery_score: 0.4 },
    { resolveSamples: 3, evidence: 'unusual' },
  )
  for (let index = 0; index < 60; index++)
    state.update({ id: index + 1, time: NOON + index * MINUTE }, 0.95, 'above', true)
  expect(severityOf(state.run!.severity)).toBe('WARNING')
})
