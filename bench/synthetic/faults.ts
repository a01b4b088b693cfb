// What may happen to a series, so that somebody would want to know.
import type { Chance } from '../../test/support/chance.ts'
import { DAY, HOUR, hourOf, START, weekDayOf, type Baseline } from './baseline.ts'

export interface Fault {
  /** The least and the most that it may last, in hours; two samples at the least. */
  hours: readonly [number, number]
  /** Whether it stays for good: what is labelled is its beginning. */
  stays?: true
  /** Moves it to a time at which it shows. */
  from?: (time: number) => number
  /** Days that somebody must have seen before. */
  after?: number
  begin(baseline: Baseline, chance: Chance): Change
}

/** @param progress from 0 when it begins to 1 when it ends */
type Change = (usual: number, time: number, progress: number) => number

export type FaultName =
  | 'spike'
  | 'level shift'
  | 'outage'
  | 'doubled'
  | 'missed'
  | 'growing noise'
  | 'slow leak'
  | 'stuck value'
  | 'load off hours'
  | 'load at a weekend'
  | 'idle working day'

const midnight = (time: number) => time - (time % DAY)
const nextDay = (time: number, suits: (day: number) => boolean): number =>
  suits(weekDayOf(time)) ? midnight(time) : nextDay(time + DAY, suits)

/** The load of another time, which comes and goes within a third of the fault. */
const loadOf =
  (otherTime: (time: number) => number) =>
  ({ at }: Baseline): Change =>
  (usual, time, progress) =>
    usual + (at(otherTime(time)) - usual) * Math.min(1, 3 * progress, 3 * (1 - progress))

export const FAULTS: Record<FaultName, Fault> = {
  spike: {
    hours: [0, 0.2],
    begin({ large }, chance) {
      const height = large * chance.between(1, 2.5)
      return (usual) => usual + height
    },
  },
  'level shift': {
    hours: [24, 24],
    stays: true,
    begin({ large }, chance) {
      const height = large * chance.between(0.5, 1)
      return (usual) => usual + height
    },
  },
  outage: { hours: [0.3, 3], begin: () => () => 0 },
  doubled: {
    hours: [2, 6],
    from: (time) => midnight(time) + 9 * HOUR,
    begin(_, chance) {
      const times = chance.between(1.8, 2.5)
      return (usual) => usual * times
    },
  },
  missed: {
    hours: [24, 24],
    from: midnight,
    begin:
      ({ without }) =>
      (_, time) =>
        without!(time),
  },
  'growing noise': {
    hours: [6, 12],
    begin:
      ({ large }, chance) =>
      (usual, _, progress) =>
        usual + large * (0.1 + 0.6 * progress) * chance.normal(),
  },
  'slow leak': {
    hours: [12, 36],
    begin:
      ({ large }) =>
      (usual, _, progress) =>
        usual + 2 * large * progress,
  },
  'stuck value': {
    hours: [6, 14],
    begin() {
      let stuck: number | undefined
      return (usual) => (stuck ??= usual)
    },
  },
  'load off hours': {
    hours: [2, 4],
    from: (time) => nextDay(time, (day) => day < 5) + HOUR,
    begin: loadOf((time) => midnight(time) + 13 * HOUR),
  },
  'load at a weekend': {
    hours: [3, 6],
    after: 14,
    from: (time) => nextDay(time, (day) => day > 4) + 10 * HOUR,
    begin: loadOf((time) => START + DAY + hourOf(time) * HOUR),
  },
  'idle working day': {
    hours: [6, 8],
    after: 14,
    from: (time) => nextDay(time, (day) => day < 4) + 9 * HOUR,
    begin: loadOf((time) => START + 6 * DAY + hourOf(time) * HOUR),
  },
}
