// What goes on while the queries are asked, and the clock for their answers.
import { once } from 'node:events'
import { Agent, request, type IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { createClient } from '../shared/client/client.ts'
import { randomFrom } from '../test/support/random.ts'
import type { RunningHost } from '../test/support/host-process.ts'
import { nameOf } from './queries-data.ts'

export const SAMPLES_PER_SECOND = 10_000
const SAMPLES_PER_POST = 100
const CONNECTIONS = 4

/** Batches for the series that have a history, on a steady beat; a connection posts one after the other. */
export function postSteadily(url: string, series: number) {
  const send = connect(url)
  const random = randomFrom(3)
  const sampleOf = (index: number) => ({ ...nameOf(index % series), value: 48 + random() * 8 })
  const bodies = Array.from({ length: 100 }, (_, number) => {
    const indices = Array.from({ length: SAMPLES_PER_POST }, (__, index) => number * SAMPLES_PER_POST + index)
    return Buffer.from(JSON.stringify(indices.map(sampleOf)))
  })
  const begun = performance.now()
  const stopping = new AbortController()
  let sent = 0
  let taken = 0
  const post = async () => {
    while (!stopping.signal.aborted) {
      const due = begun + (sent * SAMPLES_PER_POST * 1000) / SAMPLES_PER_SECOND
      const body = bodies[sent++ % bodies.length]!
      await pause(Math.max(0, due - performance.now()))
      const headers = { 'content-type': 'application/json', 'content-length': String(body.length) }
      const { status } = await send('POST', '/api/anomaly/metrics/batch', headers, body)
      if (status === 202) taken++
    }
  }
  const posting = Promise.all(Array.from({ length: CONNECTIONS }, post))
  return {
    /** Resolves when all is answered. */
    async stop() {
      stopping.abort()
      await posting
      const perSecond = (taken * SAMPLES_PER_POST) / ((performance.now() - begun) / 1000)
      return { perSecond, refused: sent - taken }
    },
  }
}

/** A client that knows how long its last answer took, in milliseconds up to the last byte: what a reader makes of it is his. */
export function answerClock({ url, token }: RunningHost) {
  const send = connect(url)
  let took = NaN
  const client = createClient(async ({ method, url: path }) => {
    const sent = performance.now()
    const { status, body } = await send(method, path, { authorization: `Bearer ${token}` })
    took = performance.now() - sent
    return { status, body: JSON.parse(body.toString()) as unknown }
  })
  return { client, took: () => took }
}

/** Over connections that are kept, by Node's own client: `fetch` costs several times as much, garbage above all. */
function connect(url: string) {
  const agent = new Agent({ keepAlive: true })
  return async (method: string, path: string, headers: Record<string, string>, body?: Buffer) => {
    const asked = request(url + path, { agent, method, headers }).end(body)
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    return { status: answer.statusCode!, body: await buffer(answer) }
  }
}
