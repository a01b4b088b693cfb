// The events of a live run equal those of an offline replay of the same samples, however the live run was batched,
// stopped, killed and started again.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NewSample } from '../../../electron/core/store/types/samples.ts'
import type { Store } from '../../../electron/core/store/types/store.ts'
import type { StoredEvent } from '../../../electron/core/store/types/events.ts'
import { randomFrom } from '../../support/random.ts'
import { temporaryStore } from '../store/temporary-store.ts'
import { eventsOf, makeRule, NOON, sample, startPipeline } from './test-pipeline.ts'

const RULES = [
  { name: 'limit', threshold: 90 },
  { name: 'z', method: 'ZSCORE', min_samples: 20, params: { window: 60 } },
  { name: 'quartiles', method: 'IQR', iqr_factor: 3, params: { window: 40 }, for_seconds: 10 },
]

/** Three series with noise, spikes, a step, samples that come late and some that share a time. */
function history(seed: number, length: number): NewSample[] {
  const random = randomFrom(seed)
  const level = (index: number) => (index > length * 0.7 ? 70 : 40)
  const spike = () => (random() < 0.03 ? 40 + random() * 40 : 0)
  const jitter = () => (random() < 0.05 ? -30_000 : random() < 0.1 ? -1000 : 0)
  return Array.from({ length }, (_, index) =>
    sample({
      source: `web-${index % 3}`,
      value: level(index) + random() * 6 + spike(),
      time: NOON + index * 1000 + jitter(),
    }),
  )
}

const essence = (events: StoredEvent[]) =>
  events
    .map(({ id: _id, incident_id: _incident, ...event }) => event)
    .toSorted((a, b) => a.last_sample_id - b.last_sample_id || a.rule_name.localeCompare(b.rule_name))

async function offline(samples: NewSample[]): Promise<StoredEvent[]> {
  const temporary = temporaryStore()
  const { store } = temporary
  for (const rule of RULES) makeRule(store, rule)
  await store.commit(() => store.samples.append(samples))
  const { engine, failures } = startPipeline(store)
  await engine.idle()
  expect(failures).toEqual([])
  const events = eventsOf(store)
  temporary.remove()
  return events
}

type Step =
  | { kind: 'post' | 'post before a restart'; count: number }
  | { kind: 'save' | 'stop' | 'stop at once' | 'kill' }
  | { kind: 'acknowledge' | 'resolve' | 'markFalsePositive'; which: number }
  | { kind: 'delete rule' }

const posts = {
  weight: 6,
  arbitrary: fc.record({ kind: fc.constant('post' as const), count: fc.integer({ min: 1, max: 120 }) }),
}
const postsBeforeRestart = {
  weight: 1,
  arbitrary: fc.record({ kind: fc.constant('post before a restart' as const), count: fc.integer({ min: 1, max: 60 }) }),
}
const interruptions = {
  weight: 2,
  arbitrary: fc.record({
    kind: fc.constantFrom('save' as const, 'stop' as const, 'stop at once' as const, 'kill' as const),
  }),
}
const clicks = {
  weight: 3,
  arbitrary: fc.record({
    kind: fc.constantFrom('acknowledge' as const, 'resolve' as const, 'markFalsePositive' as const),
    which: fc.nat(),
  }),
}
const deletion = { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete rule' as const) }) }

const LENGTH = { minLength: 8, maxLength: 25 }
const steps: fc.Arbitrary<Step[]> = fc.array(fc.oneof(posts, postsBeforeRestart, interruptions), LENGTH)
const stepsWithClicks: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(posts, postsBeforeRestart, interruptions, clicks, deletion),
  LENGTH,
)

const POSTED_AT_ONCE = 700

/** The same posts and clicks with nothing in between. */
const undisturbed = (sequence: Step[]): Step[] =>
  sequence.flatMap((step): Step[] => {
    if (step.kind === 'post before a restart') return [{ kind: 'post', count: step.count }]
    if (step.kind === 'stop at once') return [{ kind: 'post', count: POSTED_AT_ONCE }]
    return ['save', 'stop', 'kill'].includes(step.kind) ? [] : [step]
  })

const append = (store: Store, samples: NewSample[]) => store.commit(() => store.samples.append(samples))

/** Plays the samples to the end, with everything that the steps do to the program in between. */
async function live(samples: NewSample[], sequence: Step[]): Promise<StoredEvent[]> {
  const temporary = temporaryStore()
  for (const rule of RULES) makeRule(temporary.store, rule)
  let pipeline = startPipeline(temporary.store)
  let next = 0
  const take = (count: number) => samples.slice(next, (next += count))
  for (const step of [...sequence, { kind: 'post' as const, count: samples.length }]) {
    if (step.kind === 'post') {
      await append(temporary.store, take(step.count))
      await pipeline.engine.idle()
    } else if ('which' in step) {
      await pipeline.engine.idle()
      const events = eventsOf(temporary.store)
      // Some of these are refused, as they are for a person who comes too late.
      if (events.length > 0)
        await pipeline.actions[step.kind](events[step.which % events.length]!.id, undefined).catch(() => {})
    } else if (step.kind === 'delete rule') {
      await pipeline.engine.idle()
      const [rule] = temporary.store.rules.all()
      if (rule) await pipeline.rules.deleteRule({ params: { rule_id: rule.id } })
    } else if (step.kind === 'save') await pipeline.engine.saveStates(0.4)
    else if (step.kind === 'stop at once') {
      await append(temporary.store, take(POSTED_AT_ONCE))
      await pipeline.engine.close()
      pipeline = startPipeline(temporary.reopen())
    } else if (step.kind === 'stop') {
      await pipeline.engine.close()
      pipeline = startPipeline(temporary.reopen())
    } else {
      // A kill keeps what was committed and loses the rest: saved states lag behind, and with samples posted just
      // before, some are stored but not evaluated.
      await pipeline.engine.idle()
      temporary.reopen()
      if (step.kind === 'post before a restart') await append(temporary.store, take(step.count))
      pipeline = startPipeline(temporary.store)
    }
  }
  await pipeline.engine.idle()
  expect(pipeline.failures).toEqual([])
  const events = eventsOf(temporary.store)
  temporary.remove()
  return events
}

describe('replay', () => {
  it('gives the same events as any live run of the same samples', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), steps, async (seed, sequence) => {
        const samples = history(seed, 1500)
        const expected = await offline(samples)
        expect(expected.length).toBeGreaterThan(3)
        expect(essence(await live(samples, sequence))).toEqual(essence(expected))
      }),
      { numRuns: 20, endOnFailure: true },
    )
  })

  it('gives the same events also if people and rules intervene', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), stepsWithClicks, async (seed, sequence) => {
        const samples = history(seed, 1500)
        expect(essence(await live(samples, sequence))).toEqual(essence(await live(samples, undisturbed(sequence))))
      }),
      { numRuns: 20, endOnFailure: true },
    )
  })
})
