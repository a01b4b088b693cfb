// Incidents as the engineer sees and handles them: read from their events, and acted on as one.
import { toIso } from '../../../shared/domain/time.ts'
import type { Incident, IncidentPage, IncidentWithMembers } from '../../../shared/schemas/incident.ts'
import { MAX_MEMBERS } from '../../../shared/schemas/incident.ts'
import { AppError, required } from '../platform/errors.ts'
import type { IncidentFilter, IncidentRow } from '../store/types/incidents.ts'
import type { StoredEvent } from '../store/types/events.ts'
import type { Store } from '../store/types/store.ts'
import type { EventActions } from './actions.ts'
import { incidentTitle } from './incident-title.ts'
import type { SilenceService } from './silencing/service.ts'

export interface IncidentService {
  list(filter: IncidentFilter): IncidentPage
  /** NOT_FOUND if there is no such incident. */
  get(id: number): IncidentWithMembers
  /** NOT_FOUND if there is no such incident, WRONG_STATE if none of its events is OPEN. */
  acknowledge(id: number, comment: string | undefined): Promise<IncidentWithMembers>
  /** NOT_FOUND if there is no such incident, WRONG_STATE if it has ended. */
  resolve(id: number, comment: string | undefined): Promise<IncidentWithMembers>
  /** NOT_FOUND if there is no such incident, WRONG_STATE if it has ended. `until` in milliseconds since 1970. */
  snooze(id: number, until: number, comment: string | undefined): Promise<IncidentWithMembers>
}

interface Deps {
  store: Pick<Store, 'events' | 'incidents'>
  actions: Pick<EventActions, 'acknowledge' | 'resolve'>
  silences: Pick<SilenceService, 'snooze'>
}

export function createIncidentService({ store, actions, silences }: Deps): IncidentService {
  const { events, incidents } = store

  const existing = (id: number): IncidentRow => required(incidents.get(id), 'incident', id)

  const eventsOf = (ids: readonly number[]): StoredEvent[] => ids.map((id) => events.get(id)!)

  function describe(row: IncidentRow): Incident {
    const [first, ...others] = eventsOf(incidents.memberIds(row.id, 2))
    const { open, acknowledged } = row
    return {
      id: row.id,
      title: incidentTitle(first!, others.length, row),
      severity: row.severity,
      status: open > 0 ? 'OPEN' : acknowledged > 0 ? 'ACKNOWLEDGED' : 'RESOLVED',
      began_at: toIso(row.began_at),
      ended_at: row.ended_at === null ? null : toIso(row.ended_at),
      first_mover: {
        event_id: first!.id,
        source: first!.source,
        metric_type: first!.metric_type,
        began_at: toIso(row.began_at),
      },
      sources: row.sources,
      series: row.series,
      events: row.events,
      open,
      acknowledged,
      drill: row.drill,
    }
  }

  const withMembers = (id: number): IncidentWithMembers => ({
    ...describe(existing(id)),
    members: eventsOf(incidents.memberIds(id, MAX_MEMBERS)),
  })

  function liveMembers(id: number): number[] {
    existing(id)
    const ids = incidents.liveMemberIds(id)
    if (ids.length === 0) throw new AppError('WRONG_STATE', `Incident ${id} has ended.`)
    return ids
  }

  return {
    list(filter) {
      const { total, rows } = incidents.list(filter)
      return { total, incidents: rows.map(describe) }
    },
    get: withMembers,
    async acknowledge(id, comment) {
      const open = liveMembers(id).filter((event) => events.get(event)!.status === 'OPEN')
      if (open.length === 0) throw new AppError('WRONG_STATE', `Incident ${id} is already acknowledged.`)
      await all(open, (event) => actions.acknowledge(event, comment))
      return withMembers(id)
    },
    async resolve(id, comment) {
      await all(liveMembers(id), (event) => actions.resolve(event, comment))
      return withMembers(id)
    },
    async snooze(id, until, comment) {
      await all(liveMembers(id), (event) => silences.snooze(event, until, comment))
      return withMembers(id)
    },
  }
}

const isMeanwhile = (error: unknown) => error instanceof AppError && error.code === 'WRONG_STATE'

/** Handed over in one turn, they are committed together; an event that changed by itself meanwhile is left as it is. */
async function all(ids: readonly number[], act: (id: number) => Promise<unknown>): Promise<void> {
  for (const result of await Promise.allSettled(ids.map(act)))
    if (result.status === 'rejected' && !isMeanwhile(result.reason)) throw result.reason
}
