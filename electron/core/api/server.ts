// The HTTP server that both hosts start. Guards first, then the routes of the contract.
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { IngestGate } from '../ingest/ingest.ts'
import { nothingHere } from './http-error.ts'
import type { Handlers } from './handlers/handlers.ts'
import type { Token } from './token.ts'
import { ignoreBodies } from './bodies.ts'
import { limitConnections } from './connections.ts'
import { createGuards, type GuardOptions } from './guards.ts'
import { describeApi, describeRoute, openApiDocument } from './openapi.ts'
import { HEALTH_PATH, isApi, METRICS_PATH, OPENAPI_PATH, segmentsOf } from './paths.ts'
import { answerMalformed, OWN_HEADERS, SECURITY_HEADERS, sendProblem } from './problems.ts'
import { addOperations } from './routes.ts'
import { addStream, type StreamOptions } from './sse.ts'

export type { Session } from './guards.ts'

export interface ServerOptions extends GuardOptions, Omit<StreamOptions, 'connections'> {
  handlers: Handlers
  token: Token
  /** The program's own metrics as Prometheus text. */
  metrics: () => Promise<string>
  version: string
  /** Called with the status of every error answer. */
  refused(status: number): void
  ingest: IngestGate
}

/** Characters; more than the longest allowed name has when encoded, so that the schema refuses what is too long. */
const MAX_PATH_VALUE = 16_384

/** Milliseconds. A request must arrive within these; a connection on which nothing moves is closed. */
const LIMITS = { headers: 10_000, request: 30_000, check: 5_000, keepAlive: 72_000, stalled: 120_000 }

/** Ready to listen or to be asked in memory; a host may add its pages before. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const guards = createGuards(options)
  const refuse = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const sent = sendProblem(error, request, reply, options.log)
    options.refused(reply.statusCode)
    return sent
  }
  const app = fastify({
    logger: false,
    routerOptions: { maxParamLength: MAX_PATH_VALUE },
    // The guards refuse a missing Host themselves.
    http: { requireHostHeader: false, headersTimeout: LIMITS.headers, connectionsCheckingInterval: LIMITS.check },
    // What still comes in while the server closes is answered: the store is open for longer.
    return503OnClosing: false,
    requestTimeout: LIMITS.request,
    keepAliveTimeout: LIMITS.keepAlive,
    connectionTimeout: LIMITS.stalled,
    forceCloseConnections: true,
    clientErrorHandler(error, socket) {
      const status = answerMalformed(error, socket)
      if (status) options.refused(status)
    },
    frameworkErrors: (error, request, reply) => {
      try {
        guards.admit(request, request.routeOptions.config.access)
        void refuse(error, request, reply)
      } catch (rejected) {
        void refuse(rejected, request, reply)
      }
    },
  })

  app.addHook('onRequest', (request, reply, done) => {
    const { access } = request.routeOptions.config
    reply.headers(access || isApi(segmentsOf(request.url)) ? OWN_HEADERS : SECURITY_HEADERS)
    guards.admit(request, access)
    guards.refuseUnknown(request, access)
    done()
  })
  app.setErrorHandler(refuse)
  app.setNotFoundHandler(() => {
    throw nothingHere()
  })

  ignoreBodies(app)
  await describeApi(app, options.version)
  await addOperations(app, options)
  addStream(app, { ...options, connections: limitConnections(app.server) })
  addOwnRoutes(app, options)
  return app
}

/** What the program says of itself. */
function addOwnRoutes(app: FastifyInstance, { metrics }: ServerOptions) {
  const guardErrors = { errors: [401, 403, 421], access: 'token', status: 200, tag: 'system' } as const

  const health = describeRoute({
    ...guardErrors,
    operationId: 'health',
    summary: 'Says that Tocsin is alive, and nothing else',
    access: 'public',
    errors: [403, 421],
    answer: z.object({ status: z.literal('ok') }),
  })
  app.get(HEALTH_PATH, { schema: health, config: { access: 'public' } }, () => ({ status: 'ok' }))

  const ownMetrics = describeRoute({
    ...guardErrors,
    operationId: 'metrics',
    summary: "Tocsin's own metrics as Prometheus text",
    answer: z.string(),
    answerType: 'text/plain',
  })
  app.get(METRICS_PATH, { schema: ownMetrics, config: { access: 'token' } }, async (_request, reply) =>
    reply.type('text/plain; version=0.0.4; charset=utf-8').send(await metrics()),
  )

  const document = describeRoute({
    ...guardErrors,
    operationId: 'openapi',
    summary: 'This document',
    answer: z.record(z.string(), z.unknown()),
  })
  app.get(OPENAPI_PATH, { schema: document, config: { access: 'token' } }, () => openApiDocument(app))
}
