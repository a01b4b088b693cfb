// An error on its way to the client, with the status of the answer. What the core throws becomes one here; the
// server's own errors are thrown as such.
import { AppError, type ErrorCode, type ErrorDetails, type FieldError } from '../platform/errors.ts'

const STATUS_OF: Record<ErrorCode, number> = {
  INVALID: 422,
  NOT_FOUND: 404,
  CONFLICT: 409,
  WRONG_STATE: 400,
  LIMIT: 422,
  BATCH_TOO_LARGE: 400,
  OVERLOADED: 503,
  UNAVAILABLE: 503,
  UPSTREAM_FAILED: 502,
  UPSTREAM_TIMEOUT: 504,
}

export class HttpError extends Error {
  readonly status: number
  readonly errors: FieldError[] | undefined
  readonly retryAfter: number | undefined

  /** @param detail what is wrong, in plain words */
  constructor(status: number, detail: string, { errors, retryAfter, cause }: ErrorDetails = {}) {
    super(detail, { cause })
    this.name = 'HttpError'
    this.status = status
    this.errors = errors
    this.retryAfter = retryAfter
  }
}

export const toHttpError = (error: AppError): HttpError => {
  const { code, message, errors, retryAfter, cause } = error
  return new HttpError(STATUS_OF[code], message, {
    cause,
    ...(errors && { errors }),
    ...(retryAfter !== undefined && { retryAfter }),
  })
}

export const nothingHere = () => new HttpError(404, 'There is nothing at this path.')
