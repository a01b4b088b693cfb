// The outcome of a week: which faults were notified in time, and what else woke an engineer.
import { isWithin, MINUTE, nightOf } from './calendar.ts'
import { REPAIR, type Fault, type FaultName } from './faults.ts'
import type { Scenario } from './scenarios.ts'
import type { Lived, Notification } from './live.ts'
import type { SampleIn } from '../../shared/schemas/sample.ts'

export interface FaultOutcome {
  fault: FaultName
  source: string
  /** When it began. */
  from: string
  /** Minutes until it was notified; null if it never was. */
  minutes: number | null
  inTime: boolean
  /** Notifications that it led to. */
  notifications: number
}

export interface FalseAlarm {
  at: string
  /** 0 to 6; -1 by day. */
  night: number
  source: string
  /** What fired, by rule and metric type. */
  rules: string[]
}

export interface Outcome {
  seed: number
  scenario: Scenario['name']
  samples: number
  /** Events that were raised, most of which notify nobody. */
  events: number
  found: FaultOutcome[]
  falseAlarms: FalseAlarm[]
}

/** Follows what is posted, so that it knows by when a fault had to be notified. */
export function createScorer(faults: readonly Fault[]) {
  const deadlines = new Map<Fault, number>()
  for (const fault of faults)
    if ('minutes' in fault.deadline) deadlines.set(fault, fault.from + fault.deadline.minutes * MINUTE)

  const isOf = (fault: Fault, { at, events }: Notification) =>
    isWithin(at, { from: fault.from, to: fault.to + REPAIR }) && events.some(({ source }) => source === fault.source)

  function outcomeOf(fault: Fault, notifications: readonly Notification[]): FaultOutcome {
    const own = notifications.filter((notification) => isOf(fault, notification))
    const first = own.find(({ events }) => events.some((event) => fault.shows.test(event.metric_type)))
    return {
      fault: fault.name,
      source: fault.source,
      from: instantOf(fault.from),
      minutes: first ? (first.at - fault.from) / MINUTE : null,
      inTime: first !== undefined && first.at <= (deadlines.get(fault) ?? Infinity),
      notifications: own.length,
    }
  }

  return {
    observe(time: number, samples: readonly SampleIn[]): void {
      for (const fault of faults) {
        const { deadline, shows } = fault
        if (deadlines.has(fault) || !('value' in deadline) || !isWithin(time, fault)) continue
        const isThere = ({ source, metric_type, value }: SampleIn) =>
          source === fault.source && shows.test(metric_type) && value >= deadline.value
        if (samples.some(isThere)) deadlines.set(fault, time)
      }
    },
    outcome: (seed: number, name: Scenario['name'], { notifications, events, samples }: Lived): Outcome => ({
      seed,
      scenario: name,
      samples,
      events: events.length,
      found: faults.map((fault) => outcomeOf(fault, notifications)),
      falseAlarms: notifications
        .filter((notification) => !faults.some((fault) => isOf(fault, notification)))
        .map(falseAlarmOf),
    }),
  }
}

const falseAlarmOf = ({ at, events }: Notification): FalseAlarm => ({
  at: instantOf(at),
  night: nightOf(at),
  source: events[0]!.source,
  rules: events.map(
    ({ rule_name, metric_type, severity, value, description }) =>
      `${severity} ${rule_name}, ${metric_type} ${value}: ${description}`,
  ),
})

const instantOf = (time: number) => new Date(time).toISOString()
