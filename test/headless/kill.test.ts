// kill -9 under load, ten rounds on one data folder: every acknowledged sample is there once, and every spike that is
// stored has exactly one event.
import { describe, expect, it } from 'vitest'
import { randomFrom } from '../core/detectors/series.ts'
import { startHostProcess, temporaryFolder, type HostProcess } from '../host-process.ts'

const ROUNDS = 10
const POSTERS = 6
const SPIKE = 1000

/** What one poster sent in one request: some samples of its own series, and a spike on a series of this request's. */
interface Request {
  poster: number
  values: number[]
  spikeSource: string
}

/** Posts until the host is gone; gives back what was acknowledged. */
async function postUntilGone(host: HostProcess, poster: number, nextValue: () => number): Promise<Request[]> {
  const { client } = host
  const acknowledged: Request[] = []
  for (;;) {
    const values = Array.from({ length: 10 }, nextValue)
    const spikeSource = `spike-${poster}-${values[0]}`
    const samples = values.map((value) => ({ source: `load-${poster}`, metric_type: 'N', value }))
    try {
      await client.postMetricsBatch({ body: [...samples, { source: spikeSource, metric_type: 'S', value: SPIKE }] })
      acknowledged.push({ poster, values, spikeSource })
    } catch {
      return acknowledged
    }
  }
}

/** Everything that is stored of a source, oldest first. */
async function storedValues(host: HostProcess, source: string): Promise<number[]> {
  const samples = await host.client.getMetrics({ params: { source }, query: { limit: 1000 } })
  return samples.map(({ value }) => value)
}

async function allEvents(host: HostProcess) {
  const { client } = host
  const events = []
  for (let offset = 0; ; offset += 200) {
    const page = await client.listEvents({ query: { limit: 200, offset } })
    events.push(...page)
    if (page.length < 200) return events
  }
}

async function allSpikeSeries(host: HostProcess) {
  const { client } = host
  const found = []
  for (let offset = 0; ; offset += 1000) {
    const page = await client.listSeries({ query: { source: 'spike-', limit: 1000, offset } })
    found.push(...page)
    if (page.length < 1000) return found
  }
}

describe('kill -9 under load', () => {
  it(`loses and doubles nothing in ${ROUNDS} rounds`, async () => {
    const folder = temporaryFolder()
    const random = randomFrom(Date.now())
    const acknowledged: Request[] = []
    // Values rise and are never used twice, so that each can be looked for. They stay below the spike's limit.
    const next = Array.from({ length: POSTERS }, () => 0)

    for (let round = 0; round < ROUNDS; round++) {
      const host = await startHostProcess({ dataDir: folder.path })
      if (round === 0)
        await host.client.createRule({
          body: { name: 'spike', source: 'spike-*', method: 'THRESHOLD', threshold: SPIKE / 2 },
        })
      const posters = next.map((_, poster) => postUntilGone(host, poster, () => next[poster]!++))
      await new Promise((resolve) => setTimeout(resolve, 100 + random() * 400))
      await host.kill()
      acknowledged.push(...(await Promise.all(posters)).flat())
    }

    const host = await startHostProcess({ dataDir: folder.path })
    const spikes = await allSpikeSeries(host)
    expect(acknowledged.length).toBeGreaterThan(ROUNDS)
    expect(spikes.filter(({ count }) => count !== 1)).toEqual([])
    const missing = acknowledged.filter(({ spikeSource }) => !spikes.some(({ source }) => source === spikeSource))
    expect(missing).toEqual([])

    for (let poster = 0; poster < POSTERS; poster++) {
      const newest = await storedValues(host, `load-${poster}`)
      expect(new Set(newest).size, 'a sample is there twice').toBe(newest.length)
      const oldestSeen = Math.min(...newest)
      const expected = acknowledged.filter((request) => request.poster === poster).flatMap(({ values }) => values)
      expect(expected.filter((value) => value >= oldestSeen && !newest.includes(value))).toEqual([])
    }

    await expect
      .poll(async () => (await allEvents(host)).length, { timeout: 10_000 })
      .toBeGreaterThanOrEqual(spikes.length)
    const events = await allEvents(host)
    expect(events.map(({ source }) => source).toSorted()).toEqual(spikes.map(({ source }) => source).toSorted())
    expect(events.every(({ occurrences }) => occurrences === 1)).toBe(true)
    await host.stop()
    folder.remove()
  }, 120_000)
})
