// Wires the room: a notifier that follows the settings, started by a host that can show notifications.
import type { ChangeFeed } from '../platform/change-feed.ts'
import type { Clock, Log } from '../platform/ports.ts'
import type { SettingsService } from '../settings/service.ts'
import type { Store } from '../store/types/store.ts'
import type { NotificationMessage } from './message.ts'
import { startNotifier } from './notifier.ts'
import { isNotificationEnabled } from './quiet-hours.ts'

interface Deps {
  store: Store
  feed: ChangeFeed
  clock: Clock
  log: Log
  settings: Pick<SettingsService, 'current'>
  /** The newest change when the program started. */
  newest: number
}

export interface NotifyRoom {
  /** Begins with what an earlier run did not notify. */
  start(notify: (message: NotificationMessage) => void): void
  end(): void
}

export function createNotify({ store, feed, clock, log, settings, newest }: Deps): NotifyRoom {
  let endNotifier: (() => void) | undefined
  return {
    start(notify) {
      endNotifier = startNotifier({
        store,
        now: clock.now,
        feed,
        log,
        newest,
        isEnabled: (severity) => isNotificationEnabled(severity, settings.current(), clock.now()),
        notify,
      })
    },
    end: () => endNotifier?.(),
  }
}
