// Live delivery inside the process: listeners get every change after it was committed.
import type { AnyChange } from '../../../shared/schemas/change.ts'

export interface ChangeFeed {
  publish(changes: readonly AnyChange[]): void
  /**
   * Gives back what ends the subscription.
   *
   * @param isInternal whether a part of the program itself listens, which `listeners` doesn't count
   */
  subscribe(listener: (change: AnyChange) => void, isInternal?: boolean): () => void
  /** How many readers listen. */
  listeners(): number
}

export function createChangeFeed(): ChangeFeed {
  const listeners = new Set<(change: AnyChange) => void>()
  const internal = new Set<(change: AnyChange) => void>()
  return {
    publish(changes) {
      for (const change of changes) {
        for (const listener of internal) listener(change)
        for (const listener of listeners) listener(change)
      }
    },
    subscribe(listener, isInternal = false) {
      const subscribed = isInternal ? internal : listeners
      subscribed.add(listener)
      return () => void subscribed.delete(listener)
    },
    listeners: () => listeners.size,
  }
}
