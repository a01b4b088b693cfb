// What has to be done now and then, in small steps that never hold up anything else.
import type { ClockSkew } from './clock-skew.ts'
import type { Engine } from '../detection/engine.ts'
import type { NoData } from '../detection/no-data/no-data.ts'
import type { EventActions } from '../events/actions.ts'
import type { SourceDeletion } from './source-deletion.ts'
import type { Meters } from '../platform/meters.ts'
import { KEY_TTL } from '../ingest/idempotency.ts'
import { DAY, MINUTE, SECOND } from '../../../shared/domain/time.ts'
import { MINUTE_ROLLUP_FACTOR, type Settings } from '../../../shared/schemas/settings.ts'
import { createRetentionClock } from './retention-clock.ts'
import { createStepRunner, type Step } from './steps.ts'
import type { Clock, Log } from '../platform/ports.ts'
import type { SilenceService } from '../events/silencing/service.ts'
import type { Store } from '../store/types/store.ts'

const MEGABYTE = 1_000_000

/** Samples in the head and bytes of their log beyond which they are compacted at once; about 20 MB of memory. */
const MAX_HEAD_SAMPLES = 500_000
const MAX_LOG_BYTES = 16 * MEGABYTE

/** Of all series, each time: what is not saved is ten minutes old at most, and a replay costs little more than loading. */
const SHARE_SAVED = 1 / 20

/** Events that are over, some hundred MB of them; a day has some. */
const MAX_EVENTS = 100_000

const DOWNSAMPLE_EVERY = 10 * MINUTE
/** Days by which history may grow old in a day of running, as after weeks in which Tocsin did not run. */
const MAX_AGING = 24

interface Deps {
  store: Store
  engine: Pick<Engine, 'saveStates'>
  actions: Pick<EventActions, 'endDrills'>
  silencing: Pick<SilenceService, 'tick'>
  noData: NoData
  clockSkew: ClockSkew
  sourceDeletion: Pick<SourceDeletion, 'step'>
  clock: Clock
  log: Log
  meters: Pick<Meters, 'compacted'>
  retention(): Pick<Settings, 'retention_days' | 'history_days' | 'history_megabytes'>
}

/** Returns a function that stops it. */
export function startMaintenance(deps: Deps): () => void {
  const { store, engine, actions, silencing, noData, clockSkew, sourceDeletion, clock, log } = deps
  const steps = createStepRunner(deps)
  // The retention clock is known from the first start on, when there is nothing yet that a wrong clock could make old.
  store.transaction(() => createRetentionClock(store.settings, clock.now(), 0))

  const compact = steps.inSteps(async () => {
    const evaluatedUpTo = store.states.evaluatedUpTo()
    return () => store.samples.compact(evaluatedUpTo)
  })
  const compactIfLarge = async () => {
    if (store.samples.headSize() > MAX_HEAD_SAMPLES || store.samples.logBytes() > MAX_LOG_BYTES) await compact()
  }
  const downsample = steps.inSteps(() => prepareDownsampling(deps))
  const deleteMarked = steps.inSteps(async () => sourceDeletion.step)
  const deleteSources = async () => {
    if (store.sources.pendingDeletion().length > 0) await deleteMarked()
  }
  const removeOldKeys = () => store.commit(() => store.idempotency.removeBefore(clock.now() - KEY_TTL))

  const every = (interval: number, work: () => Promise<unknown>) =>
    setInterval(
      () => void work().catch((error: unknown) => log.error({ err: error }, 'Maintenance failed')),
      interval,
    ).unref()

  const timers = [
    every(10 * SECOND, actions.endDrills),
    every(5 * SECOND, silencing.tick),
    every(5 * SECOND, async () => void (clockSkew.tick() && (await compact()))),
    every(5 * SECOND, () => noData.tick(clock.now())),
    every(30 * SECOND, () => engine.saveStates(SHARE_SAVED)),
    every(SECOND / 4, compactIfLarge),
    every(SECOND / 4, deleteSources),
    every(10 * MINUTE, compact),
    every(DOWNSAMPLE_EVERY, downsample),
    every(KEY_TTL, removeOldKeys),
  ]
  return () => {
    steps.end()
    timers.forEach(clearInterval)
  }
}

/** Advances the retention clock, by which it decides what is old enough. */
async function prepareDownsampling({ store, clock, retention }: Deps): Promise<Step> {
  const { retention_days, history_days, history_megabytes } = retention()
  const maxAging = DOWNSAMPLE_EVERY * MAX_AGING
  const now = await store.commit(() => createRetentionClock(store.settings, clock.now(), maxAging))
  const limits = {
    samplesFrom: now - retention_days * DAY,
    minutesFrom: now - MINUTE_ROLLUP_FACTOR * retention_days * DAY,
    allFrom: now - Math.max(retention_days, history_days) * DAY,
    mostBytes: history_megabytes * MEGABYTE,
  }
  const removeOldEvents = () => store.transaction(() => store.events.removeOld(limits.allFrom, MAX_EVENTS))
  return () => store.samples.downsample(limits) || removeOldEvents()
}
