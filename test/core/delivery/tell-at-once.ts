// Who tells each change at once that is to be told.
import { createTelling } from '../../../electron/core/delivery/telling.ts'
import type { Change } from '../../../shared/schemas/change.ts'

/** Gives a function that hears every change in its order and says whether it was told. */
export function tellingAtOnce(wanted: Parameters<typeof createTelling>[0] = () => true): (change: Change) => boolean {
  const { isToTell, told } = createTelling(wanted)
  return (change) => {
    const { id, event } = change
    const is = isToTell(change)
    if (is) told(event.incident_id, event.severity, id)
    return is
  }
}
