// What agents and a reader of the stream do to a host until it is gone, and what they know afterwards.
import { AssertionError } from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { createParser } from 'eventsource-parser'
import { HOUR } from '../../../shared/domain/time.ts'
import { CallError, type Client } from '../../../shared/client/client.ts'
import { EVENT_CHANGE_KINDS, RESET, STREAM_PATH } from '../../../shared/contract/stream.ts'
import type { Change } from '../../../shared/schemas/change.ts'
import type { Event } from '../../../shared/schemas/event.ts'
import { ruleIn } from '../../../shared/schemas/rule.ts'
import type { SampleIn } from '../../../shared/schemas/sample.ts'
import { randomFrom } from '../../support/random.ts'
import type { RunningHost } from '../../support/host-process.ts'
import { createAndDeleteSources, createAndDeleteSource, type DeletedSource } from './deleted-sources.ts'

/** A post that is repeated with its key, host after host, until it is acknowledged. */
export interface Post {
  key: string
  samples: SampleIn[]
  acknowledged: boolean
}

/** What must be so whatever happened to the hosts. */
export interface Ledger {
  posts: Post[]
  deletedSources: DeletedSource[]
  /** The changes of events that a reader received that sends the id of its last change whenever it reconnects. */
  received: Change[]
  /** The ids of all changes that it received, those of incidents too. */
  receivedIds: number[]
  /** How often the reader got a reset because it missed something. */
  resets: number
}

/** Of one in so many posts, every sample is the first of a series and raises an event: too many to be written at once. */
const WIDE_EVERY = 20
const WIDE = 80
export const RULES = [
  { name: 'spike', metric_type: 'SPIKE*', method: 'THRESHOLD', threshold: 500 },
  { name: 'limit', source: 'long-*', method: 'THRESHOLD', threshold: 90 },
  { name: 'z', source: 'long-*', method: 'ZSCORE', min_samples: 20, params: { window: 60 } },
  { name: 'quartiles', source: 'long-*', method: 'IQR', iqr_factor: 3, params: { window: 40 }, for_seconds: 2 },
].map((rule) => ruleIn.parse(rule))

const LONG_SERIES = 4
/** Milliseconds between two posts of one poster: so many are enough, and each is looked at in the end. */
const REST = 8

export interface Load {
  ledger: Ledger
  /**
   * Resolves when the host is gone.
   *
   * @param few whether it should leave the host time for other work
   */
  run(host: RunningHost, few?: boolean): Promise<void>
  /** Has samples of three days ago stored, and then downsampled. */
  postOld(host: RunningHost): Promise<void>
  /** Creates and deletes sources. Resolves when the host is gone. */
  createAndDeleteSources(host: RunningHost): Promise<void>
  /** Resolves when all that was begun is acknowledged. */
  finish(host: RunningHost): Promise<void>
  /** Resolves when the host is gone. */
  follow(host: RunningHost): Promise<void>
}

export function createLoad(seed: number): Load {
  const ledger: Ledger = { posts: [], deletedSources: [], received: [], receivedIds: [], resets: 0 }
  const random = randomFrom(seed)
  const begun = Date.now()
  const posters = Array.from({ length: LONG_SERIES }, (_, index) => createPoster(ledger, longSeries(index)))
  const old = createPoster(ledger, oldSamples)

  /** Noise with spikes and a step, one sample a second; and a burst in two series that nobody else posts to. */
  function longSeries(index: number) {
    let next = 0
    const value = () => (next % 4000 > 2000 ? 70 : 40) + random() * 6 + (random() < 0.03 ? 20 + random() * 40 : 0)
    return (key: string): SampleIn[] => {
      if (random() < 1 / WIDE_EVERY) return Array.from({ length: WIDE }, (_, at) => spike(`wide-${key}-${at}`))
      return [
        ...Array.from({ length: 6 }, () => {
          const recorded_at = new Date(begun - 20 * HOUR + next++ * 1000).toISOString()
          return { source: `long-${index}`, metric_type: 'LEVEL', value: value(), recorded_at }
        }),
        ...Array.from({ length: 5 }, () => ({ source: `burst-${key}`, metric_type: 'CALM', value: random() * 100 })),
        ...Array.from({ length: 3 }, () => spike(`burst-${key}`)),
      ]
    }
  }

  const spike = (source: string) => ({ source, metric_type: 'SPIKE', value: 1000 + Math.round(random() * 1000) })

  function oldSamples(key: string): SampleIn[] {
    const start = begun - 72 * HOUR
    return Array.from({ length: 60 }, (_, index) => ({
      source: `old-${key}`,
      metric_type: 'OLD',
      value: Math.round(random() * 1000),
      recorded_at: new Date(start + index * 10_000).toISOString(),
    }))
  }

  async function postOld({ client }: RunningHost) {
    await client.updateSettings({ body: { retention_days: 30 } })
    await old.post(client)
    await client.updateSettings({ body: { retention_days: 1 } })
  }

  return {
    ledger,
    run: (host, few = false) =>
      untilGone(Promise.all(posters.slice(few ? -1 : 0).map((poster) => poster.postOn(host.client)))),
    postOld: (host) => untilGone(postOld(host)),
    createAndDeleteSources: (host) => untilGone(createAndDeleteSources(host.client, ledger.deletedSources)),
    async finish(host) {
      await Promise.all(posters.map((poster) => poster.post(host.client)))
      await postOld(host)
      await createAndDeleteSource(host.client, ledger.deletedSources)
    },
    follow: (host) => untilGone(follow(host, ledger)),
  }
}

function createPoster(ledger: Ledger, samplesOf: (key: string) => SampleIn[]) {
  let current: Post | undefined

  /** One post: the one that was not acknowledged yet, if there is one. */
  async function post(client: Client) {
    if (!current) {
      const key = String(ledger.posts.length)
      current = { key, samples: samplesOf(key), acknowledged: false }
      ledger.posts.push(current)
    }
    await client.postMetricsBatch({ body: current.samples, headers: { 'idempotency-key': current.key } })
    current.acknowledged = true
    current = undefined
  }

  return {
    post,
    async postOn(client: Client) {
      for (;;) {
        await post(client)
        await pause(REST)
      }
    },
  }
}

/** A killed host answers nothing; one that answers with an error, or not as it should, is not gone. */
async function untilGone(work: Promise<unknown>) {
  try {
    await work
  } catch (error) {
    if (error instanceof CallError || error instanceof AssertionError) throw error
  }
}

async function follow({ url, token }: RunningHost, ledger: Ledger) {
  const headers = { authorization: `Bearer ${token}`, 'last-event-id': String(ledger.receivedIds.at(-1) ?? 0) }
  const answer = await fetch(url + STREAM_PATH, { headers })
  const parser = createParser({
    onEvent({ id, event, data }) {
      if (event === RESET) {
        ledger.resets++
        return
      }
      ledger.receivedIds.push(Number(id))
      const kind = EVENT_CHANGE_KINDS.find((each) => each === event)
      if (kind) ledger.received.push({ id: Number(id), kind, event: JSON.parse(data) as Event })
    },
  })
  for await (const part of answer.body!.pipeThrough(new TextDecoderStream())) parser.feed(part)
}
