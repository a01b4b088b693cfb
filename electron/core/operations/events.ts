// Events and what the engineer does with them.
import type { Desk } from '../events/desk.ts'
import type { Clock } from '../ports.ts'
import type { Store } from '../store/store.ts'
import type { Handlers } from './handlers.ts'

const HOUR = 3_600_000

interface Deps {
  store: Pick<Store, 'events' | 'summary'>
  desk: Desk
  clock: Clock
}

type EventHandlers = Pick<
  Handlers,
  'listEvents' | 'getEvent' | 'acknowledgeEvent' | 'resolveEvent' | 'markFalsePositive' | 'getSummary'
>

export const eventHandlers = ({ store, desk, clock }: Deps): EventHandlers => ({
  listEvents: ({ query: { status, severity, source, metric_type, hours, limit, offset } }) =>
    store.events.list({
      status,
      severity,
      source,
      metricType: metric_type,
      since: clock.now() - hours * HOUR,
      limit,
      offset,
    }),

  getEvent: ({ params }) => desk.get(params.event_id),

  async acknowledgeEvent({ params, query }) {
    await desk.acknowledge(params.event_id, query.comment)
    return { event_id: params.event_id, status: 'ACKNOWLEDGED' }
  },

  async resolveEvent({ params, query }) {
    await desk.resolve(params.event_id, query.comment)
    return { event_id: params.event_id, status: 'RESOLVED' }
  },

  async markFalsePositive({ params, query }) {
    await desk.markFalsePositive(params.event_id, query.comment)
    return { event_id: params.event_id, status: 'FALSE_POSITIVE' }
  },

  getSummary({ query: { hours, tz } }) {
    return { period_hours: hours, ...store.summary(clock.now() - hours * HOUR, tz) }
  },
})
