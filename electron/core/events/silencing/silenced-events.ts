// Writes on live events what silences them, with the line in their timeline; always inside the transaction of its caller.
import { DAY, toIso } from '../../../../shared/domain/time.ts'
import { isLive } from '../../../../shared/domain/event-status.ts'
import type { Change } from '../../../../shared/schemas/change.ts'
import { AppError, required } from '../../platform/errors.ts'
import type { Clock } from '../../platform/ports.ts'
import type { StoredEvent } from '../../store/types/events.ts'
import type { Store } from '../../store/types/store.ts'
import type { Silencer } from './active-silence.ts'
import { isDifferent, silencedFields, timelineLine, type SilencedFields } from './silenced-fields.ts'

/** Milliseconds by which a clock may have been ahead when somebody snoozed an event. */
const MAX_AHEAD = DAY

interface Deps {
  store: Pick<Store, 'events' | 'changes'>
  clock: Clock
}

export function createSilencedEvents({ store, clock }: Deps) {
  const { events } = store

  const liveEvent = (id: number): StoredEvent => {
    const event = required(events.get(id), 'event', id)
    if (!isLive(event)) throw new AppError('WRONG_STATE', `Event ${id} is ${event.status}.`)
    return event
  }

  const change = (event: StoredEvent, silencing: SilencedFields, line?: Parameters<typeof note>[1]): Change => {
    if (line) note(event, line)
    return store.changes.append('event_updated', events.update(event.id, silencing))
  }
  const note = ({ id }: StoredEvent, line: ReturnType<typeof timelineLine> & { who: string }) =>
    events.addToTimeline(id, { ...line, at: toIso(clock.now()) })

  /** One that was made by a clock that was ahead by more than a day would last for who knows how long. */
  const isSnoozed = ({ id, silenced_by, silenced_until }: StoredEvent, now: number): boolean => {
    if (silenced_by !== 'snooze' || Date.parse(silenced_until ?? '') <= now) return false
    const made = events.timeline(id).findLast(({ kind }) => kind === 'silenced')
    return !made || Date.parse(made.at) <= now + MAX_AHEAD
  }

  /** Has an event follow its silences; a snooze that still runs stays. */
  const follow = (id: number, silencer: Silencer, who: string): Change[] => {
    const event = events.get(id)
    const now = clock.now()
    if (!event || !isLive(event) || isSnoozed(event, now)) return []
    const match = silencer.match(event, now)
    const silencing = silencedFields(match)
    if (isDifferent(event, silencing)) return [change(event, silencing, { ...timelineLine(match), who })]
    return event.silenced_until === silencing.silenced_until ? [] : [change(event, silencing)]
  }

  return { liveEvent, change, note, follow }
}
