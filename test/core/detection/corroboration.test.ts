// What is merely unusual on one series of many waits for company or for time.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createCorroboration, type Corroboration } from '../../../electron/core/detection/corroboration.ts'
import { scoreOf } from '../../../electron/core/detectors/detector.ts'
import type { Anomaly } from '../../../electron/core/events/transition.ts'
import type { StoredRule } from '../../../electron/core/store/types/rules.ts'
import { temporaryStore, type TemporaryStore } from '../store/temporary-store.ts'
import { makeRule, NOON, sample } from './test-pipeline.ts'

const MINUTE = 60_000

let temporary: TemporaryStore
let rule: StoredRule
let corroboration: Corroboration
beforeEach(async () => {
  temporary = temporaryStore()
  const { store } = temporary
  rule = makeRule(store, { name: 'unusual', method: 'ADAPTIVE', params: { corroborate: true } })
  const machine = Array.from({ length: 27 }, (_, index) => sample({ source: 'db', metricType: `M${index}` }))
  await store.commit(() => store.samples.append([...machine, sample({ source: 'lonely' })]))
  corroboration = createCorroboration({ store })
})
afterEach(() => temporary.remove())

interface Deviation {
  series?: number
  source?: string
  minute?: number
  lasting?: number
  ratio?: number
  count?: number
}
function isAlone(
  { series = 1, source = 'db', minute = 0, lasting = 0, ratio = 1.8, count = 2 }: Deviation,
  of = rule,
): boolean {
  const time = NOON + minute * MINUTE
  const score = scoreOf(ratio)
  const anomaly: Anomaly = {
    kind: 'anomaly',
    rule: of,
    sample: { ...sample({ source, time }), id: 1, seriesId: series, late: false },
    verdict: { score, figure: ratio, lower: null, upper: null, samples: 1, reason: '' },
    run: { firstId: 1, since: time, lasting, count, troubleFrom: 1, side: 'above', severity: score },
    flapping: false,
  }
  return (corroboration.check(anomaly) as Anomaly).alone ?? false
}

test('a small deviation waits on a machine with many series, and not on one with a single series', () => {
  expect(isAlone({})).toBe(true)
  expect(isAlone({ source: 'lonely' })).toBe(false)
})

test('another series of the source within five minutes is company, the same one is not', () => {
  isAlone({ series: 1 })
  expect(isAlone({ series: 1, minute: 1 })).toBe(true)
  expect(isAlone({ series: 2, minute: 6 })).toBe(false)
  expect(isAlone({ series: 3, minute: 12 })).toBe(true)
})

test('among 27 series, both must be 1.7 times as far from normal as the alarm line', () => {
  isAlone({ series: 1, ratio: 1.7 })
  expect(isAlone({ series: 2, ratio: 2 })).toBe(true)
  expect(isAlone({ series: 3, ratio: 1.7 })).toBe(true)
  expect(isAlone({ series: 3, ratio: 1.8 })).toBe(false)
})

test('what lasts half an hour, or is three times as far on one of 27 series, does not wait', () => {
  expect(isAlone({ lasting: 29 * MINUTE })).toBe(true)
  expect(isAlone({ lasting: 30 * MINUTE })).toBe(false)
  expect(isAlone({ ratio: 2.9 })).toBe(true)
  expect(isAlone({ ratio: 3.1 })).toBe(false)
})

test('one sample waits, however far off it is, but for a source with a single series', () => {
  expect(isAlone({ ratio: 9, count: 1 })).toBe(true)
  expect(isAlone({ ratio: 1.1, count: 1, source: 'lonely' })).toBe(false)
})

test('rules that do not ask for it fire at once', () => {
  expect(isAlone({}, { ...rule, params: {} })).toBe(false)
})

test('the company of before a restart counts', () => {
  isAlone({ series: 1 })
  corroboration.save()
  corroboration = createCorroboration({ store: temporary.store })
  expect(isAlone({ series: 2, minute: 1 })).toBe(false)
  corroboration.reset()
  expect(isAlone({ series: 3, minute: 5 })).toBe(false)
})
