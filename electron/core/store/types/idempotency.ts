// Answers that are remembered by their idempotency key.

export interface RememberedAnswer {
  path: string
  key: string
  /** Digest of the body that came with the key. */
  digest: string
  answer: unknown
  at: number
}

export interface IdempotencyStore {
  find(path: string, key: string): RememberedAnswer | undefined
  remember(answer: RememberedAnswer): void
  /** How many are kept, or a little more than that. */
  size(): number
  removeBefore(time: number): void
  /** Sets the time of all that is kept. */
  renew(at: number): void
}
