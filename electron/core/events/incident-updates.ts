// Says on the stream how incidents change: after the changes of their events, once for all of a second.
import { isOfEvent } from '../../../shared/schemas/change.ts'
import { SECOND } from '../../../shared/domain/time.ts'
import type { ChangeFeed } from '../platform/change-feed.ts'
import type { Log } from '../platform/ports.ts'
import type { Store } from '../store/types/store.ts'
import { createIncidentDescriptions } from './incident-descriptions.ts'

const EVERY = SECOND
/** Incidents that are read and written in one turn. */
const MAX_PER_TURN = 50
/** What was published last of each incident; of more, it is published again. */
const MAX_REMEMBERED = 1000
/** Changes of an earlier run that may not have been followed by those of their incidents. */
const MAX_CAUGHT_UP = 500

interface Deps {
  store: Pick<Store, 'events' | 'incidents' | 'series' | 'changes' | 'transaction'>
  feed: Pick<ChangeFeed, 'publish' | 'subscribe'>
  log: Log
}

/** Returns what says the rest and ends it. */
export function startIncidentUpdates({ store, feed, log }: Deps): () => void {
  const { describe } = createIncidentDescriptions(store)
  const changed = new Set<number>()
  const published = new Map<number, string>()
  let timer: NodeJS.Timeout | undefined

  function note(incidentId: number): void {
    changed.add(incidentId)
    timer ??= setTimeout(say, EVERY).unref()
  }

  function say(): void {
    timer = undefined
    const part = [...changed].slice(0, MAX_PER_TURN)
    for (const id of part) changed.delete(id)
    try {
      feed.publish(store.transaction(() => part.flatMap(append)))
    } catch (error) {
      log.warn({ err: error }, 'Could not publish how incidents changed')
    }
    for (const id of changed) note(id)
  }

  /** Inside a transaction. */
  function append(id: number) {
    const row = store.incidents.get(id)
    const incident = row && describe(row)
    const text = JSON.stringify(incident)
    if (!incident || published.get(id) === text) return []
    published.delete(id)
    published.set(id, text)
    if (published.size > MAX_REMEMBERED) published.delete(published.keys().next().value!)
    return [store.changes.appendIncident(incident)]
  }

  function catchUp(): void {
    const { newest } = store.changes.bounds()
    for (const change of store.changes.after(Math.max(0, newest - MAX_CAUGHT_UP), MAX_CAUGHT_UP))
      if (isOfEvent(change)) note(change.event.incident_id)
      else changed.delete(change.incident.id)
  }

  catchUp()
  const unsubscribe = feed.subscribe((change) => isOfEvent(change) && note(change.event.incident_id), true)
  return () => {
    unsubscribe()
    clearTimeout(timer)
    while (changed.size > 0) say()
    clearTimeout(timer)
  }
}
