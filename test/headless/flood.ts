// Agents that post as fast as they can, and what is watched meanwhile.
import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { SampleIn } from '../../shared/schemas/sample.ts'
import type { RunningHost } from '../support/host-process.ts'

export interface Answer {
  status: number
  retryAfter: string | undefined
  text: string
}

/** Connections that are kept, as many as posts are under way. */
export function openPoster(url: string) {
  const agent = new Agent({ keepAlive: true })
  const target = new URL('/api/anomaly/metrics/batch', url)
  return {
    /** Rejects if no answer came. */
    post(samples: readonly SampleIn[], key?: string): Promise<Answer> {
      const { promise, resolve, reject } = Promise.withResolvers<Answer>()
      const headers = { 'content-type': 'application/json', ...(key !== undefined && { 'idempotency-key': key }) }
      const asked = request(target, { agent, method: 'POST', headers }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (more: string) => (text += more))
        response.on('error', reject)
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'], text }),
        )
      })
      asked.on('error', reject)
      asked.end(JSON.stringify(samples))
      return promise
    },
    end: () => agent.destroy(),
  }
}

/** From `/metrics`, by name and labels. */
export async function metricsOf({ url, token }: RunningHost): Promise<(name: string) => number> {
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } })
  const text = await answer.text()
  return (name) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.slice(name.length),
    )
}

export interface Watched {
  mostWaiting: number
  /** Bytes of resident memory. */
  mostMemory: number
  /** Milliseconds that each request of the interface took, in order. */
  took: number[]
}

/** Looks at the metrics and does what a person does, again and again, until it is stopped. */
export function watch(host: RunningHost, asPerson: readonly (() => Promise<unknown>)[]) {
  const watched: Watched = { mostWaiting: 0, mostMemory: 0, took: [] }
  const life = { ending: false }
  async function look() {
    while (!life.ending) {
      const metric = await metricsOf(host)
      watched.mostWaiting = Math.max(watched.mostWaiting, metric('tocsin_samples_waiting'))
      watched.mostMemory = Math.max(watched.mostMemory, metric('process_resident_memory_bytes'))
      for (const request of asPerson) {
        const begun = performance.now()
        await request()
        watched.took.push(performance.now() - begun)
      }
      await pause(20)
    }
  }
  const looking = look()
  // Stopping it rejects after a failure.
  looking.catch(() => {})
  return {
    async end(): Promise<Watched> {
      life.ending = true
      await looking
      watched.took.sort((one, other) => one - other)
      return watched
    },
  }
}

/** @param sorted ascending, one at least */
export const p95 = (sorted: readonly number[]): number => sorted[Math.floor(0.95 * sorted.length)]!
