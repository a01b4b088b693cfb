// The log of notifications.
import { HOUR } from '../../../../shared/domain/time.ts'
import type { Clock } from '../../platform/ports.ts'
import type { Store } from '../../store/types/store.ts'
import type { Handlers } from './handlers.ts'

export const notificationHandlers = (
  { notifications }: Pick<Store, 'notifications'>,
  clock: Clock,
): Pick<Handlers, 'listNotifications'> => ({
  listNotifications: ({ query: { incident_id, hours, ...page } }) =>
    notifications.list({ ...page, incidentId: incident_id, since: clock.now() - hours * HOUR }),
})
