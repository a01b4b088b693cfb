// What the engineer must know of Tocsin's own state: each notice is on every screen until it is dismissed, also after a
// restart. That nothing can be stored stands there for as long as it is so.
import { toIso } from '../../../shared/domain/time.ts'
import type { Notice } from '../../../shared/schemas/health.ts'
import { notFound } from '../platform/errors.ts'
import type { Clock, Log } from '../platform/ports.ts'
import type { Store } from '../store/types/store.ts'

export interface SystemNotices {
  /** Newest first. */
  list(): Notice[]
  /** Says nothing that it says already. */
  publish(kind: Notice['kind'], text: string): void
  /** Rejects with AppError NOT_FOUND if there is no such notice. */
  dismiss(id: number): Promise<void>
  /** Why nothing can be stored just now, as the end of a sentence. */
  writeError(): string | undefined
  end(): void
}

interface Deps {
  store: Pick<Store, 'settings' | 'commit' | 'onWriteFailure'>
  clock: Clock
  log: Log
}

const KEY = 'notices'
/** Setting that is written to see whether anything can be. */
const PROBE = 'written_at'
const PROBE_EVERY_MS = 2000
const MAX_NOTICES = 20

export function createSystemNotices({ store, clock, log }: Deps): SystemNotices {
  let notices = JSON.parse(store.settings.get(KEY) ?? '[]') as Notice[]
  let writeError: string | undefined
  let probing: NodeJS.Timeout | undefined

  const keep = () => store.commit(() => store.settings.set(KEY, JSON.stringify(notices)))
  // If nobody posts, nothing else would detect that the cause is gone.
  const probe = () => void store.commit(() => store.settings.set(PROBE, String(clock.now()))).catch(() => {})

  store.onWriteFailure((now) => {
    clearInterval(probing)
    probing = now === undefined ? undefined : setInterval(probe, PROBE_EVERY_MS).unref()
    writeError = now
  })

  return {
    list: () => notices,
    publish(kind, text) {
      if (notices.some((notice) => notice.kind === kind && notice.text === text)) return
      const id = Math.max(0, ...notices.map((notice) => notice.id)) + 1
      notices = [{ id, kind, at: toIso(clock.now()), text }, ...notices].slice(0, MAX_NOTICES)
      keep().catch((error: unknown) => log.warn({ err: error }, 'Could not save a notice'))
    },
    async dismiss(id) {
      if (!notices.some((notice) => notice.id === id)) throw notFound('notice', id)
      notices = notices.filter((notice) => notice.id !== id)
      await keep()
    },
    writeError: () => writeError,
    end: () => clearInterval(probing),
  }
}
