// The live stream as server-sent events: what is missed is replayed, then every change as it comes.
import type { ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { RESET, STREAM_PATH, type Change } from '../../../shared/contract/stream.ts'
import type { ChangeFeed } from '../delivery/changes.ts'
import { invalidField } from '../errors.ts'
import type { Log } from '../ports.ts'
import type { ChangeLog } from '../store/store.ts'
import { describeRoute } from './openapi.ts'

/** Milliseconds after which a client comes back. */
const RETRY = 2000
/** Milliseconds between signs of life, shorter than what proxies and laptops' firewalls give up after. */
const HEARTBEAT = 15_000
/** Changes read from the log at a time. */
const PAGE = 100
/** Bytes that may wait for a reader. */
const MOST_WAITING = 1024 * 1024

export interface StreamOptions {
  changes: { feed: ChangeFeed; log: ChangeLog }
  log: Log
}

export function addStream(app: FastifyInstance, options: StreamOptions) {
  const open = new Set<ServerResponse>()
  app.addHook('preClose', async () => {
    for (const response of open) response.end()
  })

  app.get(STREAM_PATH, { schema: description, config: { access: 'token' } }, async (request, reply) => {
    const lastSeen = lastEventId(request)
    if (request.method === 'HEAD') return reply.type(EVENT_STREAM).send('')
    const response = start(reply)
    open.add(response)
    response.once('close', () => open.delete(response))
    await deliver(response, lastSeen, options)
    return undefined
  })
}

const EVENT_STREAM = 'text/event-stream'

const description = describeRoute({
  operationId: 'stream',
  tag: 'anomaly',
  summary: 'Server-sent events: anomaly_detected and event_updated, each with the event as data; reset after too long',
  access: 'token',
  status: 200,
  answer: z.string(),
  answerType: EVENT_STREAM,
  errors: [401, 403, 421, 422],
  headers: z.object({
    'last-event-id': z.int().min(0).optional().meta({ description: 'the last change seen; all later ones follow' }),
  }),
})

/** Undefined where none was given; 422 where it is no id. */
function lastEventId(request: FastifyRequest): number | undefined {
  const text = request.headers['last-event-id']
  if (text === undefined) return undefined
  if (typeof text !== 'string' || !/^\d+$/.test(text))
    throw invalidField('last-event-id', 'expected a whole number of 0 or more')
  return Number(text)
}

function start(reply: FastifyReply): ServerResponse {
  reply.hijack()
  const response = reply.raw
  response.writeHead(200, { ...headersOf(reply), 'content-type': EVENT_STREAM })
  response.write(`retry: ${RETRY}\n\n`)
  return response
}

const headersOf = (reply: FastifyReply) =>
  Object.fromEntries(Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined))

/** Resolves when the stream is live. */
async function deliver(response: ServerResponse, lastSeen: number | undefined, { changes, log }: StreamOptions) {
  const heartbeat = setInterval(() => response.write(':\n\n'), HEARTBEAT).unref()
  response.once('close', () => clearInterval(heartbeat))

  const { oldest, newest } = changes.log.bounds()
  let replayed = lastSeen ?? newest
  if (lastSeen !== undefined && !reachesBack(lastSeen, oldest, newest)) {
    replayed = newest
    response.write(message(RESET, newest, {}))
  }

  for (;;) {
    const page = changes.log.after(replayed, PAGE)
    for (const change of page) response.write(ofChange(change))
    replayed = page.at(-1)?.id ?? replayed
    // Nothing can be committed between a page that isn't full and the subscription: both are one turn.
    if (page.length < PAGE) break
    await drained(response)
    if (response.destroyed) return
  }
  const end = changes.feed.subscribe((change) => {
    // What was committed but not yet published while the log was read comes a second time.
    if (change.id <= replayed) return
    response.write(ofChange(change))
    if (response.writableLength > MOST_WAITING) {
      log.warn({ waiting: response.writableLength }, 'a reader of the stream is too slow and was cut off')
      response.destroy()
    }
  })
  response.once('close', end)
}

/** Whether everything after `lastSeen` is still in the log. */
const reachesBack = (lastSeen: number, oldest: number, newest: number) =>
  lastSeen === newest || (lastSeen < newest && oldest > 0 && oldest <= lastSeen + 1)

const ofChange = ({ id, kind, event }: Change) => message(kind, id, event)

const message = (event: string, id: number, data: object) =>
  `event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`

async function drained(response: ServerResponse) {
  if (response.writableNeedDrain) await Promise.race([once(response, 'drain'), once(response, 'close')])
}
