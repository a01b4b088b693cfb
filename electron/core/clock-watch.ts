// Notices that the machine's clock was set. What is stored then looks older or newer than it is.
import { uptime } from 'node:os'
import { formatDuration } from '../../shared/format.ts'
import type { Notices } from './notices.ts'
import type { Clock } from './ports.ts'
import type { Store } from './store/store.ts'

export interface ClockWatch {
  /** To be called every few seconds. */
  tick(): void
}

interface Deps {
  clock: Clock
  /** Seconds, sleep included: a machine that slept has no other clock than before. */
  sinceBoot?: () => number
  store: Pick<Store, 'series'>
  notices: Pick<Notices, 'tell'>
}

/** Milliseconds. Clocks are corrected by less all the time. */
const LEAST = 60_000
/** No sample is taken that is further ahead. */
const DAY = 86_400_000

const NOT_JUDGED =
  'Samples that are older than the newest of their series are stored but not judged, until the clock has come as far.'

/** Looks at once whether the clock is behind what is stored. */
export function createClockWatch({ clock, sinceBoot = uptime, store, notices }: Deps): ClockWatch {
  const offset = () => clock.now() - sinceBoot() * 1000
  let before = offset()

  const newest = store.series.all().reduce((latest, { lastTime }) => Math.max(latest, lastTime), 0)
  const ahead = newest - clock.now()
  if (ahead > DAY + LEAST) {
    notices.tell('clock', `This machine's clock is ${formatDuration(ahead)} behind the newest sample. ${NOT_JUDGED}`)
  }

  return {
    tick() {
      const now = offset()
      const by = now - before
      before = now
      if (by < -LEAST)
        notices.tell('clock', `This machine's clock was set back by ${formatDuration(-by)}. ${NOT_JUDGED}`)
      if (by > LEAST) notices.tell('clock', `This machine's clock was set forward by ${formatDuration(by)}.`)
    },
  }
}
