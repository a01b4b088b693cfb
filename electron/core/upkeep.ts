// What has to be done now and then, in small steps that never hold up anything else.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ClockWatch } from './clock-watch.ts'
import type { Engine } from './engine/engine.ts'
import type { NoData } from './engine/no-data.ts'
import type { Desk } from './events/desk.ts'
import type { Forgetting } from './forgetting.ts'
import type { Meters } from './health/meters.ts'
import { KEYS_LAST } from './ingest.ts'
import { MINUTES_LAST, type Settings } from '../../shared/schemas/settings.ts'
import { patientTime } from './patient-time.ts'
import type { Clock, Log } from './ports.ts'
import type { QuietDesk } from './quiet/desk.ts'
import type { Store } from './store/store.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const DAY = 86_400_000
const MEGABYTE = 1_000_000

/** Hot samples and bytes of their log, beyond which they are packed at once; some 20 MB of memory, and quickly read. */
const MOST_HOT = 500_000
const LARGEST_LOG = 16 * MEGABYTE

/** Of all series, each time: what is not saved is ten minutes old at most, and a replay costs little more than loading. */
const SHARE_SAVED = 1 / 20

/** Events that are over, some hundred MB of them; a day has some. */
const MOST_EVENTS = 100_000

const THIN_EVERY = 10 * MINUTE
/** Days by which history may grow old in a day of running, as after weeks in which Tocsin did not run. */
const CATCHING_UP = 24

interface Deps {
  store: Store
  engine: Pick<Engine, 'saveStates'>
  desk: Pick<Desk, 'endDrills'>
  quiet: Pick<QuietDesk, 'tick'>
  noData: NoData
  clockWatch: ClockWatch
  forgetting: Pick<Forgetting, 'step'>
  clock: Clock
  log: Log
  meters: Pick<Meters, 'compacted'>
  keeping(): Pick<Settings, 'retention_days' | 'history_days' | 'history_megabytes'>
}

/** Starts the work; gives back what ends it. */
export function startUpkeep(deps: Deps): () => void {
  const { store, engine, desk, quiet, noData, clockWatch, forgetting, clock, log, meters, keeping } = deps
  /** Takes the time of a step; gives what the step gave. */
  const timed = (step: () => boolean) => {
    const begun = performance.now()
    const more = step()
    meters.compacted(performance.now() - begun)
    return more
  }

  /** The next turn in which writing holds up nobody. */
  const writable = async () => {
    do await nextTurn()
    while (store.held())
  }

  const life = { ended: false }
  /** Work that is under way is not begun a second time. */
  const inSteps = (stepOf: () => Promise<() => boolean>) => {
    let isUnderWay = false
    return async () => {
      if (isUnderWay) return
      isUnderWay = true
      try {
        const step = await stepOf()
        while (!life.ended && timed(step)) await writable()
      } finally {
        isUnderWay = false
      }
    }
  }

  const pack = inSteps(async () => {
    const judged = store.states.judgedUpTo()
    return () => store.samples.pack(judged)
  })
  const packIfMany = async () => {
    if (store.samples.hot() > MOST_HOT || store.samples.logBytes() > LARGEST_LOG) await pack()
  }
  const agedBy = (most: number) => patientTime(store.settings, clock.now(), most)
  // Known from the first start on, when there is nothing yet that a wrong clock could make old.
  store.transaction(() => agedBy(0))
  const thin = inSteps(async () => {
    const { retention_days, history_days, history_megabytes } = keeping()
    const now = await store.commit(() => agedBy(THIN_EVERY * CATCHING_UP))
    const limits = {
      samplesFrom: now - retention_days * DAY,
      minutesFrom: now - MINUTES_LAST * retention_days * DAY,
      allFrom: now - Math.max(retention_days, history_days) * DAY,
      mostBytes: history_megabytes * MEGABYTE,
    }
    const thinEvents = () => store.transaction(() => store.events.thin(limits.allFrom, MOST_EVENTS))
    return () => store.samples.thin(limits) || thinEvents()
  })
  const forgetLeaving = inSteps(async () => forgetting.step)
  const forgetSources = async () => {
    if (store.sources.leaving().length > 0) await forgetLeaving()
  }
  const forgetKeys = () => store.commit(() => store.idempotency.forgetBefore(clock.now() - KEYS_LAST))

  const every = (interval: number, work: () => Promise<unknown>) =>
    setInterval(
      () => void work().catch((error: unknown) => log.error({ err: error }, 'upkeep failed')),
      interval,
    ).unref()

  const timers = [
    every(10 * SECOND, desk.endDrills),
    every(5 * SECOND, quiet.tick),
    every(5 * SECOND, async () => clockWatch.tick()),
    every(5 * SECOND, () => noData.tick(clock.now())),
    every(30 * SECOND, () => engine.saveStates(SHARE_SAVED)),
    every(SECOND / 4, packIfMany),
    every(SECOND / 4, forgetSources),
    every(10 * MINUTE, pack),
    every(THIN_EVERY, thin),
    every(KEYS_LAST, forgetKeys),
  ]
  return () => {
    life.ended = true
    timers.forEach(clearInterval)
  }
}
