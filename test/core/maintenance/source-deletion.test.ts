// Forgetting a source while its samples are evaluated.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { eventsOf, makeRule, sample, samplesOf, startPipeline } from '../detection/test-pipeline.ts'
import { temporaryStore, type TemporaryStore } from '../store/temporary-store.ts'

let temporary: TemporaryStore
beforeEach(() => void (temporary = temporaryStore()))
afterEach(() => temporary.remove())

it('leaves no event open, whichever of its samples were evaluated and recorded by then', async () => {
  const { store } = temporary
  for (const name of ['one', 'two']) makeRule(store, { name })
  const { engine, sourceDeletion, failures, published } = startPipeline(store)
  const flagged = (source: string) =>
    Array.from({ length: 300 }, (_, at) => sample({ source, metricType: `m${at}`, value: 500 }))
  await store.commit(() => store.samples.append([...flagged('bad'), ...flagged('web-1')]))
  // Events are written some at a time: of these, some are and some are not.
  while (published.length === 0) await nextTurn()
  expect(published.length).toBeLessThan(600)
  await sourceDeletion.delete('bad')
  while (sourceDeletion.step());
  await engine.idle()
  expect(failures).toEqual([])
  expect(store.sources.get('bad')).toBeUndefined()
  const events = eventsOf(store)
  expect(store.events.live()).toBe(600)
  expect(events.filter(({ source, status }) => source === 'bad' && status !== 'RESOLVED')).toEqual([])
  const ended = published.filter(({ kind, event }) => kind === 'event_updated' && event.status === 'RESOLVED')
  expect(ended.length).toBeGreaterThan(0)
  expect(new Set(ended.map(({ event }) => event.source))).toEqual(new Set(['bad']))
})

it('saves nothing of what was learned from it', async () => {
  const { store } = temporary
  const rule = makeRule(store, { method: 'ZSCORE' })
  const { engine, sourceDeletion } = startPipeline(store)
  const values = [...Array.from({ length: 50 }, (_, at) => 50 + (at % 3)), 500]
  await store.commit(() => store.samples.append(samplesOf(values, { source: 'bad' })))
  await engine.idle()
  const [event] = eventsOf(store)
  expect(store.states.load(rule.id, event!.series_id)).toBeDefined()
  await sourceDeletion.delete('bad')
  while (sourceDeletion.step());
  await engine.saveStates(1)
  await engine.close()
  // The series is there for its event.
  expect(store.series.ofSource('bad')).toMatchObject([{ id: event!.series_id }])
  expect(store.states.load(rule.id, event!.series_id)).toBeUndefined()
})
