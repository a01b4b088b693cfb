// A load of posts as agents send them, by Node's own client over connections that are kept, their bodies prepared ahead.
// The generator takes about a core, as much as a bare server does: smaller differences can't be measured here.
import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { quantile } from './figures.ts'

export interface Post {
  url: URL
  headers: Record<string, string>
  body: Buffer
}

/** Gives the next post. */
export type Requests = () => Post

export interface Outcome {
  /** Posts that were answered with 2xx. */
  taken: number
  /** Posts that were answered otherwise. */
  refused: number
  seconds: number
  /** Milliseconds, of the posts that were taken. */
  p50: number
  p99: number
  max: number
}

interface Load {
  connections: number
  seconds: number
  /** What one connection posts, one after the other. */
  requestsOf(connection: number): Requests
}

interface Connection {
  /** Resolves with the status of the answer; one request at a time. */
  send(post: Post): Promise<number>
  close(): void
}

/** Every connection posts as fast as it is answered. */
export const postFlatOut = (load: Load): Promise<Outcome> =>
  post(load, async (end, send) => {
    for (let now = performance.now(); now < end; now = performance.now()) await send(now)
  })

/** All connections together post so many times a second. A post that had to wait for the one before counts from when it was due. */
export const postPaced = (load: Load & { perSecond: number }): Promise<Outcome> =>
  post(load, async (end, send, connection) => {
    const interval = (load.connections * 1000) / load.perSecond
    let due = performance.now() + (connection * interval) / load.connections
    for (; due < end; due += interval) {
      const early = due - performance.now()
      if (early > 0) await pause(early)
      await send(early > 0 ? performance.now() : due)
    }
  })

type Rhythm = (end: number, send: (from: number) => Promise<void>, connection: number) => Promise<void>

async function post({ connections, seconds, requestsOf }: Load, rhythm: Rhythm): Promise<Outcome> {
  const latencies: number[] = []
  let refused = 0
  const requests = Array.from({ length: connections }, (_, index) => requestsOf(index))
  const open = requests.map(openConnection)
  const begun = performance.now()
  const run = (connection: Connection, index: number) =>
    rhythm(
      begun + seconds * 1000,
      async (from) => {
        const status = await connection.send(requests[index]!())
        if (status >= 200 && status < 300) latencies.push(performance.now() - from)
        else refused++
      },
      index,
    )
  await Promise.all(open.map(run))
  const took = (performance.now() - begun) / 1000
  for (const connection of open) connection.close()
  latencies.sort((one, other) => one - other)
  const [p50, p99, max] = [quantile(latencies, 0.5), quantile(latencies, 0.99), quantile(latencies, 1)]
  return { taken: latencies.length, refused, seconds: took, p50, p99, max }
}

/** One connection that is kept. */
export function openConnection(): Connection {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return {
    send({ url, headers, body }) {
      const { promise, resolve, reject } = Promise.withResolvers<number>()
      request(url, { method: 'POST', agent, headers }, (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode ?? 0))
      })
        .on('error', reject)
        .end(body)
      return promise
    },
    close: () => agent.destroy(),
  }
}
