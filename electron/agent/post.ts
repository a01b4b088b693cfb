// One attempt to hand a batch over, and what its answer means for the batch.
import { operations } from '../../shared/contract/operations.ts'
import { problem } from '../../shared/schemas/problem.ts'

type Outcome =
  | { kind: 'taken' }
  /** The batch is at fault: sending it again would not help. */
  | { kind: 'refused'; reason: string }
  /** Something else is at fault: the batch may go through later, after `waitMs` if the answer named a time. */
  | { kind: 'later'; reason: string; waitMs: number }

/** Never rejects. `key` is the Idempotency-Key; ending the signal gives the attempt up. */
export type Post = (body: string, key: string, signal: AbortSignal) => Promise<Outcome>

interface Target {
  /** Where Tocsin listens, such as `http://127.0.0.1:8642`. */
  url: string
  /** As it is now. */
  token?: (() => string) | undefined
  fetch?: typeof globalThis.fetch | undefined
}

const TIMEOUT_MS = 5_000
const PASSING_STATUSES = new Set([408, 429])

export function createPost({ url, token, fetch = globalThis.fetch }: Target): Post {
  const target = url.replace(/\/+$/, '') + operations.postMetricsBatch.path
  return async (body, key, signal) => {
    const attempt = new AbortController()
    const giveUp = () => attempt.abort()
    const timer = setTimeout(giveUp, TIMEOUT_MS)
    signal.addEventListener('abort', giveUp)
    try {
      const response = await fetch(target, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': key,
          ...(token && { authorization: `Bearer ${token()}` }),
        },
        body,
        // A redirected POST may turn into a GET that "succeeds" without storing anything.
        redirect: 'manual',
        signal: attempt.signal,
      })
      return outcomeOf(response, await response.text())
    } catch (error) {
      const reason = attempt.signal.aborted ? `no answer within ${TIMEOUT_MS / 1000} s` : causeOf(error)
      return { kind: 'later', reason, waitMs: 0 }
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', giveUp)
    }
  }
}

function outcomeOf({ ok, status, headers }: Response, text: string): Outcome {
  if (ok) return { kind: 'taken' }
  const reason = `${status} ${detailOf(text)}`.trim()
  return status >= 500 || PASSING_STATUSES.has(status)
    ? { kind: 'later', reason, waitMs: retryAfterMs(headers.get('retry-after')) }
    : { kind: 'refused', reason }
}

/** Retry-After is a number of seconds or a date. */
function retryAfterMs(value: string | null): number {
  if (value === null) return 0
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now()
  return Number.isNaN(ms) ? 0 : Math.max(0, ms)
}

function detailOf(text: string): string {
  try {
    return problem.parse(JSON.parse(text)).detail
  } catch {
    return ''
  }
}

/** fetch says only "fetch failed"; its cause says why. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error ? cause.message || cause.name : String(cause)
}
