// Sources that come and are forgotten while hosts are killed: each is gone in the end or there whole.
import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { CallError, type Client } from '../../../shared/client/client.ts'
import type { Event } from '../../../shared/schemas/event.ts'
import type { SampleIn, SampleOut } from '../../../shared/schemas/sample.ts'
import type { RunningHost } from '../../host-process.ts'

/** More than what goes in one step. */
const SERIES = 150
/** Every so-manieth of its series raises an event. */
const SPIKE_EVERY = 30
const ROUNDS = 2
const PER_POST = 100
/** Milliseconds: hosts that hurry have packed some of what was judged then. */
const PACKED_WITHIN = 150
const WHOLE = { series: SERIES, samples: ROUNDS * SERIES }
export const LEAVER = 'leaver-'

export interface Leaver {
  source: string
  /** Samples that are acknowledged. */
  posted: number
  /** Somebody wanted it forgotten. */
  isAsked: boolean
  /** And was told that it will be. */
  isSure: boolean
}

/** Samples of every series that come one after the other, so that some may be packed while others are not. */
function samplesOf(source: string): SampleIn[] {
  const round = Array.from({ length: SERIES }, (_, at) =>
    at % SPIKE_EVERY === 0
      ? { source, metric_type: `SPIKE ${at}`, value: 1000 }
      : { source, metric_type: `CALM ${at}`, value: at },
  )
  return Array.from({ length: ROUNDS }, () => round).flat()
}

/** Has one source after the other stored and forgotten, until the host is gone. */
export async function comeAndLeave(client: Client, leavers: Leaver[]): Promise<never> {
  for (;;) {
    if (leavers.every(({ isAsked }) => isAsked))
      leavers.push({ source: `${LEAVER}${leavers.length}`, posted: 0, isAsked: false, isSure: false })
    await leave(client, leavers)
  }
}

/** The one that is not done with. Who got no answer when it was to be forgotten doesn't ask again. */
export async function leave(client: Client, leavers: Leaver[]): Promise<void> {
  const leaver = leavers.find(({ isAsked }) => !isAsked)
  if (!leaver) return
  const { source } = leaver
  const samples = samplesOf(source)
  while (leaver.posted < samples.length) {
    const body = samples.slice(leaver.posted, leaver.posted + PER_POST)
    await client.postMetricsBatch({ body, headers: { 'idempotency-key': `${source} ${leaver.posted}` } })
    leaver.posted += body.length
  }
  // Of every other one, some is in blocks by then.
  if (leavers.length % 2 === 0) await isPacked(client, source)
  leaver.isAsked = true
  const { series, samples: count } = await (leavers.length % 3 === 0
    ? client.forgetSources({ query: { source: source.toUpperCase(), most_sources: 1 } })
    : client.forgetSource({ params: { source } }))
  leaver.isSure = true
  assert.deepEqual({ series, samples: count }, WHOLE)
  while (await sizeOf(client, source)) await pause(20)
}

async function isPacked(client: Client, source: string): Promise<void> {
  while ((await client.listEvents({ query: { source: source, limit: 1 } })).length === 0) await pause(20)
  await pause(PACKED_WITHIN)
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

/** Throws where one is there by half, or at all though it was sure to go. Gives those that are there. */
export async function checkLeavers({ client }: RunningHost, leavers: Leaver[], events: Event[]): Promise<Leaver[]> {
  const there: Leaver[] = []
  for (const leaver of leavers) {
    const { source, isSure } = leaver
    const size = await sizeOf(client, source)
    const stored = await client.getMetrics({ params: { source }, query: { hours: 48, limit: 1000 } })
    const listed = await client.listSeries({ query: { source, limit: 1000 } })
    const ownListed = listed.filter((each) => each.source === source)
    const ownEvents = events.filter((each) => each.source === source)
    if (size) {
      assert.ok(!isSure, `${source} was to go`)
      there.push(leaver)
      assert.deepEqual(size, WHOLE)
      assert.equal(ownListed.length, WHOLE.series)
      assert.deepEqual(stored.map(essence).toSorted(), samplesOf(source).map(essence).toSorted())
      assert.deepEqual(
        ownEvents.map(({ status, occurrences }) => [status, occurrences]),
        Array.from({ length: SERIES / SPIKE_EVERY }, () => ['OPEN', ROUNDS]),
      )
    } else {
      assert.deepEqual([stored, ownListed], [[], []])
      for (const { id, status } of ownEvents) {
        const { timeline } = await client.getEvent({ params: { event_id: id } })
        assert.deepEqual([status, timeline.at(-1)?.comment], ['RESOLVED', 'The source was forgotten.'])
      }
    }
  }
  return there
}

const essence = ({ metric_type, value }: SampleIn | SampleOut) => `${metric_type} ${value}`
