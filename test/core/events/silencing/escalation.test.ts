// A silenced event that gets worse, and the events that are raised silently.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createChangeFeed } from '../../../../electron/core/platform/change-feed.ts'
import type { Anomaly } from '../../../../electron/core/events/transition.ts'
import { createRecorder, type Recorder } from '../../../../electron/core/events/recorder.ts'
import { createSilenceService, type SilenceService } from '../../../../electron/core/events/silencing/service.ts'
import type { Severity } from '../../../../shared/schemas/event.ts'
import { makeRule, NOON, sample } from '../../detection/test-pipeline.ts'
import { append, iso } from '../../store/examples.ts'
import { temporaryStore, type TemporaryStore } from '../../store/temporary-store.ts'

let temporary: TemporaryStore
let quiet: SilenceService
let recorder: Recorder
beforeEach(() => {
  temporary = temporaryStore()
  const { store } = temporary
  quiet = createSilenceService({ store, feed: createChangeFeed(), clock: { now: () => NOON }, user: 'ada' })
  recorder = createRecorder({ ...store, now: () => iso(NOON), activeSilence: quiet.activeSilence })
  makeRule(store, {})
})
afterEach(() => temporary.remove())

let firstId = 0
beforeEach(() => (firstId = 0))

/** One more anomaly of one run; 0.5 is INFO, 0.7 WARNING, 0.99 CRITICAL. */
function record(score: number) {
  const { store } = temporary
  return store.transaction(() => {
    const [stored] = append(store, [sample({ value: 150 })])
    firstId ||= stored!.id
    const verdict = { score, figure: 1, lower: null, upper: 100, samples: null, reason: 'High.' }
    const span = { firstId, since: NOON, lasting: 0, count: 1, troubleFrom: firstId }
    const run = { ...span, side: 'above', severity: score } as const
    const anomaly: Anomaly = {
      kind: 'anomaly',
      rule: store.rules.get(1)!,
      sample: stored!,
      verdict,
      run,
      flapping: false,
    }
    recorder.apply(anomaly)
    return recorder.flush()
  })
}

const silence = async (severity: Severity | null) => {
  const at = { from: iso(NOON), to: iso(NOON + 3_600_000), created_at: iso(NOON), created_by: 'ada' }
  temporary.store.silences.insert({ source: '*', metric_type: '*', rule_id: null, severity, comment: 'Deploy', ...at })
  await quiet.changed('ada')
}

const event = () => temporary.store.events.get(1)!
const kinds = () => temporary.store.events.timeline(1).map(({ kind }) => kind)

it('a silence holds when an event gets worse', async () => {
  await silence(null)
  record(0.7)
  const [change] = record(0.99)
  expect(change!.event).toMatchObject({ severity: 'CRITICAL', silenced_by: 'silence' })
  expect(event()).toMatchObject({ severity: 'CRITICAL', silenced_by: 'silence' })
  expect(kinds()).toEqual(['raised', 'silenced', 'escalated'])
})

it('a silence of one severity does not hold an event that got worse than that', async () => {
  await silence('WARNING')
  record(0.7)
  const [change] = record(0.99)
  expect(change!.event).toMatchObject({ severity: 'CRITICAL', silenced_by: null, silenced_until: null })
  expect(event().silenced_by).toBeNull()
  expect(kinds()).toEqual(['raised', 'silenced', 'escalated', 'unsilenced'])
  record(0.99)
  expect(kinds()).toHaveLength(4)
})

it('a snooze ends when the event gets worse, and not before', async () => {
  record(0.7)
  await quiet.snooze(1, NOON + 3_600_000, undefined)
  record(0.7)
  expect(event().silenced_by).toBe('snooze')
  const [change] = record(0.99)
  expect(change!.event).toMatchObject({ severity: 'CRITICAL', silenced_by: null })
  expect(event().silenced_by).toBeNull()
  expect(kinds()).toEqual(['raised', 'silenced', 'escalated', 'unsilenced'])
})

it('a snoozed event that gets worse stays silenced if a silence is active', async () => {
  record(0.7)
  await quiet.snooze(1, NOON + 60_000, undefined)
  await silence('CRITICAL')
  record(0.99)
  expect(event()).toMatchObject({ silenced_by: 'silence', silence_id: 1 })
})
