// Live events whose rule was deleted, was switched off or looks elsewhere by now, or whose series was forgotten: nobody
// would notice that their series is normal again, so they end with their rule or series.
import type { Change } from '../../../shared/schemas/change.ts'
import type { Store } from '../store/types/store.ts'
import type { StoredEvent } from '../store/types/events.ts'
import { textsFor } from '../../../shared/texts/texts.ts'
import { TOCSIN } from '../../../shared/domain/event-status.ts'

const texts = textsFor()

interface Deps {
  store: Pick<Store, 'events' | 'changes' | 'rules'>
  activeRules: { watches(ruleId: number, source: string, metricType: string): boolean }
  now(): string
}

export interface OrphanedEvents {
  /**
   * Inside a transaction, once the active rules have followed the change of a rule.
   *
   * @param ruleId null for the events of rules that were deleted
   * @returns the changes to publish once it is committed
   */
  end(ruleId: number | null): Change[]
  /** The same for all rules, as at a start. */
  endAll(): Change[]
  /** Inside a transaction: ends those of a series that is being deleted. */
  endOfSeries(seriesId: number): Change[]
}

export function createOrphanedEvents({ store: { events, changes, rules }, activeRules, now }: Deps): OrphanedEvents {
  const reasonFor = (ruleId: number | null) => {
    if (ruleId === null) return texts.ruleDeleted()
    return rules.get(ruleId)?.is_active ? texts.ruleNoLongerMatches() : texts.ruleDisabled()
  }

  const end = (ruleId: number | null) =>
    events
      .liveOfRule(ruleId)
      .filter(({ source, metric_type }) => ruleId === null || !activeRules.watches(ruleId, source, metric_type))
      .map((event) => resolve(event, reasonFor(ruleId)))

  function resolve({ id }: StoredEvent, comment: string): Change {
    const at = now()
    events.addToTimeline(id, { at, kind: 'resolved', who: TOCSIN, comment })
    return changes.append(
      'event_updated',
      events.update(id, { status: 'RESOLVED', resolved_at: at, resolved_by: TOCSIN }),
    )
  }

  return {
    end,
    endAll: () => [null, ...rules.all().map(({ id }) => id)].flatMap(end),
    endOfSeries: (seriesId) => events.liveOfSeries(seriesId).map((event) => resolve(event, texts.sourceDeleted())),
  }
}
