// Commits a change of the rules together with all that follows from it.
import type { OrphanedEvents } from '../events/orphaned-events.ts'
import type { ChangeFeed } from '../platform/change-feed.ts'
import type { Store } from '../store/types/store.ts'

export interface WriterDeps {
  store: Pick<Store, 'commit'>
  activeRules: { reload(): void }
  orphanedEvents: Pick<OrphanedEvents, 'end'>
  feed: Pick<ChangeFeed, 'publish'>
}

/**
 * @param step runs inside a transaction
 * @param ruleId whose events may be over; null if the rule is deleted
 */
export type WriteRules = <T>(step: () => T, ruleId?: number | null) => Promise<T>

/** The active rules reload within the transaction, so that no sample is evaluated by a rule that is gone by then. */
export function createRuleWriter({ store, activeRules, orphanedEvents, feed }: WriterDeps): WriteRules {
  return async (step, ruleId) => {
    try {
      const { result, changes } = await store.commit(() => {
        const result = step()
        activeRules.reload()
        return { result, changes: ruleId === undefined ? [] : orphanedEvents.end(ruleId) }
      })
      feed.publish(changes)
      return result
    } catch (error) {
      activeRules.reload()
      throw error
    }
  }
}
