// kill -9 under load, ten rounds on one data folder: every acknowledged sample is there once, and every spike that is
// stored has exactly one event.
import { describe, expect, it } from 'vitest'
import { randomFrom } from '../core/detectors/series.ts'
import { startHostProcess, temporaryFolder, type HostProcess } from '../host-process.ts'

const ROUNDS = 10
const POSTERS = 6
const SPIKE = 1000

const SAMPLES = 10

/** Posts until the host is gone, each time to a source of its own: some samples and a spike. Gives what was acknowledged. */
async function postUntilGone({ client }: HostProcess, nextSource: () => string): Promise<string[]> {
  const acknowledged: string[] = []
  for (;;) {
    const source = nextSource()
    const samples = Array.from({ length: SAMPLES }, (_, value) => ({ source, metric_type: 'N', value }))
    try {
      await client.postMetricsBatch({ body: [...samples, { source, metric_type: 'S', value: SPIKE }] })
      acknowledged.push(source)
    } catch {
      return acknowledged
    }
  }
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

async function allSeries({ client }: HostProcess) {
  const found = []
  for (let offset = 0; ; offset += 1000) {
    const page = await client.listSeries({ query: { limit: 1000, offset } })
    found.push(...page)
    if (page.length < 1000) return found
  }
}

describe('kill -9 under load', () => {
  it(`loses and doubles nothing in ${ROUNDS} rounds`, async () => {
    const folder = temporaryFolder()
    const random = randomFrom(Date.now())
    const acknowledged: string[] = []
    let requests = 0

    for (let round = 0; round < ROUNDS; round++) {
      const host = await startHostProcess({ dataDir: folder.path })
      if (round === 0)
        await host.client.createRule({
          body: { name: 'spike', metric_type: 'S', method: 'THRESHOLD', threshold: SPIKE / 2 },
        })
      const posters = Array.from({ length: POSTERS }, () => postUntilGone(host, () => `request-${requests++}`))
      await new Promise((resolve) => setTimeout(resolve, 100 + random() * 400))
      await host.kill()
      acknowledged.push(...(await Promise.all(posters)).flat())
    }

    const host = await startHostProcess({ dataDir: folder.path })
    const series = await allSeries(host)
    const sourcesOf = (type: string, count: number) =>
      series.filter((one) => one.metric_type === type && one.count === count).map(({ source }) => source)
    const spikes = sourcesOf('S', 1)
    expect(acknowledged.length).toBeGreaterThan(ROUNDS)
    // Whole requests only, each sample once: acknowledged ones all, and perhaps some whose answer was lost.
    expect(series).toHaveLength(2 * spikes.length)
    expect(sourcesOf('N', SAMPLES)).toEqual(spikes)
    expect(acknowledged.filter((source) => !spikes.includes(source))).toEqual([])

    await expect
      .poll(async () => (await allEvents(host)).length, { timeout: 10_000 })
      .toBeGreaterThanOrEqual(spikes.length)
    const events = await allEvents(host)
    expect(events.map(({ source }) => source).toSorted()).toEqual(spikes.toSorted())
    expect(events.every(({ occurrences }) => occurrences === 1)).toBe(true)
    await host.stop()
    folder.remove()
  }, 120_000)
})
