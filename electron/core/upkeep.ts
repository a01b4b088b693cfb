// What has to be done now and then, in small steps that never hold up anything else.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Engine } from './engine/engine.ts'
import type { Desk } from './events/desk.ts'
import { KEYS_LAST } from './ingest.ts'
import type { Clock, Log } from './ports.ts'
import type { Store } from './store/store.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const DAY = 86_400_000
const REMOVED_PER_STEP = 500

interface Deps {
  store: Store
  engine: Pick<Engine, 'saveStates'>
  desk: Pick<Desk, 'endDrills'>
  clock: Clock
  log: Log
  retentionDays(): number
}

/** Starts the work; gives back what ends it. */
export function startUpkeep({ store, engine, desk, clock, log, retentionDays }: Deps): () => void {
  const removeOld = async () => {
    while (
      store.transaction(() => store.samples.removeBefore(clock.now() - retentionDays() * DAY, REMOVED_PER_STEP)) > 0
    )
      await nextTurn()
  }
  const forgetKeys = () => store.commit(() => store.idempotency.forgetBefore(clock.now() - KEYS_LAST))

  const every = (interval: number, work: () => Promise<unknown>) =>
    setInterval(
      () => void work().catch((error: unknown) => log.error({ err: error }, 'upkeep failed')),
      interval,
    ).unref()

  const timers = [
    every(10 * SECOND, desk.endDrills),
    every(30 * SECOND, engine.saveStates),
    every(10 * MINUTE, removeOld),
    every(KEYS_LAST, forgetKeys),
  ]
  return () => timers.forEach(clearInterval)
}
