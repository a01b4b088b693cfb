// Failures on their way out: whatever was thrown becomes a problem document (RFC 9457), here and nowhere else.
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { Problem } from '../../../shared/schemas/problem.ts'
import { AppError, type FieldError } from '../platform/errors.ts'
import { HttpError, statusOf } from './http-error.ts'
import type { Log } from '../platform/ports.ts'
import { storageUnavailable, writeFailureIn } from '../store/sqlite/write-failure.ts'
import { MethodNotAllowed } from './guards.ts'

export const PROBLEM_TYPE = 'application/problem+json'

export const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
}

/** Of all answers but a host's pages. */
export const OWN_HEADERS = { ...SECURITY_HEADERS, 'cache-control': 'no-store' }

/** Answers with the problem document of an error; internal errors are logged. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Log) {
  const failure = failureOf(error)
  const status = statusOf(failure)
  if (status >= 500 && !isOnPurpose(error)) {
    log.error({ err: error, method: request.method, path: request.routeOptions.url }, 'request failed')
  }
  return (
    reply
      .code(status)
      .headers({ ...OWN_HEADERS, ...headersOf(failure) })
      .type(PROBLEM_TYPE)
      // Bytes go out as they are: text would get a charset, which the media type doesn't have.
      .send(Buffer.from(JSON.stringify(problemOf(failure))))
  )
}

/**
 * Answers on a connection whose request never became one: broken, too large or too slow HTTP.
 *
 * @returns the status; undefined if the client is gone
 */
export function answerMalformed(error: NodeJS.ErrnoException, socket: Socket): number | undefined {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return undefined
  }
  const failure = MALFORMED[error.code ?? ''] ?? new HttpError(400, 'This is not valid HTTP.')
  const body = JSON.stringify(problemOf(failure))
  const headers = {
    ...OWN_HEADERS,
    'content-type': PROBLEM_TYPE,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${failure.status} ${STATUS_CODES[failure.status]}\r\n${head.join('')}\r\n${body}`, () =>
    socket.destroy(),
  )
  return failure.status
}

const MALFORMED: Record<string, HttpError> = {
  ERR_HTTP_REQUEST_TIMEOUT: new HttpError(408, 'The request took too long to arrive.'),
  HPE_HEADER_OVERFLOW: new HttpError(431, 'The path or the headers are too large.'),
}

/** Fields that an answer names. */
const MAX_NAMED = 100

/** @param errors at least one */
export function invalidInput(errors: FieldError[]) {
  const [first, ...others] = errors
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`
  return new HttpError(422, `${first === undefined ? 'The input is invalid' : inWords(first)}${more}.`, {
    errors: errors.slice(0, MAX_NAMED),
  })
}

function inWords({ path, message }: FieldError) {
  const [, item, field] = /^(\d+)(?:\.(.+))?$/.exec(path) ?? []
  if (item === undefined) return `${path}: ${message}`
  return `Item ${item} (counted from 0)${field === undefined ? '' : `, ${field}`}: ${message}`
}

function problemOf(failure: Failure): Problem {
  const { message, errors } = failure
  const status = statusOf(failure)
  const title = STATUS_CODES[status] ?? 'Error'
  return { type: 'about:blank', title, status, detail: message, ...(errors && { errors }) }
}

function headersOf(failure: Failure): Record<string, string> {
  const status = statusOf(failure)
  if (failure instanceof MethodNotAllowed) return { allow: failure.allow }
  if (status === 401) return { 'www-authenticate': 'Bearer' }
  // The rest of a body that is too large, or one too many, is read and thrown away: on a closed connection, a sender
  // that is still busy would lose the answer.
  if (status === 413) return { connection: 'keep-alive' }
  if (failure.retryAfter !== undefined)
    return { connection: 'keep-alive', 'retry-after': String(Math.ceil(failure.retryAfter)) }
  return {}
}

type Failure = AppError | HttpError

const isOnPurpose = (error: unknown): error is Failure => error instanceof AppError || error instanceof HttpError

function failureOf(error: unknown): Failure {
  if (isOnPurpose(error)) return error
  const writeFailure = writeFailureIn(error)
  if (writeFailure !== undefined) return storageUnavailable(writeFailure, error)
  const { code = '', statusCode = 500, message = '' } = Object(error) as Partial<FastifyError>
  const known = FRAMEWORK[code]
  if (known) return known
  if (statusCode >= 400 && statusCode < 500) return new HttpError(statusCode, message)
  return new HttpError(500, 'Internal error. The log of Tocsin has the details.')
}

/** Fastify's own errors, in the program's texts. */
const FRAMEWORK: Record<string, HttpError> = {
  FST_ERR_CTP_BODY_TOO_LARGE: new HttpError(413, 'The body is larger than 1 MiB (uncompressed).'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: new HttpError(415, 'The body must be application/json.'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: new HttpError(400, 'The length of the body does not match Content-Length.'),
  FST_ERR_BAD_URL: new HttpError(400, 'The path is not properly percent-encoded.'),
  FST_ERR_MAX_PARAM_LENGTH: new HttpError(414, 'A value in the path is too long.'),
}
