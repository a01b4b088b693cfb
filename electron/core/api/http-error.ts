// The HTTP status of each failure. The core's errors get theirs from the table; the server's own rejections carry one.
import { DetailedError, type AppError, type ErrorCode, type ErrorDetails } from '../platform/errors.ts'

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

/** A rejection by the server itself, which never reached the core. */
export class HttpError extends DetailedError {
  override readonly name = 'HttpError'
  readonly status: number

  constructor(status: number, detail: string, details?: ErrorDetails) {
    super(detail, details)
    this.status = status
  }
}

export const statusOf = (error: AppError | HttpError): number =>
  error instanceof HttpError ? error.status : STATUS_OF[error.code]

/** Refusals that guards and schemas are known to answer with: metrics count them from 0 on. */
export const REJECTION_STATUSES = [400, 401, 403, 404, 405, 413, 415, 421, 422, 503]

export const nothingHere = () => new HttpError(404, 'There is nothing at this path.')
