// The routes, one per operation of the contract.
import type { FastifyInstance, FastifyRequest, onSendHookHandler, preParsingHookHandler } from 'fastify'
import type { z } from 'zod'
import type { Operation } from '../../../shared/contract/operation.ts'
import { operations, type OperationName } from '../../../shared/contract/operations.ts'
import { withCurrentNames } from '../../../shared/schemas/former-names.ts'
import type { FieldError } from '../platform/errors.ts'
import type { Handlers } from './handlers/handlers.ts'
import type { Session } from './guards.ts'
import { acceptJson } from './bodies.ts'
import { describeOperation } from './openapi.ts'
import { accessOf } from './paths.ts'
import { FAST_PARSERS } from '../ingest/fast-sample-parser.ts'
import type { IngestGate } from '../ingest/ingest.ts'
import { invalidInput } from './problems.ts'

interface Options {
  handlers: Handlers
  ingestNeedsToken: boolean
  session?: Session | undefined
  ingest: IngestGate
}

/**
 * Large ones, and those of posts. Their handlers make them field by field, so that there is nothing to check or to take
 * out, which would take longer than all else that is done for them.
 */
export const PLAIN_ANSWERS: ReadonlySet<OperationName> = new Set([
  'postMetric',
  'postMetricsBatch',
  'getMetrics',
  'getHistory',
  'listSeries',
])

export async function addOperations(app: FastifyInstance, options: Options) {
  const all = Object.entries(operations) as [OperationName, Operation][]
  const withBody = all.filter(([, declared]) => declared.body)
  const withoutBody = all.filter(([, declared]) => !declared.body)

  for (const [name, declared] of withoutBody) addOperation(app, name, declared, options)
  await app.register(async (scope) => {
    acceptJson(scope, options.ingest.rejectBody)
    for (const [name, declared] of withBody) addOperation(scope, name, declared, options)
  })
}

function addOperation(app: FastifyInstance, name: OperationName, declared: Operation, options: Options) {
  // The table ties each handler to its operation's types; across the whole table they have none in common.
  const handle = options.handlers[name] as (request: object) => unknown
  const plain = FAST_PARSERS[name]
  app.route({
    method: declared.method,
    url: declared.path,
    config: { access: accessOf(declared) },
    schema: describeOperation(name, declared, options.ingestNeedsToken),
    ...(plain && { preParsing: beforeBody(options.ingest.assertCapacity) }),
    ...(name === 'rotateToken' && { onSend: stayKnown(options.session) }),
    ...(PLAIN_ANSWERS.has(name) && { serializerCompiler: () => JSON.stringify }),
    handler: (request, reply) => {
      const answer = handle(plain?.(request.headers, request.body) ?? checked(declared, request))
      reply.code(declared.status)
      return answer === undefined ? reply.send() : answer
    },
  })
}

/** The body of a rejected post is not read: under a flood, reading would be most of the work. */
const beforeBody =
  (assertCapacity: () => void): preParsingHookHandler =>
  (_request, _reply, payload, done) => {
    assertCapacity()
    done(null, payload)
  }

/** The browser in which the token was replaced goes on; whoever brought a token gets no cookie. */
const stayKnown =
  (session: Session | undefined): onSendHookHandler =>
  (request, reply, payload, done) => {
    if (reply.statusCode === 200 && request.headers.authorization === undefined) session?.renew(reply)
    done(null, payload)
  }

const PARTS = ['params', 'query', 'headers', 'body'] as const

/** The declared parts, with defaults filled in. Throws 422 with all that is wrong in any of them. */
function checked(declared: Operation, request: FastifyRequest) {
  const parts: Record<string, unknown> = {}
  const errors: FieldError[] = []
  for (const part of PARTS) {
    const schema: z.ZodType | undefined = declared[part]
    if (!schema) continue
    const { input, conflicts } = withCurrentNames(schema, request[part])
    const result = schema.safeParse(input, { error: inPlainWords })
    for (const path of conflicts) errors.push({ path: path.join('.'), message: TWO_NAMES })
    if (result.success) parts[part] = result.data
    // Not spread: a body may have hundreds of thousands.
    else for (const issue of result.error.issues) errors.push(fieldError(issue, part))
  }
  if (errors.length > 0) throw invalidInput(errors)
  return parts
}

const TWO_NAMES = 'has another value under its former name'

/** A path is empty if the part as a whole is wrong. */
const fieldError = ({ path, message }: z.core.$ZodIssue, part: string): FieldError => ({
  path: path.length === 0 ? part : path.join('.'),
  message,
})

/** Replaces zod's messages that aren't plain; undefined keeps them. */
function inPlainWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'is missing'
  if (issue.code === 'invalid_union') {
    const expected = issue.errors.flat().flatMap((inner) => ('expected' in inner ? [inner.expected] : []))
    return `Invalid input: expected ${expected.join(' or ')}`
  }
  return undefined
}
