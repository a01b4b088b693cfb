// A machine of 38 channels that share their load: days and weeks, jobs at their hours and jobs now and then, which nobody
// labels, and faults, most of which show on several channels. The same seed gives the same machine.
import { createChance, createWander, type Chance } from '../../test/support/chance.ts'
import { DAY, HOUR, hourOf, MINUTE, START, weekDayOf } from './baseline.ts'

interface Fault {
  from: number
  to: number
}

export interface Machine {
  channels: number
  faults: Fault[]
  times: Float64Array
  /** By channel, then by row. */
  values: Float64Array[]
}

interface Channel {
  /** What the value is under this load, from 0 to about 1.5, and while a job adds to it. */
  at(load: number, job: number): number
  /** How much faults and jobs add at most, in the unit of the value. */
  large: number
}

/** What happens for a while to some channels, each as strongly as its number says. */
interface Episode extends Fault {
  strengths: Map<number, number>
}

const CHANNELS = 38
const DAYS = 16
const STEP = MINUTE
/** No fault before, and so many a day from then on. */
const FAULTY_AFTER = 2
const FAULTS_PER_DAY = 1.1
/** Jobs that come when somebody starts them, on several channels. */
const JOBS_PER_DAY = 0.5
/** What a channel does by itself, so often that each machine has about as many alarms as real ones of its size had. */
const QUIRKS_PER_DAY = 0.15

type ChannelKind = (chance: Chance) => Channel

const processor: ChannelKind = (chance) => {
  const [idle, busy] = [chance.between(2, 8), chance.between(15, 50)]
  return { at: (load, job) => idle + busy * load + job + 1.5 * chance.normal(), large: 40 }
}
const traffic: ChannelKind = (chance) => {
  const rate = chance.between(50, 5000)
  return { at: (load, job) => rate * (0.1 + load) * chance.logNormal(1, 0.08) + job, large: 2 * rate }
}
const memory: ChannelKind = (chance) => {
  const [level, wander] = [chance.between(30, 70), createWander(chance, Math.exp(-STEP / (6 * HOUR)))]
  return { at: (load, job) => level + 4 * load + wander() + job + 0.2 * chance.normal(), large: 15 }
}
const disk: ChannelKind = (chance) => {
  const rate = chance.between(10, 300)
  const at = (load: number, job: number) =>
    rate * (0.2 + load) * chance.logNormal(1, 0.35) * (chance.happens(0.002) ? chance.between(2, 6) : 1) + job
  return { at, large: 6 * rate }
}
const errors: ChannelKind = (chance) => {
  const seldom = chance.between(0.002, 0.03)
  return { at: (_, job) => Math.round((chance.happens(seldom) ? chance.whole(1, 4) : 0) + job), large: 12 }
}
const latency: ChannelKind = (chance) => {
  const usual = chance.between(2, 100)
  const at = (load: number, job: number) =>
    usual * (1 + 0.4 * load) * chance.logNormal(1, 0.15) * (chance.happens(0.002) ? chance.between(2, 4) : 1) + job
  return { at, large: 5 * usual }
}
const KINDS = [processor, processor, traffic, memory, disk, errors, latency, traffic]

export function createMachine(seed: number): Machine {
  const chance = createChance(seed)
  const channels = Array.from({ length: CHANNELS }, (_, index) => KINDS[index % KINDS.length]!(chance.branch()))
  const times = Float64Array.from({ length: (DAYS * DAY) / STEP }, (_, row) => START + row * STEP)
  const loads = loadOf(times, chance.branch())
  const faults = episodes(FAULTS_PER_DAY, FAULTY_AFTER, chance.branch(), () => ({
    hours: [0.15, 3],
    channels: chance.happens(0.25) ? chance.whole(1, 2) : chance.whole(3, 15),
    strength: [0.3, 1.5],
  }))
  const jobs = episodes(JOBS_PER_DAY, 0, chance.branch(), () => ({
    hours: [0.05, 0.4],
    channels: chance.whole(1, 5),
    strength: [0.05, 0.4],
  }))
  const quirks = episodes(QUIRKS_PER_DAY * CHANNELS, 0, chance.branch(), () => ({
    hours: [0.02, 0.3],
    channels: 1,
    strength: [0.03, 0.25],
  }))
  const all = [...faults, ...jobs, ...quirks, ...nightly(chance.branch())]
  const values = channels.map((channel, index) =>
    times.map((time, row) => {
      let extra = 0
      for (const { from, to, strengths } of all) if (time >= from && time < to) extra += strengths.get(index) ?? 0
      return Math.max(0, channel.at(loads[row]!, extra * channel.large * (0.9 + 0.2 * Math.abs(Math.sin(time / HOUR)))))
    }),
  )
  return { channels: CHANNELS, faults, times, values }
}

/** People by day, fewer at weekends, and how busy they happen to be. */
function loadOf(times: Float64Array, chance: Chance): Float64Array {
  const wander = createWander(chance, Math.exp(-STEP / (2 * HOUR)))
  return times.map((time) => {
    const day = (0.5 - 0.5 * Math.cos((2 * Math.PI * (hourOf(time) - 3)) / 24)) ** 1.5
    return Math.max(0, (0.1 + 0.9 * day) * (weekDayOf(time) < 5 ? 1 : 0.6) * (1 + 0.12 * wander()))
  })
}

interface EpisodeShape {
  hours: readonly [number, number]
  channels: number
  strength: readonly [number, number]
}

function episodes(perDay: number, after: number, chance: Chance, shape: () => EpisodeShape): Episode[] {
  const found: Episode[] = []
  let time = START + after * DAY
  for (;;) {
    time += (-Math.log(1 - chance.between(0, 1)) * DAY) / perDay
    if (time >= START + DAYS * DAY) return found
    const { hours, channels, strength } = shape()
    const first = chance.whole(0, CHANNELS - 1)
    const touched = Array.from({ length: channels }, (_, index) => (first + index * 3) % CHANNELS)
    const to = time + chance.between(...hours) * HOUR
    found.push({ from: time, to, strengths: new Map(touched.map((each) => [each, chance.between(...strength)])) })
    time = to + HOUR
  }
}

/** A backup, at about the same time each night, for about as long. */
function nightly(chance: Chance): Episode[] {
  const strengths = new Map([0, 4, 12, 20, 28].map((channel) => [channel, chance.between(0.3, 0.8)]))
  return Array.from({ length: DAYS }, (_, day) => {
    const from = START + day * DAY + 2 * HOUR + chance.between(0, 3) * MINUTE
    return { from, to: from + chance.between(35, 45) * MINUTE, strengths }
  })
}
