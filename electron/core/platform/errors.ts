// The one error that the core throws on purpose; the front door turns it into a problem document.

export interface FieldError {
  /** Dotted path of the field, list positions included: `3.value`. */
  path: string
  message: string
}

interface Details {
  errors?: FieldError[]
  /** Seconds until a retry makes sense; goes with 503. */
  retryAfter?: number
  cause?: unknown
}

export class AppError extends Error {
  readonly status: number
  readonly errors: FieldError[] | undefined
  readonly retryAfter: number | undefined

  /**
   * @param status the HTTP status it is answered with
   * @param detail what is wrong, in plain words
   */
  constructor(status: number, detail: string, { errors, retryAfter, cause }: Details = {}) {
    super(detail, { cause })
    this.name = 'AppError'
    this.status = status
    this.errors = errors
    this.retryAfter = retryAfter
  }
}

export const notFound = (what: string, id: number | string) => new AppError(404, `There is no ${what} ${id}.`)

/** A field whose value passes its own schema but can't be used. */
export const invalidField = (path: string, message: string) =>
  new AppError(422, `${path}: ${message}`, { errors: [{ path, message }] })
