// The live stream as server-sent events: what is missed is replayed, then every change as it comes.
//
// The change log is the only source, the feed only says that there is more in it. So nothing comes twice, out of order
// or not at all, and a slow reader waits in the log, on disk, instead of in our memory.
import type { ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { RESET, STREAM_PATH } from '../../../shared/contract/stream.ts'
import { isOfEvent } from '../../../shared/schemas/change.ts'
import type { ChangeFeed } from '../platform/change-feed.ts'
import { invalidField } from '../platform/errors.ts'
import { HttpError } from './http-error.ts'
import type { Log } from '../platform/ports.ts'
import type { ChangeLog } from '../store/types/changes.ts'
import type { Token } from './token.ts'
import type { Connections } from './connections.ts'
import { describeRoute } from './openapi.ts'

/** Milliseconds after which a client comes back. */
const RETRY = 2000
/** Milliseconds between signs of life, shorter than what proxies give up after. */
const HEARTBEAT = 15_000
/** Changes read from the log at a time. */
const PAGE = 100
/** Milliseconds in which a reader must take what was written. */
const PATIENCE = 30_000

/** Readers at a time; all tabs of a browser are one. */
const MAX_STREAMS = 200

export interface StreamOptions {
  changes: { feed: ChangeFeed; log: ChangeLog }
  log: Log
  token: Pick<Token, 'onRotated'>
  connections: Connections
}

export function addStream(app: FastifyInstance, { changes, log, token, connections }: StreamOptions) {
  const open = new Set<() => void>()
  const endAll = () => {
    for (const end of open) end()
  }
  app.addHook('preClose', async () => endAll())
  // Who brings the new token, or its cookie, comes back and misses nothing.
  token.onRotated(endAll)

  app.get(STREAM_PATH, { schema: description, config: { access: 'token' } }, async (request, reply) => {
    const from = lastEventId(request) ?? changes.log.bounds().newest
    if (request.method === 'HEAD') return reply.type(EVENT_STREAM).send('')
    if (open.size >= MAX_STREAMS)
      throw new HttpError(503, `The limit of ${MAX_STREAMS} streams is reached.`, { retryAfter: 15 })
    connections.keep(request.raw.socket)
    const response = start(reply)
    // A client that has already gone gives no further sign of it.
    if (response.destroyed) return undefined
    const reader = createReader(response, from, changes.log)
    const advance = () => {
      reader.advance().catch((error: unknown) => {
        log.warn({ err: error }, 'A reader of the stream was disconnected')
        response.destroy()
      })
    }
    const unsubscribe = changes.feed.subscribe(advance)
    const heartbeat = setInterval(reader.heartbeat, HEARTBEAT).unref()
    const end = () => {
      response.off('close', end)
      open.delete(end)
      clearInterval(heartbeat)
      unsubscribe()
      response.end()
    }
    open.add(end)
    response.once('close', end)
    advance()
    return undefined
  })
}

const EVENT_STREAM = 'text/event-stream'

const description = describeRoute({
  operationId: 'stream',
  tag: 'anomaly',
  summary:
    'Server-sent events: anomaly_detected, event_updated and event_reminded, each with the event; incident_updated with ' +
    'the incident, at most once a second; reset after too long',
  access: 'token',
  status: 200,
  answer: z.string(),
  answerType: EVENT_STREAM,
  errors: [401, 403, 421, 422, 503],
  headers: z.object({
    'last-event-id': z.int().min(0).optional().meta({ description: 'the last change seen; all later ones follow' }),
  }),
})

/** Undefined if none was given; 422 if it is no id. */
function lastEventId({ headers }: FastifyRequest): number | undefined {
  const text = headers['last-event-id']
  if (text === undefined) return undefined
  if (typeof text === 'string' && /^\d+$/.test(text)) return Number(text)
  throw invalidField('last-event-id', 'expected a whole number, 0 or more')
}

function start(reply: FastifyReply): ServerResponse {
  const headers = Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined)
  reply.hijack()
  reply.raw.writeHead(200, { ...Object.fromEntries(headers), 'content-type': EVENT_STREAM })
  reply.raw.write(`retry: ${RETRY}\n\n`)
  return reply.raw
}

/** @param from the change after which to begin */
function createReader(response: ServerResponse, from: number, log: ChangeLog) {
  let sent = from
  let advancing = false

  /** Writes the entries of the log after `sent`, as far as the reader accepts them; false if that was all. */
  function writePage() {
    const { oldest, newest } = log.bounds()
    if (!reachesBack(sent, oldest, newest)) {
      sent = newest
      response.write(message(RESET, newest, {}))
    }
    const page = log.after(sent, PAGE)
    for (const change of page) {
      if (response.writableNeedDrain) return true
      const { id, kind } = change
      response.write(message(kind, id, isOfEvent(change) ? change.event : change.incident))
      sent = id
    }
    return page.length === PAGE
  }

  return {
    /** Rejects if the log can't be read or the reader accepts nothing. */
    async advance() {
      if (advancing) return
      advancing = true
      let more = true
      while (more) {
        await drained(response)
        more = !response.writableEnded && writePage()
      }
      advancing = false
    },
    heartbeat() {
      if (!response.writableNeedDrain) response.write(':\n\n')
    },
  }
}

/** Whether everything after `lastSeen` is still in the log. */
const reachesBack = (lastSeen: number, oldest: number, newest: number) =>
  lastSeen === newest || (lastSeen < newest && oldest > 0 && oldest <= lastSeen + 1)

const message = (event: string, id: number, data: object) =>
  `event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`

async function drained(response: ServerResponse) {
  if (!response.writableNeedDrain) return
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const patience = setTimeout(() => reject(new Error('it reads nothing')), PATIENCE).unref()
  const done = () => resolve()
  response.on('drain', done).on('close', done)
  await promise.finally(() => {
    clearTimeout(patience)
    response.off('drain', done).off('close', done)
  })
}
