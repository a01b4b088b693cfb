// Whether an event that has ended can be live again: something must be able to resolve it.
import { isLive } from '../../../shared/domain/event-status.ts'
import { AppError } from '../platform/errors.ts'
import type { StoredEvent } from '../store/types/events.ts'
import type { Store } from '../store/types/store.ts'
import { createNamesMatcher } from './silencing/active-silence.ts'

export function createReopening({ events, rules }: Pick<Store, 'events' | 'rules'>) {
  function obstacle({ id, drill, rule_id, series_id, ...names }: StoredEvent): string | undefined {
    if (drill) return `Event ${id} is of a drill, which resolves by itself.`
    const rule = rule_id === null ? undefined : rules.get(rule_id)
    if (!rule) return `The rule of event ${id} was deleted. Nothing would resolve the event.`
    if (!rule.is_active) return `The rule of event ${id} is disabled. Nothing would resolve the event.`
    if (!createNamesMatcher(rule)(names))
      return `The rule of event ${id} no longer matches its series. Nothing would resolve the event.`
    const newest = events.newest(rule.id, series_id)
    if (!newest || newest.id === id) return undefined
    return `Event ${newest.id} of the same rule and series is newer${isLive(newest) ? ' and goes on' : ''}.`
  }

  return {
    /** Throws AppError CONFLICT. */
    assertPossible(event: StoredEvent): void {
      const reason = obstacle(event)
      if (reason !== undefined) throw new AppError('CONFLICT', reason)
    },
  }
}
