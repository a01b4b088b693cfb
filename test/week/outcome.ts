// What a week came to: which faults were told in time, and what else an engineer was woken by.
import { isWithin, MINUTE, nightOf } from './calendar.ts'
import { REPAIR, type Fault, type FaultName } from './faults.ts'
import type { Scenario } from './scenarios.ts'
import type { Lived, Ring } from './live.ts'
import type { SampleIn } from '../../shared/schemas/sample.ts'

export interface Found {
  fault: FaultName
  source: string
  /** When it began. */
  from: string
  /** Minutes until it was told; null where it never was. */
  minutes: number | null
  inTime: boolean
  /** Notifications that it led to. */
  rings: number
}

export interface FalseAlarm {
  at: string
  /** 0 to 6; -1 by day. */
  night: number
  source: string
  /** What fired, by rule and metric type. */
  told: string[]
}

export interface Outcome {
  seed: number
  scenario: Scenario['name']
  samples: number
  /** Events that were raised, most of which notify nobody. */
  events: number
  found: Found[]
  falseAlarms: FalseAlarm[]
}

/** Hears what was posted, so that it knows by when a fault had to be told. */
export function createJudge(faults: readonly Fault[]) {
  const deadlines = new Map<Fault, number>()
  for (const fault of faults)
    if ('minutes' in fault.told) deadlines.set(fault, fault.from + fault.told.minutes * MINUTE)

  const isOf = (fault: Fault, { at, events }: Ring) =>
    isWithin(at, { from: fault.from, to: fault.to + REPAIR }) && events.some(({ source }) => source === fault.source)

  function foundOf(fault: Fault, rings: readonly Ring[]): Found {
    const own = rings.filter((ring) => isOf(fault, ring))
    const first = own.find(({ events }) => events.some((event) => fault.shows.test(event.metric_type)))
    return {
      fault: fault.name,
      source: fault.source,
      from: instantOf(fault.from),
      minutes: first ? (first.at - fault.from) / MINUTE : null,
      inTime: first !== undefined && first.at <= (deadlines.get(fault) ?? Infinity),
      rings: own.length,
    }
  }

  return {
    hear(time: number, samples: readonly SampleIn[]): void {
      for (const fault of faults) {
        const { told, shows } = fault
        if (deadlines.has(fault) || !('value' in told) || !isWithin(time, fault)) continue
        const isThere = ({ source, metric_type, value }: SampleIn) =>
          source === fault.source && shows.test(metric_type) && value >= told.value
        if (samples.some(isThere)) deadlines.set(fault, time)
      }
    },
    outcome: (seed: number, name: Scenario['name'], { rings, events, samples }: Lived): Outcome => ({
      seed,
      scenario: name,
      samples,
      events: events.length,
      found: faults.map((fault) => foundOf(fault, rings)),
      falseAlarms: rings.filter((ring) => !faults.some((fault) => isOf(fault, ring))).map(falseAlarmOf),
    }),
  }
}

const falseAlarmOf = ({ at, events }: Ring): FalseAlarm => ({
  at: instantOf(at),
  night: nightOf(at),
  source: events[0]!.source,
  told: events.map(
    ({ rule_name, metric_type, severity, value, description }) =>
      `${severity} ${rule_name}, ${metric_type} ${value}: ${description}`,
  ),
})

const instantOf = (time: number) => new Date(time).toISOString()
