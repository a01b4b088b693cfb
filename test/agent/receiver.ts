// A real HTTP server in Tocsin's place, which keeps what it is sent and answers as a test configures it.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import type { TimedSample } from '../../electron/agent/spool.ts'

export interface Received {
  path: string
  method: string
  headers: IncomingMessage['headers']
  key: string
  body: string
  samples: TimedSample[]
}

/** Answers a request that was taken in; by default with 202. */
export type Answering = (response: ServerResponse, request: Received) => void

export const taken: Answering = (response) => void response.writeHead(202).end('{"saved":1,"detection":"queued"}')

export async function startReceiver(port = 0) {
  const received: Received[] = []
  const receiver = { received, answer: taken, mostAtOnce: 0, url: '', port: 0, stop }
  let atOnce = 0
  const server = createServer(async (request, response) => {
    receiver.mostAtOnce = Math.max(receiver.mostAtOnce, ++atOnce)
    response.on('close', () => atOnce--)
    const body = (await request.toArray()).join('')
    const { url: path = '', method = '', headers } = request
    const key = String(headers['idempotency-key'])
    const one = { path, method, headers, key, body, samples: JSON.parse(body) }
    received.push(one)
    receiver.answer(response, one)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  receiver.port = (server.address() as AddressInfo).port
  receiver.url = `http://127.0.0.1:${receiver.port}`

  async function stop() {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return receiver
}

/** What is stored, given that a repeated key stores nothing. */
export const storedOnce = (received: readonly Received[]): TimedSample[] =>
  [...new Map(received.map(({ key, samples }) => [key, samples])).values()].flat()

/** Lets real input and output happen while the clock stands still. */
export async function until(condition: () => boolean, what = 'the condition') {
  const limit = performance.now() + 20_000
  while (!condition()) {
    if (performance.now() > limit) throw new Error(`Waited in vain for ${what}`)
    await turn()
  }
}
