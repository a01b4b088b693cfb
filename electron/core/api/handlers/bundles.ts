// Bundles: one event for a colleague, and what a colleague sent.
import { makeBundle } from '../../explain/bundle.ts'
import { required } from '../../platform/errors.ts'
import type { Clock } from '../../platform/ports.ts'
import type { Store } from '../../store/types/store.ts'
import type { Handlers } from './handlers.ts'

interface Deps {
  store: Pick<Store, 'events' | 'samples' | 'series' | 'rules'>
  clock: Clock
  version: string
}

export const bundleHandlers = ({ store, clock, version }: Deps): Pick<Handlers, 'getBundle' | 'checkBundle'> => ({
  getBundle({ params }) {
    const event = required(store.events.get(params.event_id), 'event', params.event_id)
    return makeBundle({ store, version, now: clock.now() }, event)
  },
  // Its schema has checked it by now; nothing of it is kept.
  checkBundle: ({ body }) => body,
})
