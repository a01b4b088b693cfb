// Live delivery inside the process: who listens hears every change after it was committed.
import type { AnyChange } from '../../../shared/schemas/change.ts'

export interface ChangeFeed {
  publish(changes: readonly AnyChange[]): void
  /** Gives back what ends the subscription. */
  subscribe(listener: (change: AnyChange) => void): () => void
  /** How many listen. */
  listeners(): number
}

export function createChangeFeed(): ChangeFeed {
  const listeners = new Set<(change: AnyChange) => void>()
  return {
    publish(changes) {
      for (const change of changes) for (const listener of listeners) listener(change)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    listeners: () => listeners.size,
  }
}
