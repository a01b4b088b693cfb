// Who tells each change at once that is to be told.
import { createDeduplicator } from '../../../electron/core/notify/deduplicator.ts'
import type { Change } from '../../../shared/schemas/change.ts'

/** Gives a function that hears every change in its order and says whether it was told. */
export function tellingAtOnce(
  wanted: Parameters<typeof createDeduplicator>[0] = () => true,
): (change: Change) => boolean {
  const { shouldNotify: isToTell, notified: told } = createDeduplicator(wanted)
  return (change) => {
    const { id, event } = change
    const is = isToTell(change)
    if (is) told(event.incident_id, event.severity, id)
    return is
  }
}
