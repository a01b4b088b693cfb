// Servers of four kinds: what they measure goes together, by the hour, the day of the week, and what is done to them.
import { createWander, type Chance } from '../support/chance.ts'
import { DAYS, HOUR, hourOf, isInOne, isWorkday, MINUTE, type Span } from './calendar.ts'
import { count, createDisk, fine, nightlyBackups, percent, type Machine, type Trouble } from './machine.ts'

export const KINDS = ['web', 'database', 'queue', 'batch'] as const
export type Kind = (typeof KINDS)[number]

/** What is going on in a server while it measures. */
interface Conditions {
  time: number
  trouble: Trouble
  /** What people ask of it: 1 on a usual working day at noon. */
  demand: number
  /** Since the last time that it measured. */
  seconds: number
  isBackingUp: boolean
  isDeploying: boolean
  /** Whether it has begun anew since the last time. */
  isRestarted: boolean
  isWorking: boolean
}

export function createServer(kind: Kind, source: string, chance: Chance): Machine {
  const demandAt = createDemand(kind, chance)
  const backups = chance.happens(kind === 'database' ? 1 : 0.7) ? nightlyBackups(chance) : []
  const deploys = kind === 'web' || kind === 'queue' ? deploysOf(chance) : []
  const jobs = kind === 'batch' ? jobsOf(chance) : []
  const hardware = createHardware(kind, chance)
  const service = SERVICES[kind](chance)
  let last = 0
  return {
    source,
    readingsAt(time, trouble) {
      const conditions: Conditions = {
        time,
        trouble,
        demand: demandAt(time),
        seconds: last === 0 ? 0 : (time - last) / 1000,
        isBackingUp: isInOne(time, backups),
        isDeploying: isInOne(time, deploys),
        isRestarted: deploys.some(({ from }) => last < from && from <= time),
        isWorking: isInOne(time, jobs),
      }
      last = time
      return { ...hardware(conditions), ...service(conditions) }
    },
  }
}

/** By the hour, less at weekends, and never twice the same. */
function createDemand(kind: Kind, chance: Chance): (time: number) => number {
  const [peak, night, weekend] = [chance.between(11, 16), chance.between(0.1, 0.35), chance.between(0.5, 0.9)]
  const wander = createWander(chance, 0.95)
  const wavers = kind === 'batch' ? 0.02 : chance.between(0.03, 0.1)
  return (time) => {
    const day = Math.cos(((hourOf(time) - peak) / 24) * 2 * Math.PI) / 2 + 0.5
    const usual = night + (1 - night) * day ** 1.5
    return usual * (isWorkday(time) ? 1 : weekend) * Math.max(0.2, 1 + wavers * wander())
  }
}

/** None, one or two on a working day, by hand: some minutes each. */
const deploysOf = (chance: Chance): Span[] =>
  DAYS.filter(isWorkday)
    .flatMap((midnight) =>
      Array.from({ length: chance.whole(0, 2) }, () => midnight + Math.round(chance.between(10, 17) * HOUR)),
    )
    .map((from) => ({ from, to: from + chance.between(2, 5) * MINUTE }))

/** A long job every night and a short one every hour. */
function jobsOf(chance: Chance): Span[] {
  const [begin, nightly, hourly] = [chance.between(0, 2), chance.between(40, 100), chance.between(4, 10)]
  const minute = chance.between(0, 50)
  return DAYS.flatMap((midnight) => {
    const night = midnight + begin * HOUR
    const short = Array.from({ length: 24 }, (_, hour) => midnight + hour * HOUR + minute * MINUTE)
    return [
      { from: night, to: night + nightly * chance.between(0.9, 1.15) * MINUTE },
      ...short.map((from) => ({ from, to: from + hourly * chance.between(0.8, 1.3) * MINUTE })),
    ]
  })
}

/** The processor, memory, disk and network that every server has. */
function createHardware(kind: Kind, chance: Chance): (conditions: Conditions) => Record<string, number> {
  const idle = chance.between(2, 8)
  const perDemand = kind === 'batch' ? 5 : chance.between(15, 45)
  const [forBackup, forJob] = [chance.between(15, 40), chance.between(40, 70)]
  const bytes = chance.between(2e5, 4e6)
  const backupBytes = chance.between(2e7, 8e7)
  const disk = createDisk(chance)
  const memory = createMemory(chance)
  const busy = createWander(chance, 0.6)
  return (conditions) => {
    const { time, trouble, demand, isBackingUp, isDeploying, isWorking } = conditions
    const work = idle + perDemand * demand * (1 + 0.12 * busy()) + 0.8 * Math.abs(chance.normal())
    const extra = (isBackingUp ? forBackup : 0) + (isDeploying ? 40 : 0) + (isWorking ? forJob : 0)
    const traffic = bytes * (0.05 + demand) * chance.logNormal(1, 0.12)
    return {
      CPU: percent(trouble.isStuck ? 100 - chance.between(0, 0.4) : work + extra * chance.between(0.85, 1.1)),
      MEMORY: percent(memory(conditions)),
      'DISK{mount="/"}': percent(disk(time) + trouble.filled + (isBackingUp ? 1.5 : 0)),
      NETWORK_IN: count(traffic + (isWorking ? 5 * bytes : 0)),
      NETWORK_OUT: count(traffic * 1.7 + (isBackingUp ? backupBytes * chance.between(0.8, 1.1) : 0)),
    }
  }
}

/** A saw-tooth: rises until the garbage is collected, and begins anew with the program. */
function createMemory(chance: Chance): (conditions: Conditions) => number {
  const [floor, height, minutes] = [chance.between(30, 55), chance.between(4, 18), chance.between(20, 90)]
  let garbage = chance.between(0, height)
  return ({ demand, seconds, isRestarted, trouble }) => {
    garbage += ((height * seconds) / 60 / minutes) * (0.3 + demand) * chance.between(0.6, 1.4)
    if (isRestarted || garbage > height) garbage = chance.between(0, 0.15) * height
    return floor + garbage + trouble.leaked + 0.3 * chance.normal()
  }
}

const SERVICES: Record<Kind, (chance: Chance) => (conditions: Conditions) => Record<string, number>> = {
  web(chance) {
    const [perSecond, usual] = [chance.between(20, 400), chance.between(40, 250)]
    const requests = createCounter(chance)
    const slow = createLatency(chance, usual)
    return (conditions) => {
      const { demand, trouble, isDeploying, seconds } = conditions
      const served = perSecond * demand * chance.between(0.93, 1.07)
      const failed = chance.happens(Math.min(0.3, (served * seconds) / 20_000)) ? chance.between(0.01, 0.4) : 0
      return {
        RESPONSE_TIME: slow(conditions),
        ERROR_RATE: fine(
          failed + (isDeploying ? chance.between(0, 3) : 0) + trouble.failing * chance.between(0.8, 1.2),
        ),
        http_requests_total: requests(served * seconds, conditions),
      }
    }
  },
  database(chance) {
    const slow = createLatency(chance, chance.between(2, 15))
    const [connections, perSecond] = [chance.between(15, 120), chance.between(100, 3000)]
    const queries = createCounter(chance)
    const written = chance.between(2e5, 3e6)
    return (conditions) => {
      const { demand, seconds, isBackingUp } = conditions
      return {
        LATENCY: slow(conditions),
        connections: count(connections * (0.25 + demand) * chance.between(0.9, 1.1)),
        queries_total: queries(perSecond * demand * seconds * chance.between(0.95, 1.05), conditions),
        IO_WRITE: count(written * demand * chance.logNormal(1, 0.3) + (isBackingUp ? 4e7 * chance.between(0.7, 1) : 0)),
      }
    }
  },
  queue(chance) {
    const perSecond = chance.between(5, 200)
    const messages = createCounter(chance)
    const seldom = chance.between(0.02, 0.15)
    return (conditions) => {
      const { demand, seconds, trouble, isDeploying } = conditions
      const waiting = chance.happens(seldom * (1 + demand)) ? chance.logNormal(3, 0.8) : 0
      return {
        QUEUE_DEPTH: count(waiting + trouble.queued + (isDeploying ? chance.between(5, 40) : 0)),
        messages_total: messages(perSecond * demand * seconds * chance.between(0.9, 1.1), conditions),
        consumers: 8,
      }
    }
  },
  batch(chance) {
    const atOnce = chance.whole(2, 6)
    const records = createCounter(chance)
    return (conditions) => ({
      jobs_running: conditions.isWorking ? chance.whole(1, atOnce) : 0,
      records_total: records(
        conditions.isWorking ? 4000 * conditions.seconds * chance.between(0.7, 1.3) : 0,
        conditions,
      ),
    })
  },
}

/** Only rises, and begins anew with the program. */
function createCounter(chance: Chance): (more: number, conditions: Conditions) => number {
  let counted = count(chance.between(1e4, 1e8))
  return (more, { isRestarted }) => (counted = count((isRestarted ? 0 : counted) + more))
}

/** Milliseconds: longer under load, and now and then much longer. */
function createLatency(chance: Chance, usual: number): (conditions: Conditions) => number {
  const [spread, underLoad, seldom] = [chance.between(0.05, 0.15), chance.between(0.1, 0.5), chance.between(0, 0.008)]
  return ({ demand, trouble, isDeploying, isBackingUp }) => {
    const load = 1 + underLoad * demand ** 2 + (isDeploying ? 0.6 : 0) + (isBackingUp ? 0.2 : 0)
    const tail = chance.happens(seldom) ? chance.between(1.5, 4) : 1
    return fine(usual * load * trouble.slowness * tail * chance.logNormal(1, spread) * (trouble.isStuck ? 1.6 : 1))
  }
}
