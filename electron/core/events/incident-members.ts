// Which events of an incident an operation on it concerns.
import { isLive } from '../../../shared/domain/event-status.ts'
import { MINUTE, SECOND } from '../../../shared/domain/time.ts'
import { AppError, required } from '../platform/errors.ts'
import type { StoredEvent } from '../store/types/events.ts'
import type { IncidentRow } from '../store/types/incidents.ts'
import type { Store } from '../store/types/store.ts'

/** Events that ended so long before the last one are not what an incident ended with. */
const ENDED_TOGETHER = 10 * MINUTE
/** Changes of an incident's events this far apart are one change of the incident. */
const CHANGED_TOGETHER = 5 * SECOND

/** Each throws AppError NOT_FOUND. */
export function createIncidentMembers(
  { events, incidents }: Pick<Store, 'events' | 'incidents'>,
  isUndoable: (event: number) => boolean,
) {
  const incident = (id: number): IncidentRow => required(incidents.get(id), 'incident', id)
  const eventsOf = (ids: readonly number[]): StoredEvent[] => ids.map((event) => events.get(event)!)
  const membersOf = (id: number) => eventsOf(incidents.memberIds(incident(id).id, -1))

  function live(id: number): StoredEvent[] {
    const found = eventsOf(incidents.liveMemberIds(incident(id).id))
    if (found.length === 0) throw new AppError('WRONG_STATE', `Incident ${id} has ended.`)
    return found
  }

  /** Those that go on; of an incident that has ended, all. */
  function concerned(id: number): StoredEvent[] {
    const found = membersOf(id)
    return found.some(isLive) ? found.filter(isLive) : found
  }

  function endedLast(id: number): StoredEvent[] {
    const { ended_at: end } = incident(id)
    if (end === null) throw new AppError('CONFLICT', `Incident ${id} has not ended.`)
    return membersOf(id).filter(
      ({ status, resolved_at }) => status === 'RESOLVED' && end - Date.parse(resolved_at!) <= ENDED_TOGETHER,
    )
  }

  function changedLast(id: number): number[] {
    const undos = membersOf(id).flatMap((event) => {
      const undo = isUndoable(event.id) && events.undoOf(event.id)
      return undo ? [{ id: event.id, ...undo }] : []
    })
    const newest = undos.toSorted((one, other) => other.at - one.at)[0]
    if (!newest) throw new AppError('CONFLICT', `Incident ${id} has nothing to undo.`)
    return undos
      .filter(({ kind, at }) => kind === newest.kind && newest.at - at <= CHANGED_TOGETHER)
      .map((one) => one.id)
  }

  return { incident, live, concerned, endedLast, changedLast }
}
