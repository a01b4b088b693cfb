// Events and what the engineer does with them.
import { HOUR } from '../../../../shared/domain/time.ts'
import type { RequestOf } from '../../../../shared/contract/operation.ts'
import type { Operations } from '../../../../shared/contract/operations.ts'
import type { EventActions } from '../../events/actions.ts'
import { createPresentValue } from '../../events/present-value.ts'
import type { Clock } from '../../platform/ports.ts'
import type { SilenceService } from '../../events/silencing/service.ts'
import type { Store } from '../../store/types/store.ts'
import type { Handlers } from './handlers.ts'
import { snoozeEnd } from './snooze-end.ts'

interface Deps {
  store: Pick<Store, 'events' | 'series' | 'summary'>
  actions: EventActions
  silencing: Pick<SilenceService, 'snooze' | 'unsnooze'>
  clock: Clock
}

type EventHandlers = Pick<
  Handlers,
  | 'listEvents'
  | 'countEvents'
  | 'getEvent'
  | 'acknowledgeEvent'
  | 'resolveEvent'
  | 'markFalsePositive'
  | 'confirmEvent'
  | 'reopenEvent'
  | 'undoEvent'
  | 'commentOnEvent'
  | 'snoozeEvent'
  | 'unsnoozeEvent'
  | 'getSummary'
>

export const eventHandlers = ({ store, actions, silencing, clock }: Deps): EventHandlers => ({
  listEvents: ({ query: { limit, offset, ...filter } }) =>
    store.events.list({ ...conditionOf(filter, clock.now()), limit, offset }).map(createPresentValue(store.series)),

  countEvents: ({ query }) => ({ total: store.events.count(conditionOf(query, clock.now())) }),

  getEvent: ({ params }) => actions.get(params.event_id),

  async acknowledgeEvent({ params, query }) {
    await actions.acknowledge(params.event_id, query.comment)
    return { event_id: params.event_id, status: 'ACKNOWLEDGED' }
  },

  async resolveEvent({ params, query }) {
    await actions.resolve(params.event_id, query.comment)
    return { event_id: params.event_id, status: 'RESOLVED' }
  },

  async markFalsePositive({ params, query }) {
    await actions.markFalsePositive(params.event_id, query.comment)
    return { event_id: params.event_id, status: 'FALSE_POSITIVE' }
  },

  async confirmEvent({ params, query }) {
    await actions.confirm(params.event_id, query.comment)
    return actions.get(params.event_id)
  },

  async reopenEvent({ params, query }) {
    await actions.reopen(params.event_id, query.comment)
    return actions.get(params.event_id)
  },

  async undoEvent({ params, query }) {
    await actions.undo(params.event_id, query.comment)
    return actions.get(params.event_id)
  },

  async commentOnEvent({ params, body }) {
    await actions.comment(params.event_id, body.comment)
    return actions.get(params.event_id)
  },

  snoozeEvent: ({ params, query }) => silencing.snooze(params.event_id, snoozeEnd(query, clock.now()), query.comment),

  unsnoozeEvent: ({ params, query }) => silencing.unsnooze(params.event_id, query.comment),

  getSummary({ query: { hours, tz } }) {
    return { period_hours: hours, ...store.summary(clock.now() - hours * HOUR, tz) }
  },
})

const conditionOf = (
  { metric_type, incident_id, rule_id, q, hours, ...filter }: RequestOf<Operations['countEvents']>['query'],
  now: number,
) => ({
  ...filter,
  metricType: metric_type,
  incidentId: incident_id,
  ruleId: rule_id,
  text: q,
  since: now - hours * HOUR,
})
