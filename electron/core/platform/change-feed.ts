// Live delivery inside the process: listeners get every change after it was committed.
import type { Change } from '../../../shared/schemas/change.ts'

export interface ChangeFeed {
  publish(changes: readonly Change[]): void
  /** Gives back what ends the subscription. */
  subscribe(listener: (change: Change) => void): () => void
  /** How many listen. */
  listeners(): number
}

export function createChangeFeed(): ChangeFeed {
  const listeners = new Set<(change: Change) => void>()
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
