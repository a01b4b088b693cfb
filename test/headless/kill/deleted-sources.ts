// Sources that are created and deleted while hosts are killed: in the end, current is gone or complete.
import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { CallError, type Client } from '../../../shared/client/client.ts'
import type { Event } from '../../../shared/schemas/event.ts'
import type { SampleIn, SampleOut } from '../../../shared/schemas/sample.ts'
import type { RunningHost } from '../../support/host-process.ts'

/** More than one step deletes. */
const SERIES = 150
/** Every nth of its series raises an event. */
const SPIKE_EVERY = 30
const ROUNDS = 2
const PER_POST = 100
/** Milliseconds; a hurried host has compacted some of the evaluated samples by then. */
const COMPACTED_WITHIN = 150
const WHOLE = { series: SERIES, samples: ROUNDS * SERIES }
export const SOURCE_PREFIX = 'deleted-'

export interface DeletedSource {
  source: string
  /** Acknowledged samples. */
  posted: number
  /** Its deletion was requested. */
  isRequested: boolean
  /** The host confirmed the request. */
  isConfirmed: boolean
}

/** Samples of every series in turn, so that some may be compacted while others are not. */
function samplesOf(source: string): SampleIn[] {
  const round = Array.from({ length: SERIES }, (_, at) =>
    at % SPIKE_EVERY === 0
      ? { source, metric_type: `SPIKE ${at}`, value: 1000 }
      : { source, metric_type: `CALM ${at}`, value: at },
  )
  return Array.from({ length: ROUNDS }, () => round).flat()
}

/** Stores and deletes one source after the other until the host is gone. */
export async function createAndDeleteSources(client: Client, sources: DeletedSource[]): Promise<never> {
  for (;;) {
    if (sources.every(({ isRequested }) => isRequested))
      sources.push({ source: `${SOURCE_PREFIX}${sources.length}`, posted: 0, isRequested: false, isConfirmed: false })
    await createAndDeleteSource(client, sources)
  }
}

/** Finishes the source at hand. A request for deletion that got no answer is not repeated. */
export async function createAndDeleteSource(client: Client, sources: DeletedSource[]): Promise<void> {
  const current = sources.find(({ isRequested }) => !isRequested)
  if (!current) return
  const { source } = current
  const samples = samplesOf(source)
  while (current.posted < samples.length) {
    const body = samples.slice(current.posted, current.posted + PER_POST)
    await client.postMetricsBatch({ body, headers: { 'idempotency-key': `${source} ${current.posted}` } })
    current.posted += body.length
  }
  // Every other source has some of its samples in blocks by then.
  if (sources.length % 2 === 0) await isPartlyCompacted(client, source)
  current.isRequested = true
  const { series, samples: count } = await (sources.length % 3 === 0
    ? client.deleteSources({ query: { source: source.toUpperCase(), max_sources: 1 } })
    : client.deleteSource({ params: { source } }))
  current.isConfirmed = true
  assert.deepEqual({ series, samples: count }, WHOLE)
  while (await sizeOf(client, source)) await pause(20)
}

async function isPartlyCompacted(client: Client, source: string): Promise<void> {
  while ((await client.listEvents({ query: { source: source, limit: 1 } })).length === 0) await pause(20)
  await pause(COMPACTED_WITHIN)
}

async function sizeOf(client: Client, source: string) {
  try {
    const { series, samples } = await client.getSource({ params: { source } })
    return { series, samples }
  } catch (error) {
    if (error instanceof CallError && error.problem.status === 404) return undefined
    throw error
  }
}

/** Throws if a source is there in part, or at all after a confirmed deletion. Returns those that are there. */
export async function checkDeletedSources(
  { client }: RunningHost,
  sources: DeletedSource[],
  events: Event[],
): Promise<DeletedSource[]> {
  const there: DeletedSource[] = []
  for (const deleted of sources) {
    const { source, isConfirmed } = deleted
    const size = await sizeOf(client, source)
    const stored = await client.getMetrics({ params: { source }, query: { hours: 48, limit: 1000 } })
    const listed = await client.listSeries({ query: { source, limit: 1000 } })
    const ownListed = listed.filter((each) => each.source === source)
    const ownEvents = events.filter((each) => each.source === source)
    if (size) {
      assert.ok(!isConfirmed, `${source} should be deleted`)
      there.push(deleted)
      assert.deepEqual(size, WHOLE)
      assert.equal(ownListed.length, WHOLE.series)
      assert.deepEqual(stored.map(summaryOf).toSorted(), samplesOf(source).map(summaryOf).toSorted())
      assert.deepEqual(
        ownEvents.map(({ status, occurrences }) => [status, occurrences]),
        Array.from({ length: SERIES / SPIKE_EVERY }, () => ['OPEN', ROUNDS]),
      )
    } else {
      assert.deepEqual([stored, ownListed], [[], []])
      for (const { id, status } of ownEvents) {
        const { timeline } = await client.getEvent({ params: { event_id: id } })
        assert.deepEqual([status, timeline.at(-1)?.comment], ['RESOLVED', 'The source was deleted.'])
      }
    }
  }
  return there
}

const summaryOf = ({ metric_type, value }: SampleIn | SampleOut) => `${metric_type} ${value}`
