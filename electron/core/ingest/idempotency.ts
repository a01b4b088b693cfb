// Idempotency keys: a repeat of a post with the same key gets the stored answer and stores no samples.
import { createHash } from 'node:crypto'
import { HOUR } from '../../../shared/domain/time.ts'
import { AppError } from '../platform/errors.ts'
import type { Clock } from '../platform/ports.ts'
import type { RememberedAnswer } from '../store/types/idempotency.ts'
import type { Store } from '../store/types/store.ts'
import type { Post } from './posted-samples.ts'

export const KEY_TTL = HOUR

/** Keys that are stored at a time: an hour at 139 posts per second, some 150 MB. */
export const MAX_KEYS = 500_000

export interface Idempotency {
  /** Whether a post has a new key although the limit of keys is reached. */
  exceedsLimit(post: Post): boolean
  /** Inside a transaction: the stored answer to a repeat. Throws AppError INVALID if the key came with another body. */
  storedAnswer(post: Post): { answer: unknown } | undefined
  /** Inside the same transaction. */
  store(post: Post, answer: unknown): void
}

export function createIdempotency(keys: Store['idempotency'], clock: Clock, maxKeys: number): Idempotency {
  const find = (path: string, key: string): RememberedAnswer | undefined => {
    const known = keys.find(path, key)
    return known && known.at > clock.now() - KEY_TTL ? known : undefined
  }
  return {
    exceedsLimit: ({ path, key }) => key !== undefined && keys.size() >= maxKeys && !find(path, key),
    storedAnswer({ path, key, body }) {
      const known = key === undefined ? undefined : find(path, key)
      if (!known) return undefined
      if (known.digest !== digestOf(body)) throw reusedKey()
      return { answer: known.answer }
    },
    store({ path, key, body }, answer) {
      if (key !== undefined) keys.remember({ path, key, digest: digestOf(body), answer, at: clock.now() })
    },
  }
}

function reusedKey(): AppError {
  const message = 'this key came with another body before'
  return new AppError('INVALID', `Idempotency-Key: ${message}`, { errors: [{ path: 'idempotency-key', message }] })
}

const digestOf = (body: unknown) => createHash('sha256').update(JSON.stringify(body)).digest('base64')
