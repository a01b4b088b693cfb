// Incidents as the engineer handles them: listed, and acted on as one.
import { toIso } from '../../../shared/domain/time.ts'
import type { IncidentPage, IncidentWithMembers } from '../../../shared/schemas/incident.ts'
import { textsFor } from '../../../shared/texts/texts.ts'
import { AppError } from '../platform/errors.ts'
import type { IncidentFilter } from '../store/types/incidents.ts'
import type { StoredEvent } from '../store/types/events.ts'
import type { Store } from '../store/types/store.ts'
import type { EventActions } from './actions.ts'
import { createIncidentDescriptions } from './incident-descriptions.ts'
import { createIncidentMembers } from './incident-members.ts'
import type { SilenceService } from './silencing/service.ts'
import type { Silences } from './silencing/silences.ts'

const texts = textsFor()

type Change = (id: number, comment: string | undefined) => Promise<IncidentWithMembers>
type ChangeUntil = (id: number, until: number, comment: string | undefined) => Promise<IncidentWithMembers>

/** Each throws NOT_FOUND if there is no such incident. Times are milliseconds since 1970. */
export interface IncidentService {
  list(filter: IncidentFilter): IncidentPage
  get(id: number): IncidentWithMembers
  /** WRONG_STATE if none of its events is OPEN. */
  acknowledge: Change
  /** WRONG_STATE if it has ended. */
  resolve: Change
  /** WRONG_STATE if it has ended. */
  snooze: ChangeUntil
  /** WRONG_STATE if it has ended, LIMIT if there are too many silences. */
  silence: ChangeUntil
  /** Its live events, or all if it has ended. CONFLICT if none is left to be confirmed. */
  confirm: Change
  /** The events with which it ended. CONFLICT if it goes on, or none of them can be live again. */
  reopen: Change
  /** The last change by a person, on all events that it changed. CONFLICT if there is nothing to undo. */
  undo: Change
  /** On its live events, or on all if it has ended. */
  comment(id: number, comment: string): Promise<IncidentWithMembers>
}

interface Deps {
  store: Pick<Store, 'events' | 'incidents' | 'series'>
  actions: EventActions
  silencing: Pick<SilenceService, 'snooze'>
  silences: Pick<Silences, 'createAll'>
}

export function createIncidentService({ store, actions, silencing, silences }: Deps): IncidentService {
  const { incidents } = store
  const { describe, withMembers } = createIncidentDescriptions(store)
  const members = createIncidentMembers(store, (id) => actions.get(id).undo !== null)
  const get = (id: number) => withMembers(members.incident(id))

  async function act(id: number, ids: readonly number[], step: (event: number) => Promise<unknown>) {
    await all(ids, step)
    return get(id)
  }

  return {
    list(filter) {
      const { total, rows } = incidents.list(filter)
      return { total, incidents: rows.map(describe) }
    },
    get,
    async acknowledge(id, comment) {
      const open = members.live(id).filter(({ status }) => status === 'OPEN')
      if (open.length === 0) throw new AppError('WRONG_STATE', `Incident ${id} is already acknowledged.`)
      return act(id, idsOf(open), (event) => actions.acknowledge(event, comment))
    },
    resolve: async (id, comment) => act(id, idsOf(members.live(id)), (event) => actions.resolve(event, comment)),
    snooze: async (id, until, comment) =>
      act(id, idsOf(members.live(id)), (event) => silencing.snooze(event, until, comment)),
    async silence(id, until, comment = texts.incidentSilenced({ id })) {
      const series = new Map(members.live(id).map((member) => [member.series_id, member]))
      const to = toIso(until)
      await silences.createAll(
        Array.from(series.values(), ({ source, metric_type }) => ({ source, metric_type, to, comment })),
      )
      return get(id)
    },
    async confirm(id, comment) {
      const left = members
        .concerned(id)
        .filter((event) => event.confirmed_at === null && event.status !== 'FALSE_POSITIVE')
      if (left.length === 0) throw new AppError('CONFLICT', `Incident ${id} has no event left to confirm.`)
      return act(id, idsOf(left), (event) => actions.confirm(event, comment))
    },
    reopen: async (id, comment) => act(id, idsOf(members.endedLast(id)), (event) => actions.reopen(event, comment)),
    undo: async (id, comment) => act(id, members.changedLast(id), (event) => actions.undo(event, comment)),
    comment: async (id, comment) => act(id, idsOf(members.concerned(id)), (event) => actions.comment(event, comment)),
  }
}

const idsOf = (events: readonly StoredEvent[]) => events.map(({ id }) => id)

const isMeanwhile = (error: unknown) =>
  error instanceof AppError && (error.code === 'WRONG_STATE' || error.code === 'CONFLICT')

/**
 * Handed over in one turn, they are committed together. An event that changed by itself meanwhile is left as it is; if all
 * of them are, the first reason is thrown.
 */
async function all(ids: readonly number[], act: (id: number) => Promise<unknown>): Promise<void> {
  const results = await Promise.allSettled(ids.map(act))
  const refused = results.filter((result) => result.status === 'rejected').map(({ reason }): unknown => reason)
  for (const reason of refused) if (!isMeanwhile(reason) || refused.length === results.length) throw reason
}
