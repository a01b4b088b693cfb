// A deduplicator whose every decision to notify is carried out at once.
import { createDeduplicator } from '../../../electron/core/notify/deduplicator.ts'
import type { Change } from '../../../shared/schemas/change.ts'

/** Returns a function that takes every change in order and returns whether it notified. */
export function notifyAtOnce(
  isEnabled: Parameters<typeof createDeduplicator>[0] = () => true,
): (change: Change) => boolean {
  const { reasonToNotify, notified } = createDeduplicator(isEnabled)
  return (change) => {
    const { id, event } = change
    const isNotified = reasonToNotify(change) !== null
    if (isNotified) notified([event], id)
    return isNotified
  }
}
