import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RuleStore } from '../../../../electron/core/store/types/rules.ts'
import { appendTo, iso, newRule, T0 } from '../examples.ts'
import { temporaryStore, type TemporaryStore } from '../temporary-store.ts'

let temporary: TemporaryStore
let rules: RuleStore
beforeEach(() => {
  temporary = temporaryStore()
  rules = temporary.store.rules
})
afterEach(() => temporary.remove())

const whole = newRule({
  name: 'Disk „voll“',
  description: 'fills up',
  source: 'db-*',
  metric_type: 'DISK?',
  method: 'THRESHOLD',
  z_threshold: 2.5,
  iqr_factor: 0.1,
  threshold: 0.1 + 0.2,
  operator: 'outside',
  min_samples: 1000,
  resolve_samples: 4,
  severity: 'CRITICAL',
  is_active: false,
  for_seconds: 60,
  cooldown_seconds: 3600,
  params: { lower: -1.5, upper: 90, mode: 'x', strict: true },
})

test('a rule is read back completely after a restart', () => {
  const stored = rules.insert(whole, T0)
  expect(stored).toEqual({ ...whole, id: 1, revision: 1, created_at: iso(T0), updated_at: iso(T0) })
  rules = temporary.reopen().rules
  expect(rules.get(1)).toEqual(stored)
  expect(rules.all()).toEqual([stored])
})

test('what was left out is null', () => {
  expect(rules.insert(newRule(), T0)).toMatchObject({ description: null, threshold: null, severity: null, params: {} })
})

test('all gives the order of making; get and byName find one, by the exact name', () => {
  rules.insert(newRule({ name: 'b' }), T0)
  rules.insert(newRule({ name: 'a' }), T0)
  expect(rules.all().map(({ name }) => name)).toEqual(['b', 'a'])
  expect(rules.byName('a')).toMatchObject({ id: 2 })
  expect(rules.byName('A')).toBeUndefined()
  expect(rules.get(3)).toBeUndefined()
})

test('update changes what is given, clears what is null, and raises the revision if a detection setting is among it', () => {
  const stored = rules.insert(whole, T0)
  expect(rules.update(1, { threshold: 7, severity: null, is_active: true, params: { upper: 1 } }, T0 + 5)).toEqual({
    ...stored,
    threshold: 7,
    severity: null,
    is_active: true,
    params: { upper: 1 },
    revision: 2,
    updated_at: iso(T0 + 5),
  })
  const described = { name: 'b', description: 'x', severity: 'INFO', is_active: false, source: 'a*' } as const
  const timed = { for_seconds: 9, cooldown_seconds: 9, resolve_seconds: 9, resolve_samples: 9, recovery_score: 0.2 }
  expect(rules.update(1, { ...described, ...timed }, T0 + 6)).toMatchObject({ revision: 2, updated_at: iso(T0 + 6) })
  const detection = { threshold: null, operator: 'below', method: 'IQR', z_threshold: 2, iqr_factor: 2, min_samples: 5 }
  for (const [index, field] of Object.entries({ ...detection, params: {} }).entries())
    expect(rules.update(1, Object.fromEntries([field]), T0 + 7).revision).toBe(3 + index)
  expect(temporary.reopen().rules.get(1)).toMatchObject({ revision: 9, threshold: null, name: 'b' })
})

test('a taken name is 409, an unknown id 404, and neither changes anything', () => {
  rules.insert(newRule({ name: 'a' }), T0)
  rules.insert(newRule({ name: 'b' }), T0)
  const before = rules.all()
  expect(() => rules.insert(newRule({ name: 'a' }), T0)).toThrow(expect.objectContaining({ code: 'CONFLICT' }))
  expect(() => rules.update(2, { name: 'a' }, T0)).toThrow(expect.objectContaining({ code: 'CONFLICT' }))
  expect(() => rules.update(3, { name: 'c' }, T0)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  expect(() => rules.remove(3)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  expect(rules.all()).toEqual(before)
})

test('a removed rule takes its saved states along, and its id is never given again', () => {
  const { store } = temporary
  const { id } = rules.insert(newRule({ name: 'gone' }), T0)
  const other = rules.insert(newRule({ name: 'kept' }), T0)
  const { seriesId } = appendTo(store, {})[0]!
  store.states.save(
    [id, other.id].map((ruleId) => ({ ruleId, seriesId, revision: 1, lastSampleId: 1, state: { n: 1 } })),
  )
  rules.remove(id)
  rules.remove(other.id)
  expect(store.states.load(id, seriesId)).toBeUndefined()
  expect(temporary.reopen().rules.insert(newRule({ name: 'gone' }), T0)).toMatchObject({ id: 3, revision: 1 })
})
