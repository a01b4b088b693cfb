// A server with handlers that only record, and plain ways to knock: whole requests without fetch's rules, and bytes.
import { request as httpRequest } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { z } from 'zod'
import type { Operation } from '../../../shared/contract/operation.ts'
import { operations, type OperationName } from '../../../shared/contract/operations.ts'
import type { Change } from '../../../shared/schemas/change.ts'
import { event } from '../../../shared/schemas/event.ts'
import { createChangeFeed } from '../../../electron/core/platform/change-feed.ts'
import { AppError } from '../../../electron/core/platform/errors.ts'
import { createServer, type ServerOptions } from '../../../electron/core/api/server.ts'
import type { Handlers } from '../../../electron/core/api/handlers/handlers.ts'
import { silentLog } from '../../../electron/core/platform/ports.ts'
import type { Token } from '../../../electron/core/api/token.ts'

const TOKEN = 'correct-horse-battery'
export const BEARER = { authorization: `Bearer ${TOKEN}` }
export const JSON_TYPE = { 'content-type': 'application/json' }

/** Every operation of the table, whatever is added to it. */
export const OPERATIONS = Object.entries(operations) as [OperationName, Operation][]

interface Call {
  name: OperationName
  request: { params?: unknown; query?: unknown; headers?: unknown; body?: unknown }
}

export interface TestServer {
  app: FastifyInstance
  port: number
  /** What reached the handlers. */
  calls: Call[]
  logged: { level: string; details: object; message: string }[]
  /** Statuses of rejected requests, in their order. */
  refused: number[]
  token: Token
  /** Appends a change to the log and publishes it, as after a commit. */
  change(details?: object): Change
  /** Forgets all changes up to this one. */
  dropUpTo(id: number): void
  /** How many listen to the feed. */
  listeners(): number
  ask(request: Asked): Promise<Answer>
}

/** @param addPages what a host adds of its own */
export async function openTestServer(
  options: Partial<ServerOptions> = {},
  handlers: Partial<Handlers> = {},
  addPages: (app: FastifyInstance, token: Token, port: () => number) => unknown = () => {},
): Promise<TestServer> {
  const calls: Call[] = []
  const logged: TestServer['logged'] = []
  const refused: number[] = []
  const feed = createChangeFeed()
  let kept: Change[] = []
  let newest = 0
  let listeners = 0
  let port = 0
  const token = options.token ?? tokenInMemory()

  const recording = OPERATIONS.map(([name, declared]) => [
    name,
    (request: Call['request']) => {
      calls.push({ name, request })
      return exampleAnswer(declared)
    },
  ])
  const note = (level: string) => (details: object, message: string) => void logged.push({ level, details, message })
  const app = await createServer({
    handlers: { ...Object.fromEntries(recording), ...handlers } as Handlers,
    token,
    changes: {
      feed: {
        ...feed,
        subscribe(listener) {
          const end = feed.subscribe(listener)
          listeners += 1
          return () => {
            listeners -= 1
            end()
          }
        },
      },
      log: {
        append: () => {
          throw new Error('the server only reads')
        },
        appendIncident: () => {
          throw new Error('the server only reads')
        },
        after: (id, limit) => kept.filter((change) => change.id > id).slice(0, limit),
        bounds: () => ({ oldest: kept[0]?.id ?? 0, newest }),
      },
    },
    metrics: async () => 'tocsin_up 1\n',
    version: '1.2.3',
    refused: (status) => void refused.push(status),
    ingest: {
      assertCapacity() {},
      rejectBody: () => new AppError('OVERLOADED', 'Too much at once.', { retryAfter: 1 }),
    },
    allowedHosts: ['tocsin.example'],
    port: () => port,
    ingestNeedsToken: false,
    log: { ...silentLog, warn: note('warn'), error: note('error') },
    ...options,
  })
  await addPages(app, token, () => port)
  await app.listen({ port: 0, host: '127.0.0.1' })
  port = (app.server.address() as AddressInfo).port

  return {
    app,
    port,
    calls,
    logged,
    refused,
    token,
    change(details = {}) {
      newest += 1
      const change: Change = { id: newest, kind: 'event_updated', event: { ...exampleEvent(), ...details } }
      kept.push(change)
      feed.publish([change])
      return change
    },
    dropUpTo(id) {
      kept = kept.filter((change) => change.id > id)
    },
    listeners: () => listeners,
    ask: (request) => ask(port, request),
  }
}

function tokenInMemory(): Token {
  const listeners: (() => void)[] = []
  let current = TOKEN
  return {
    current: () => current,
    rotate() {
      current = `${current}-anew`
      for (const listener of listeners) listener()
      return current
    },
    onRotated: (listener) => void listeners.push(listener),
  }
}

export interface Asked {
  method?: string
  path: string
  headers?: Record<string, string | string[]>
  body?: string | Buffer
  /** Host is left out. */
  noHost?: boolean
}

export interface Answer {
  status: number
  headers: Record<string, string | undefined>
  text: string
  /** Throws if the answer isn't JSON. */
  json: () => unknown
}

/** One request on a connection of its own, which the client means to close. */
function ask(port: number, { method = 'GET', path, headers = {}, body, noHost = false }: Asked): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  // Node's client sends the length of a body with POST only.
  const length =
    body === undefined || 'transfer-encoding' in headers ? {} : { 'content-length': Buffer.byteLength(body) }
  const options = {
    host: '127.0.0.1',
    port,
    method,
    path,
    headers: { ...length, ...headers },
    setHost: !noHost,
    agent: false,
  }
  const request = httpRequest(options, (response) => {
    const chunks: Buffer[] = []
    response.on('data', (chunk: Buffer) => chunks.push(chunk))
    response.on('error', reject)
    response.on('end', () => {
      const text = Buffer.concat(chunks).toString()
      const flat = response.headers as Record<string, string | undefined>
      resolve({ status: response.statusCode ?? 0, headers: flat, text, json: () => JSON.parse(text) as unknown })
    })
  })
  request.on('error', reject)
  request.end(body)
  return promise
}

/** Writes bytes and gives what comes back until the server closes. */
export function knock(port: number, bytes: string | Buffer): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const socket: Socket = connect(port, '127.0.0.1', () => socket.write(bytes))
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk.toString()
  })
  socket.on('error', reject)
  socket.on('close', () => resolve(text))
  return promise
}

/** The parts of a call that the schemas of an operation accept. */
export function exampleCall({ params, query, body }: Operation) {
  const parts = Object.entries({ params, query, body }).filter(([, schema]) => schema)
  return Object.fromEntries(parts.map(([part, schema]) => [part, exampleOf(schema!, 'input')])) as {
    params?: Record<string, string | number>
    query?: Record<string, string | number>
    body?: unknown
  }
}

/** The same as a request. */
export function exampleRequest(declared: Operation): Asked {
  const { params = {}, query = {}, body } = exampleCall(declared)
  const path = declared.path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(params[key])))
  const search = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)])).toString()
  return {
    method: declared.method,
    path: search ? `${path}?${search}` : path,
    ...(declared.body && { body: JSON.stringify(body), headers: JSON_TYPE }),
  }
}

export const exampleAnswer = (declared: Operation): unknown => declared.answer && exampleOf(declared.answer, 'output')

const exampleEvent = () => exampleOf(event, 'output') as Change['event']

function exampleOf(schema: z.ZodType, io: 'input' | 'output') {
  const root = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return example(root, root)
}

/** A value that a JSON Schema accepts, of as few parts as possible; only the kinds that the contract uses. */
function example(schema: z.core.JSONSchema.BaseSchema, root: z.core.JSONSchema.BaseSchema): unknown {
  if (schema.$ref) return example(root.$defs![schema.$ref.replace('#/$defs/', '')] as typeof root, root)
  if (schema.examples) return schema.examples[0]
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf) return example(schema.anyOf[0] as typeof root, root)
  const type = Array.isArray(schema.type) ? (schema.type[0] as string) : schema.type
  if (type === 'string') return schema.format === 'date-time' ? '2026-03-04T05:06:07Z' : 'x'
  if (type === 'boolean') return true
  if (type === 'integer' || type === 'number') return Math.min(Math.max(1, schema.minimum ?? 1), schema.maximum ?? 1)
  if (type === 'array') return [example(schema.items as typeof root, root)]
  if (type !== 'object') throw new Error(`No example for ${JSON.stringify(schema)}`)
  const required = (schema.required ?? []).map((key) => [key, example(schema.properties![key] as typeof root, root)])
  return Object.fromEntries(required)
}

/** One server for all tests of a file, each of which begins without recorded calls. */
export function shareTestServer(opened: (server: TestServer) => void) {
  let server: TestServer
  beforeAll(async () => {
    server = await openTestServer()
    opened(server)
  })
  afterAll(() => server.app.close())
  beforeEach(() => {
    server.calls.length = 0
  })
}
