// One attempt to post a batch, and what the answer means for the batch.
import { SECOND } from '../../shared/domain/time.ts'
import { operations } from '../../shared/contract/operations.ts'
import { problem } from '../../shared/schemas/problem.ts'

type Outcome =
  | { kind: 'accepted' }
  /** The batch itself is invalid: a retry would not help. */
  | { kind: 'rejected'; reason: string }
  /** A retry may succeed, after `waitMs` if the answer named a time. */
  | { kind: 'retry'; reason: string; waitMs: number }

/** Never rejects. `key` is the Idempotency-Key; the signal aborts the attempt. */
export type Post = (body: string, key: string, signal: AbortSignal) => Promise<Outcome>

interface Target {
  /** The address of Tocsin, such as `http://127.0.0.1:8642`. */
  url: string
  /** Gives the current token. */
  token?: (() => string) | undefined
  fetch?: typeof globalThis.fetch | undefined
}

const TIMEOUT_MS = 5 * SECOND
const RETRYABLE_STATUSES = new Set([408, 429])

export function createPost({ url, token, fetch = globalThis.fetch }: Target): Post {
  const target = url.replace(/\/+$/, '') + operations.postMetricsBatch.path
  return async (body, key, signal) => {
    const attempt = new AbortController()
    const abort = () => attempt.abort()
    const timer = setTimeout(abort, TIMEOUT_MS)
    signal.addEventListener('abort', abort)
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
      const reason = attempt.signal.aborted ? `no answer within ${TIMEOUT_MS / SECOND} s` : causeOf(error)
      return { kind: 'retry', reason, waitMs: 0 }
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
    }
  }
}

function outcomeOf({ ok, status, headers }: Response, text: string): Outcome {
  if (ok) return { kind: 'accepted' }
  const reason = `${status} ${detailOf(text)}`.trim()
  return status >= 500 || RETRYABLE_STATUSES.has(status)
    ? { kind: 'retry', reason, waitMs: retryAfterMs(headers.get('retry-after')) }
    : { kind: 'rejected', reason }
}

/** Retry-After holds seconds or a date. */
function retryAfterMs(value: string | null): number {
  if (value === null) return 0
  const ms = /^\d+$/.test(value) ? Number(value) * SECOND : Date.parse(value) - Date.now()
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
