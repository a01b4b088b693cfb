// Transitions of the alert state that depend on time.
import { expect, test } from 'vitest'
import { HOUR, MINUTE } from '../../../shared/domain/time.ts'
import { AlertState, type SavedAlertState } from '../../../electron/core/detection/alert-state.ts'

const NOON = Date.UTC(2026, 0, 5, 12)

const newState = (saved?: SavedAlertState) => new AlertState({ resolve_seconds: 300, recovery_score: 0.4 }, 3, saved)

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

test('where all steps have become long, they count', () => {
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
  expect(state.run).toEqual({ firstId: 50, since: last + MINUTE, lasting: 0, count: 1, troubleFrom: 50, side: 'below' })
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

test('a run that was saved without a side goes on', () => {
  const state = newState()
  const last = run(state, NOON, [...normalScores, 0.9])
  const { streak, ...saved } = state.snapshot()
  const { side: _, ...withoutSide } = streak!
  const older = newState({ ...saved, streak: withoutSide } as SavedAlertState)
  older.update({ id: 99, time: last + MINUTE }, 0.9, 'above')
  expect(older.run).toMatchObject({ since: last, count: 2, side: 'above' })
})
