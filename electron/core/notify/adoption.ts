// The notification that an event ended because its level is the new normal: whoever was notified of it may want to undo that.
import type { Change } from '../../../shared/schemas/change.ts'
import type { Severity } from '../../../shared/schemas/event.ts'
import { textsFor } from '../../../shared/texts/texts.ts'
import type { Store } from '../store/types/store.ts'
import { plainMessage, type NotificationMessage } from './message.ts'

const texts = textsFor()

/** Undefined for every other change. `isEnabled`: whether notifications of a severity are enabled now. */
export function adoptionMessage(
  { event: { id, resolution, severity } }: Change,
  events: Pick<Store['events'], 'get' | 'timeline'>,
  isEnabled: (severity: Severity) => boolean,
): NotificationMessage | undefined {
  if (resolution !== 'adopted' || !isEnabled(severity)) return undefined
  const event = events.get(id)
  const line = events.timeline(id).at(-1)
  // What comes later, such as a comment, has another line.
  if (!event || event.notified_at === null || event.silenced_by || line?.kind !== 'adopted') return undefined
  return plainMessage(event, texts.adoptionTitle(event), `${line.comment} ${texts.adoptionUndo()}`)
}
