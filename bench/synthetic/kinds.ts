// The kinds of series that a person knows from operations, each normal: what may happen to it is in faults.ts.
import { createWander, type Chance } from '../../test/support/chance.ts'
import { DAY, HOUR, hourOf, MINUTE, START, weekDayOf, type Baseline } from './baseline.ts'
import type { FaultName } from './faults.ts'

export interface Kind {
  /** @param step milliseconds from one sample to the next */
  baseline(chance: Chance, step: number): Baseline
  faults: readonly FaultName[]
  /** Whether samples come when they like, and some not at all. */
  ragged?: true
  /** Whether values are whole numbers. */
  whole?: true
}

export const KINDS: Record<string, Kind> = {
  'daily cycle': {
    baseline: (chance) => cycle(chance, () => 1),
    faults: ['spike', 'level shift', 'outage', 'load off hours', 'stuck value', 'doubled'],
  },
  'quiet weekends': {
    baseline(chance) {
      const weekend = chance.between(0.15, 0.5)
      return cycle(chance, (day) => (day < 5 ? 1 : weekend))
    },
    faults: ['spike', 'outage', 'load off hours', 'load at a weekend', 'idle working day', 'doubled'],
  },
  'business week': {
    baseline(chance) {
      const [base, load] = [chance.between(2, 10), chance.between(30, 80)]
      const shares = [1, 1, 1, 1, chance.between(0.6, 0.9), chance.between(0, 0.3), 0]
      const at = (time: number) =>
        (base + load * shares[weekDayOf(time)]! * opened(hourOf(time))) * chance.logNormal(1, 0.06)
      return { at, large: load }
    },
    faults: ['spike', 'load off hours', 'load at a weekend', 'idle working day', 'doubled'],
  },
  'flat noise': {
    baseline(chance) {
      const [level, noise] = [chance.between(50, 500), chance.between(0.01, 0.08)]
      return { at: () => level * (1 + noise * chance.normal()), large: Math.max(8 * noise, 0.2) * level }
    },
    faults: ['spike', 'level shift', 'outage', 'growing noise', 'slow leak', 'stuck value'],
  },
  'heavy-tailed latency': {
    baseline(chance) {
      const [usual, sigma] = [chance.between(5, 200), chance.between(0.25, 0.45)]
      const at = () => usual * chance.logNormal(1, sigma) * (chance.happens(0.003) ? chance.between(2, 5) : 1)
      return { at, large: 6 * usual }
    },
    faults: ['spike', 'doubled', 'level shift', 'outage'],
  },
  'errors, mostly none': {
    baseline(chance) {
      const [seldom, many] = [chance.between(0.003, 0.02), chance.between(2, 6)]
      return { at: () => (chance.happens(seldom) ? chance.whole(1, many) : 0), large: 4 * many }
    },
    faults: ['spike', 'level shift', 'spike'],
    whole: true,
  },
  'zero at night': {
    baseline(chance) {
      const busy = chance.between(40, 400)
      const at = (time: number) => {
        const open = Math.max(0, Math.sin(((hourOf(time) - 7) / 15) * Math.PI))
        return open * busy * chance.logNormal(1, 0.12)
      }
      return { at, large: busy }
    },
    faults: ['spike', 'load off hours', 'doubled'],
    whole: true,
  },
  'disk, filled and cleaned': {
    baseline(chance) {
      const [low, rise, days] = [chance.between(30, 50), chance.between(15, 35), chance.between(2, 5)]
      const at = (time: number) => low + rise * (((time - START) / DAY / days) % 1) + 0.1 * chance.normal()
      return { at, large: 0.6 * rise }
    },
    faults: ['spike', 'slow leak', 'growing noise'],
  },
  'memory, restarted daily': {
    baseline(chance) {
      const [low, rise, restart] = [chance.between(20, 50), chance.between(15, 40), chance.between(2, 6)]
      const since = (time: number) => (((hourOf(time) - restart) / 24) % 1) + (hourOf(time) < restart ? 1 : 0)
      const noisy = (value: number) => value + 0.3 * chance.normal()
      return {
        at: (time) => noisy(low + rise * since(time)),
        without: (time) => noisy(low + rise * (since(time) + (hourOf(time) < restart ? 0 : 1))),
        large: rise,
      }
    },
    faults: ['spike', 'slow leak', 'missed', 'outage'],
  },
  'nightly backup': {
    baseline(chance) {
      const [base, peak] = [chance.between(10, 40), chance.between(40, 120)]
      const [from, hours] = [chance.between(0.5, 4), chance.between(1, 2.5)]
      const without = () => base * (1 + 0.05 * chance.normal())
      const isRunning = (time: number) => hourOf(time) >= from && hourOf(time) < from + hours
      return {
        at: (time) => without() + (isRunning(time) ? peak * chance.between(0.9, 1.1) : 0),
        without,
        large: peak,
      }
    },
    faults: ['missed', 'spike', 'outage', 'level shift'],
  },
  'steps of deploys': {
    baseline(chance) {
      let level = chance.between(40, 300)
      const [first, noise] = [level, chance.between(0.01, 0.03)]
      let next = START
      const at = (time: number) => {
        if (time >= next) {
          next += chance.between(1, 4) * DAY
          level *= chance.between(0.9, 1.1)
        }
        return level * (1 + noise * chance.normal())
      }
      return { at, large: 0.6 * first }
    },
    faults: ['spike', 'outage', 'level shift', 'growing noise'],
  },
  'slow random walk': {
    baseline(chance, step) {
      const wander = createWander(chance, Math.exp(-step / (3 * DAY)))
      return { at: () => 100 + 12 * wander() + 0.5 * chance.normal(), large: 30 }
    },
    faults: ['spike', 'outage', 'growing noise'],
  },
  'few whole values': {
    baseline(chance) {
      const least = chance.whole(2, 6)
      let [value, until] = [least, START]
      const at = (time: number) => {
        if (time >= until) [value, until] = [least + chance.whole(0, 3), until + chance.between(0.5, 8) * HOUR]
        return value
      }
      return { at, large: 5 }
    },
    faults: ['spike', 'outage', 'level shift'],
    whole: true,
  },
  'rate with bursts': {
    baseline(chance) {
      const [rate, high] = [chance.between(20, 2000), chance.between(2, 4)]
      let [from, to] = [START, START]
      const at = (time: number) => {
        if (time >= to) {
          from = time + chance.between(1, 10) * HOUR
          to = from + chance.between(5, 40) * MINUTE
        }
        return rate * (time >= from ? high : 1) * chance.logNormal(1, 0.1)
      }
      return { at, large: 5 * rate }
    },
    faults: ['spike', 'outage', 'level shift'],
  },
  'autocorrelated noise': {
    baseline(chance, step) {
      const wander = createWander(chance, Math.exp(-step / chance.between(20 * MINUTE, 3 * HOUR)))
      const level = chance.between(30, 90)
      return { at: () => level * (1 + 0.1 * wander() + 0.01 * chance.normal()), large: 0.8 * level }
    },
    faults: ['spike', 'outage', 'level shift', 'stuck value'],
  },
  'batch jobs, on and off': {
    baseline(chance) {
      const [idle, busy] = [chance.between(2, 8), chance.between(40, 70)]
      const [hours, share] = [chance.between(2, 6), chance.between(0.3, 0.6)]
      const without = () => idle * chance.logNormal(1, 0.1)
      const isOn = (time: number) => ((time - START) / HOUR / hours) % 1 < share
      return { at: (time) => without() + (isOn(time) ? busy * chance.between(0.95, 1.05) : 0), without, large: busy }
    },
    faults: ['spike', 'missed', 'stuck value'],
  },
  'growing trend': {
    baseline(chance) {
      const [level, perWeek] = [chance.between(50, 500), chance.between(0.05, 0.2)]
      const at = (time: number) => {
        const grown = 1 + (perWeek * (time - START)) / (7 * DAY)
        return level * grown * (1 + 0.1 * Math.sin((hourOf(time) / 12) * Math.PI) + 0.02 * chance.normal())
      }
      return { at, large: 0.6 * level }
    },
    faults: ['spike', 'outage', 'level shift', 'growing noise'],
  },
  'daily cycle with gaps': {
    baseline: (chance) => cycle(chance, () => 1),
    faults: ['spike', 'level shift', 'outage', 'load off hours'],
    ragged: true,
  },
  'flat line': {
    baseline(chance) {
      const level = chance.whole(4, 400)
      return { at: () => level * (chance.happens(0.002) ? 0.98 : 1), large: 0.5 * level }
    },
    faults: ['spike', 'outage', 'level shift', 'growing noise'],
  },
  thermostat: {
    baseline(chance) {
      const [low, hours] = [chance.between(15, 60), chance.between(1, 5)]
      const at = (time: number) =>
        low + 6 * Math.abs((((time - START) / HOUR / hours) % 1) - 0.5) + 0.1 * chance.normal()
      return { at, large: 8 }
    },
    faults: ['spike', 'level shift', 'outage', 'stuck value'],
  },
}

/** By the hour, times a share for the day of the week. */
function cycle(chance: Chance, shareOf: (day: number) => number): Baseline {
  const [load, night, peak] = [chance.between(20, 500), chance.between(0.1, 0.4), chance.between(11, 17)]
  const noise = chance.between(0.02, 0.08)
  const at = (time: number) => {
    const day = Math.cos(((hourOf(time) - peak) / 12) * Math.PI) / 2 + 0.5
    return load * (night + (1 - night) * day) * shareOf(weekDayOf(time)) * (1 + noise * chance.normal())
  }
  return { at, large: 0.8 * load }
}

/** From nearly 0 at night to nearly 1 in office hours. */
const opened = (hour: number) => 1 / (1 + Math.exp(3 * (8.5 - hour))) / (1 + Math.exp(3 * (hour - 17.5)))
