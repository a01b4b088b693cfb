// A load of posts: the same samples for every target, prepared ahead so that the generator costs little.
import { Agent, request } from 'node:http'
import { randomFrom } from '../test/core/detectors/series.ts'

export interface Load {
  url: string
  /** Samples in a post; 1 posts them singly, as an object instead of a list. */
  batch: number
  seconds: number
}

export interface Outcome {
  samplesPerSecond: number
  /** Milliseconds. */
  p50: number
  p99: number
  /** Posts that were not taken: 503 and the like. */
  refused: number
}

const CONNECTIONS = 16
const SERIES = 1000
const METRIC_TYPES = ['CPU', 'MEMORY', 'DISK', 'RESPONSE_TIME']
const BODIES = 400

export async function post({ url, batch, seconds }: Load): Promise<Outcome> {
  const bodies = bodiesOf(batch)
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const latencies: number[] = []
  let refused = 0
  let next = 0
  const begun = performance.now()
  const end = begun + seconds * 1000
  const connection = async () => {
    while (performance.now() < end) {
      const sent = performance.now()
      const status = await postOnce(url, agent, bodies[next++ % BODIES]!)
      if (status === 202) latencies.push(performance.now() - sent)
      else refused++
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, connection))
  const took = (performance.now() - begun) / 1000
  agent.destroy()
  const sorted = latencies.toSorted((one, other) => one - other)
  const at = (share: number) => sorted[Math.floor(share * sorted.length)] ?? NaN
  return { samplesPerSecond: (latencies.length * batch) / took, p50: at(0.5), p99: at(0.99), refused }
}

function bodiesOf(batch: number): Buffer[] {
  const random = randomFrom(1)
  let index = 0
  const sample = () => {
    const series = index++ % SERIES
    const value = Math.round((48 + random() * 4 + random() * 4) * 1000) / 1000
    return { source: `host-${series >> 2}`, metric_type: METRIC_TYPES[series % 4], value }
  }
  return Array.from({ length: BODIES }, () =>
    Buffer.from(JSON.stringify(batch === 1 ? sample() : Array.from({ length: batch }, sample))),
  )
}

function postOnce(url: string, agent: Agent, body: Buffer): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const headers = { 'content-type': 'application/json', 'content-length': body.length }
  request(url, { method: 'POST', agent, headers }, (answer) => {
    answer.resume().on('end', () => resolve(answer.statusCode ?? 0))
  })
    .on('error', reject)
    .end(body)
  return promise
}
