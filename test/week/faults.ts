// What goes wrong in a week, and by when a person on call wants to be notified.
import type { Chance } from '../support/chance.ts'
import { BEGIN, DAY, END, HOUR, isWithin, MINUTE, SERVER_READING, type Span } from './calendar.ts'
import type { Trouble } from './machine.ts'
import type { Kind } from './server.ts'

export type FaultName = 'leak' | 'outage' | 'errors' | 'latency' | 'disk' | 'stuck' | 'queue'

export interface Fault extends Span, FaultDefinition {
  source: string
  troubleAt(time: number): Partial<Trouble>
}

interface FaultDefinition {
  name: FaultName
  on: readonly Kind[]
  /** The metric types in which it shows. */
  shows: RegExp
  /** Days for which the series were watched before: what has no limit of its own must be known first. */
  known: number
  /** Notified later, it counts as missed: minutes after it began, or the moment when a value of these is as high. */
  deadline: { minutes: number } | { value: number }
}

interface FaultCourse {
  minutes: number
  /** By the minutes since it began. */
  troubleAt(minutes: number): Partial<Trouble>
}

const definitions: (FaultDefinition & { begin(chance: Chance): FaultCourse })[] = [
  {
    name: 'leak',
    on: ['web', 'database', 'queue'],
    shows: /^MEMORY$/,
    known: 1,
    deadline: { value: 98 },
    begin(chance) {
      const perMinute = chance.between(5, 15) / 60
      return { minutes: 75 / perMinute, troubleAt: (minutes) => ({ leaked: perMinute * minutes }) }
    },
  },
  {
    name: 'outage',
    on: ['web', 'database', 'queue', 'batch'],
    shows: /./,
    known: 1,
    deadline: { minutes: 10 },
    begin: (chance) => ({ minutes: chance.between(20, 90), troubleAt: () => ({ isSilent: true }) }),
  },
  {
    name: 'errors',
    on: ['web'],
    shows: /^ERROR_RATE$/,
    known: 1,
    deadline: afterWaiting(5),
    begin(chance) {
      const failing = chance.between(8, 30)
      return { minutes: chance.between(30, 120), troubleAt: () => ({ failing }) }
    },
  },
  {
    name: 'latency',
    on: ['web', 'database'],
    shows: /^(RESPONSE_TIME|LATENCY)$/,
    known: 3,
    // The mean of twelve samples must have moved, and stay so for ten minutes.
    deadline: { minutes: 40 },
    begin(chance) {
      const slowness = chance.between(2, 2.6)
      return { minutes: chance.between(6, 18) * 60, troubleAt: () => ({ slowness }) }
    },
  },
  {
    name: 'disk',
    on: ['web', 'database', 'queue', 'batch'],
    shows: /^DISK/,
    known: 1,
    deadline: { value: 92 },
    begin(chance) {
      const perMinute = chance.between(2, 8) / 60
      return { minutes: 70 / perMinute, troubleAt: (minutes) => ({ filled: perMinute * minutes }) }
    },
  },
  {
    name: 'stuck',
    on: ['web', 'database', 'queue', 'batch'],
    shows: /^CPU$/,
    known: 1,
    deadline: afterWaiting(12),
    begin: (chance) => ({ minutes: chance.between(60, 300), troubleAt: () => ({ isStuck: true }) }),
  },
  {
    name: 'queue',
    on: ['queue'],
    shows: /^QUEUE_DEPTH$/,
    known: 3,
    deadline: { minutes: 30 },
    begin(chance) {
      const perMinute = chance.between(5, 60)
      return { minutes: chance.between(45, 180), troubleAt: (minutes) => ({ queued: Math.round(perMinute * minutes) }) }
    },
  },
]

/**
 * What a rule that waits so many minutes can promise: a reading passes until the fault is seen, another one until the wait
 * is seen to be over, and one in between may get lost.
 */
function afterWaiting(minutes: number) {
  return { minutes: minutes + (3 * SERVER_READING) / MINUTE }
}

/** The repair of a fault, and what it does to the machine, belong to it. */
export const REPAIR = HOUR

/**
 * Each fault once, on a machine of its own: those that few kinds can have choose first.
 *
 * @param servers their kinds by name
 */
export function plantFaults(chance: Chance, servers: ReadonlyMap<string, Kind>): Fault[] {
  const taken = new Set<string>()
  const choosy = definitions.toSorted((one, other) => one.on.length - other.on.length)
  return choosy.map(({ begin, ...definition }) => {
    const fitting = [...servers].filter(([source, kind]) => definition.on.includes(kind) && !taken.has(source))
    const [source] = chance.pick(fitting)
    taken.add(source)
    const { minutes, troubleAt } = begin(chance)
    const length = minutes * MINUTE
    const from = chance.between(BEGIN + definition.known * DAY, END - length - REPAIR)
    return {
      ...definition,
      source,
      from,
      to: from + length,
      troubleAt: (time) => troubleAt((time - from) / MINUTE),
    }
  })
}

const HEALTHY: Trouble = {
  leaked: 0,
  filled: 0,
  failing: 0,
  slowness: 1,
  queued: 0,
  isStuck: false,
  isSilent: false,
}

export const troubleOf = (source: string, faults: readonly Fault[], time: number): Trouble =>
  faults
    .filter((fault) => fault.source === source && isWithin(time, fault))
    .reduce((trouble, fault) => ({ ...trouble, ...fault.troubleAt(time) }), HEALTHY)
