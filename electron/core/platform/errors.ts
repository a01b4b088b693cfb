// The error that the core throws on purpose. Its code says what kind of failure it is; only the API knows which HTTP
// status that means.

export type ErrorCode =
  /** A value can't be used; `errors` names the field. */
  | 'INVALID'
  /** There is no such thing. */
  | 'NOT_FOUND'
  /** What is there already, or was changed meanwhile, is in the way. */
  | 'CONFLICT'
  /** The thing is in a state in which this can't be done to it. */
  | 'WRONG_STATE'
  /** More than there may be. */
  | 'LIMIT'
  /** More in one request than there may be. */
  | 'BATCH_TOO_LARGE'
  /** Too much at once; `retryAfter` says when to try again. */
  | 'OVERLOADED'
  /** It can't be done just now, through no fault of the request. */
  | 'UNAVAILABLE'
  /** Another server could not be reached, or answered what is no answer. */
  | 'UPSTREAM_FAILED'
  /** Another server took too long. */
  | 'UPSTREAM_TIMEOUT'

export interface FieldError {
  /** Dotted path of the field, list positions included: `3.value`. */
  path: string
  message: string
}

export interface ErrorDetails {
  errors?: FieldError[]
  /** Seconds until a retry makes sense. */
  retryAfter?: number
  cause?: unknown
}

/** An error that is meant for the caller, with all that the answer names. */
export abstract class DetailedError extends Error {
  readonly errors: FieldError[] | undefined
  readonly retryAfter: number | undefined

  /** @param detail what is wrong, in plain words */
  constructor(detail: string, { errors, retryAfter, cause }: ErrorDetails = {}) {
    super(detail, { cause })
    this.errors = errors
    this.retryAfter = retryAfter
  }
}

export class AppError extends DetailedError {
  override readonly name = 'AppError'
  readonly code: ErrorCode

  constructor(code: ErrorCode, detail: string, details?: ErrorDetails) {
    super(detail, details)
    this.code = code
  }
}

export const notFound = (what: string, id: number | string) => new AppError('NOT_FOUND', `There is no ${what} ${id}.`)

/** A field whose value passes its own schema but can't be used. */
export const invalidField = (path: string, message: string) =>
  new AppError('INVALID', `${path}: ${message}`, { errors: [{ path, message }] })

/** What was found by its id. Throws AppError NOT_FOUND if there is no such thing. */
export function required<T>(found: T | undefined, what: string, id: number | string): T {
  if (found === undefined) throw notFound(what, id)
  return found
}
