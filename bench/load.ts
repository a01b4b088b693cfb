// A load of posts over plain sockets, their requests prepared ahead: on a machine with few cores, whatever the generator
// costs is taken from what is measured.
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { quantile } from './figures.ts'

/** Gives the next request as its bytes, head and body. */
export type Requests = () => Buffer

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
  url: string
  connections: number
  seconds: number
  /** What one connection posts, one after the other. */
  requestsOf(connection: number): Requests
}

interface Connection {
  /** Resolves with the status of the answer; one request at a time. */
  send(request: Buffer): Promise<number>
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

async function post({ url, connections, seconds, requestsOf }: Load, rhythm: Rhythm): Promise<Outcome> {
  const latencies: number[] = []
  let refused = 0
  const requests = Array.from({ length: connections }, (_, index) => requestsOf(index))
  const open = await Promise.all(requests.map(() => openConnection(url)))
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

/** Reads no more of an answer than its status and its end. */
export async function openConnection(url: string): Promise<Connection> {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  await once(socket, 'connect')
  let text = ''
  let awaited: PromiseWithResolvers<number> | undefined
  socket.setEncoding('latin1').on('data', (more: string) => {
    text += more
    if (!isWhole(text)) return
    const status = Number(text.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length))
    text = ''
    awaited?.resolve(status)
  })
  socket.on('error', () => {}).on('close', () => awaited?.reject(new Error(`${url} closed the connection`)))
  return {
    send(request) {
      awaited = Promise.withResolvers()
      socket.write(request)
      return awaited.promise
    },
    close: () => socket.destroy(),
  }
}

function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return false
  const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1]
  if (length === undefined && !text.startsWith('HTTP/1.1 204')) throw new Error(`An answer without a length: ${text}`)
  return text.length >= end + 4 + Number(length ?? 0)
}
