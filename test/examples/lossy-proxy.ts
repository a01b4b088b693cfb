// A proxy between an agent and Tocsin. It answers the first post with 503, forwards the second and loses the answer, and
// forwards all others.
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface LossyProxy {
  url: string
  /** The Idempotency-Key of every post until now. */
  keys(): unknown[]
  close(): Promise<void>
}

export async function startLossyProxy(target: string): Promise<LossyProxy> {
  const keys: unknown[] = []
  const server = createServer(async (request, response) => {
    const body = await text(request)
    const headers = forwarded(request.headers)
    keys.push(headers['idempotency-key'])
    if (keys.length === 1) response.writeHead(503, { 'retry-after': '1' }).end()
    else {
      const answer = await fetch(target + request.url, { method: 'POST', headers, body })
      if (keys.length === 2) response.destroy()
      else response.writeHead(answer.status).end(await answer.text())
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    keys: () => keys,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

function forwarded(headers: IncomingHttpHeaders): Record<string, string> {
  const names = new Set(['content-type', 'idempotency-key', 'authorization'])
  return Object.fromEntries(
    Object.entries(headers).filter((header): header is [string, string] => names.has(header[0])),
  )
}
