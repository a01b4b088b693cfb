// What must hold after all the kills: for samples, events, and the changes on the stream.
import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import type { Event } from '../../../shared/schemas/event.ts'
import type { SampleOut } from '../../../shared/schemas/sample.ts'
import type { StoredEvent } from '../../../electron/core/store/types/events.ts'
import { makeRule, startPipeline } from '../../core/detection/test-pipeline.ts'
import { temporaryStore } from '../../core/store/temporary-store.ts'
import type { RunningHost } from '../../support/host-process.ts'
import { checkDeletedSources } from './deleted-sources.ts'
import { RULES, type Ledger, type Post } from './load.ts'

export interface CheckResult {
  samples: number
  events: number
  changes: number
  /** Of the sources that were to be deleted, and how many kills came before that was committed. */
  deletedSources: { gone: number; whole: number }
}

/** Throws an AssertionError if something is lost or duplicated. The host is the running one. */
export async function check(
  host: RunningHost,
  { posts, deletedSources, received, receivedIds, resets }: Ledger,
): Promise<CheckResult> {
  assert.ok(posts.every(({ acknowledged }) => acknowledged))
  await until(async () => (await host.client.getHealth()).samples_waiting === 0)
  const long = await checkSamples(host, posts)
  const events = await allEvents(host)
  const there = await checkDeletedSources(host, deletedSources, events)
  checkSpikes(events, posts)
  await checkReplay(events, long)
  const recent = posts.flatMap(({ samples }) => samples).filter(({ source }) => !source.startsWith('old-'))
  const kept = there.reduce((sum, { posted }) => sum + posted, 0)
  await checkCounts(host, { metric_snapshots: recent.length + kept, total_events: events.length })
  assert.equal(resets, 0)
  await until(
    async () => received.length > 0 && lastReceived(received).size >= events.length && isUpToDate(received, events),
  )
  checkReceived(received, receivedIds, events)
  return {
    samples: posts.flatMap(({ samples }) => samples).length,
    events: events.length,
    changes: received.length,
    deletedSources: { gone: deletedSources.length - there.length, whole: there.length },
  }
}

/** Those of a post are there, once, in their order and as they were; gives those of the long series. */
async function checkSamples({ client }: RunningHost, posts: Post[]): Promise<SampleOut[]> {
  const stored = new Map<string, number[]>()
  const long: SampleOut[] = []
  const sources = new Set(posts.flatMap(({ samples }) => samples.map(({ source }) => source)))
  for (const source of sources) {
    if (source.startsWith('old-')) continue
    const samples = await allSamples(client, source)
    if (source.startsWith('long-')) long.push(...samples)
    for (const { metric_type, value } of samples) valuesOf(stored, `${source} ${metric_type}`).push(value)
  }
  const expected = new Map<string, number[]>()
  for (const { samples } of posts)
    for (const { source, metric_type, value } of samples)
      if (!source.startsWith('old-')) valuesOf(expected, `${source} ${metric_type}`).push(value)
  assert.deepEqual(stored, expected)
  for (const { samples } of posts) if (samples[0]!.source.startsWith('old-')) await checkSums(client, samples)
  return long.toSorted((one, other) => one.id - other.id)
}

function valuesOf(values: Map<string, number[]>, series: string): number[] {
  const known = values.get(series) ?? []
  values.set(series, known)
  return known
}

/** In the order in which they were stored. */
async function allSamples(client: RunningHost['client'], source: string): Promise<SampleOut[]> {
  const params = { source }
  const found: SampleOut[] = []
  const query = { hours: 48, limit: 1000 }
  let page = await client.getMetrics({ params, query })
  for (;;) {
    found.push(...page)
    if (page.length < query.limit) break
    const until = new Date(Date.parse(page.at(-1)!.recorded_at) - 1).toISOString()
    page = await client.getMetrics({ params, query: { ...query, until } })
  }
  return found.toSorted((one, other) => one.id - other.id)
}

/** What is older than the retention is there as sums. */
async function checkSums(client: RunningHost['client'], samples: Post['samples']) {
  const { source, metric_type } = samples[0]!
  const points = await client.getHistory({ params: { source }, query: { metric_type, hours: 96, points: 2000 } })
  const values = samples.map(({ value }) => value)
  const sum = (numbers: number[]) => numbers.reduce((so, number) => so + number, 0)
  assert.deepEqual(
    {
      count: sum(points.map(({ count }) => count)),
      total: Math.round(sum(points.map(({ count, mean }) => count * mean))),
      min: Math.min(...points.map(({ min }) => min)),
      max: Math.max(...points.map(({ max }) => max)),
    },
    { count: values.length, total: sum(values), min: Math.min(...values), max: Math.max(...values) },
    source,
  )
}

async function allEvents({ client }: RunningHost): Promise<Event[]> {
  const events: Event[] = []
  const limit = 200
  for (;;) {
    const page = await client.listEvents({ query: { hours: 48, limit, offset: events.length } })
    events.push(...page)
    if (page.length < limit) return events
  }
}

/** Every spike is one more of the one event of its series: one that was evaluated twice would count twice. */
function checkSpikes(events: Event[], posts: Post[]) {
  const spikes = new Map<string, number>()
  for (const { source, metric_type } of posts.flatMap(({ samples }) => samples))
    if (metric_type === 'SPIKE') spikes.set(source, (spikes.get(source) ?? 0) + 1)
  const raised = events.filter(({ metric_type }) => metric_type === 'SPIKE')
  const counted = (source: string, count: number) => `${source}: ${count}`
  assert.deepEqual(
    raised.map(({ source, occurrences }) => counted(source, occurrences)).toSorted(),
    Array.from(spikes, ([source, count]) => counted(source, count)).toSorted(),
  )
}

/** What the detectors learned and forgot over all the kills is what they would have without one. */
async function checkReplay(events: Event[], samples: SampleOut[]) {
  const temporary = temporaryStore()
  const { store } = temporary
  for (const rule of RULES) makeRule(store, rule)
  await store.commit(() =>
    store.samples.append(
      samples.map(({ source, metric_type: metricType, value, unit, recorded_at }) => {
        const time = Date.parse(recorded_at)
        return { source, metricType, value, unit, tags: null, serverId: null, time, drill: false }
      }),
    ),
  )
  const { engine, failures } = startPipeline(store)
  await engine.idle()
  const replayed = store.events.list({ since: 0, limit: 1_000_000, offset: 0 })
  temporary.remove()
  assert.deepEqual(failures, [])
  assert.ok(replayed.length > 0)
  const live = events.filter(({ source }) => source.startsWith('long-'))
  assert.deepEqual(live.map(essence).toSorted(), replayed.map(essence).toSorted())
}

/** All but ids. */
function essence(event: Event | StoredEvent): string {
  const { rule_name, source, detected_at, last_seen_at, value, score, figure, lower, upper } = event
  const { occurrences, peak_value, severity, status, resolved_at, resolved_by, flapping } = event
  const evaluation = { rule_name, source, detected_at, last_seen_at, value, score, figure, lower, upper }
  return JSON.stringify({
    ...evaluation,
    occurrences,
    peak_value,
    severity,
    status,
    resolved_at,
    resolved_by,
    flapping,
  })
}

/** The counters that are kept beside the rows equal those of the rows. */
async function checkCounts({ client }: RunningHost, expected: { metric_snapshots: number; total_events: number }) {
  const { metric_snapshots, total_events } = await client.getSummary({ query: { hours: 48 } })
  assert.deepEqual({ metric_snapshots, total_events }, expected)
}

const lastReceived = (received: Ledger['received']) => new Map(received.map(({ event }) => [event.id, event]))

function isUpToDate(received: Ledger['received'], events: Event[]): boolean {
  const last = lastReceived(received)
  return events.every(({ id, occurrences, status }) => {
    const newest = last.get(id)
    return newest?.occurrences === occurrences && newest.status === status
  })
}

/** In order, none twice, and of every event that it was raised, once. */
function checkReceived(received: Ledger['received'], ids: number[], events: Event[]) {
  assert.deepEqual(
    ids,
    ids.map((_, index) => ids[0]! + index),
  )
  const raised = received.filter(({ kind }) => kind === 'anomaly_detected').map(({ event }) => event.id)
  assert.deepEqual(raised.toSorted(byNumber), events.map(({ id }) => id).toSorted(byNumber))
  const last = lastReceived(received)
  assert.deepEqual(
    events.map(({ id }) => asStreamed(last.get(id))),
    events.map(asStreamed),
  )
}

/** The stream has the value of an event's newest anomaly, the API that of the newest sample. */
const asStreamed = (event: Event | undefined) => event && { ...event, current_value: null }

const byNumber = (one: number, other: number) => one - other

/** Generous: the machine may be busy. */
async function until(isSo: () => Promise<boolean>) {
  const end = Date.now() + 60_000
  while (!(await isSo())) {
    assert.ok(Date.now() < end, 'It is not so after a minute.')
    await pause(50)
  }
}
