// Made-up series with labels: each kind at several rhythms and lengths, with three faults in its second half. The same
// seed gives the same series.
import { createChance, type Chance } from '../../test/support/chance.ts'
import type { LabelledSeries } from '../labelled.ts'
import { DAY, HOUR, MINUTE, START, type Baseline } from './baseline.ts'
import { FAULTS, type FaultName } from './faults.ts'
import { KINDS, type Kind } from './kinds.ts'

export interface SyntheticSeries extends LabelledSeries {
  kind: string
  /** What each label is about. */
  faults: FaultName[]
}

interface Planted {
  name: FaultName
  from: number
  to: number
}

/** Milliseconds from one sample to the next, and weeks of them. */
const SHAPES = [
  [MINUTE / 6, 1],
  [MINUTE / 2, 2],
  [MINUTE, 5],
  [5 * MINUTE, 2],
  [5 * MINUTE, 4],
  [5 * MINUTE, 6],
  [10 * MINUTE, 3],
  [15 * MINUTE, 4],
  [30 * MINUTE, 5],
  [HOUR, 6],
] as const

const SMALL_SHAPES = SHAPES.filter(([step, weeks]) => step >= 5 * MINUTE && weeks < 6)

/** The part of the whole length in which faults may begin. */
const FAULTY = { from: 0.4, to: 0.95, slots: 3 }
/** What comes so soon after a fault belongs to its repair. */
const REPAIR = HOUR

export function createSyntheticSeries(seed: number, isSmall: boolean): SyntheticSeries[] {
  const chance = createChance(seed)
  return Object.entries(KINDS).flatMap(([name, kind]) =>
    (isSmall ? SMALL_SHAPES : SHAPES).map(([step, weeks]) => create(name, kind, step, weeks, chance.branch())),
  )
}

function create(name: string, kind: Kind, step: number, weeks: number, chance: Chance): SyntheticSeries {
  const length = weeks * 7 * DAY
  const baseline = kind.baseline(chance.branch(), step)
  const times = timesOf(kind, step, length, chance.branch())
  const planted = plan(kind, step, length, chance.branch()).filter(
    ({ from, to }, index, all) =>
      (all[index - 1]?.to ?? 0) + REPAIR < from && times.some((time) => time >= from && time < to),
  )
  const values = play(baseline, planted, times, kind.whole === true, chance.branch())
  const rowAt = (time: number) => {
    const row = times.findIndex((each) => each >= time)
    return row < 0 ? times.length - 1 : row
  }
  return {
    kind: name,
    name: `${name}, every ${step / 1000} s for ${weeks} weeks`,
    times,
    values,
    spans: planted.map(({ from, to }) => [rowAt(from), rowAt(to + REPAIR)]),
    faults: planted.map((each) => each.name),
  }
}

/** One fault in each slot; one that stays only in the last. */
function plan(kind: Kind, step: number, length: number, chance: Chance): Planted[] {
  const slot = ((FAULTY.to - FAULTY.from) * length) / FAULTY.slots
  return Array.from({ length: FAULTY.slots }, (_, index) => {
    const earliest = START + FAULTY.from * length + index * slot
    const suits = (name: FaultName) =>
      (!FAULTS[name].stays || index === FAULTY.slots - 1) && earliest - START >= (FAULTS[name].after ?? 0) * DAY
    const name = chance.pick(kind.faults.filter(suits))
    const { hours, from } = FAULTS[name]
    const time = earliest + chance.between(0.05, 0.4) * slot
    const begin = from?.(time) ?? time
    return { name, from: begin, to: begin + Math.max(2 * step, chance.between(...hours) * HOUR) }
  })
}

function timesOf(kind: Kind, step: number, length: number, chance: Chance): Float64Array {
  const times: number[] = []
  for (let time = START; time < START + length; time += step) {
    if (kind.ragged && chance.happens(step / (2 * DAY))) time += Math.ceil((chance.between(1, 12) * HOUR) / step) * step
    times.push(kind.ragged ? time + step * chance.between(0, 0.6) : time)
  }
  return Float64Array.from(times)
}

function play(
  baseline: Baseline,
  planted: Planted[],
  times: Float64Array,
  isWhole: boolean,
  chance: Chance,
): Float64Array {
  const changes = planted.map(({ name }) => FAULTS[name].begin(baseline, chance.branch()))
  return times.map((time) => {
    let value = baseline.at(time)
    for (const [index, { name, from, to }] of planted.entries())
      if (time >= from && (time < to || FAULTS[name].stays))
        value = changes[index]!(value, time, (time - from) / (to - from))
    return Math.max(0, isWhole ? Math.round(value) : value)
  })
}
