// The texts that the program makes, in English. Each is made from facts in plain JSON alone, with times in UTC.
import { formatDuration } from '../domain/format.ts'
import type { Side as EventSide } from '../domain/side.ts'
import type { Severity, Status } from '../schemas/event.ts'
import { notices } from './en-notices.ts'
import { reasons } from './en-reasons.ts'
import { amount, duration, measured, moment, numberOf, range } from './amounts.ts'

type Side = 'above' | 'below'

interface Unusual {
  source: string
  metricType: string
  value: number
  unit: string | null
  side: Side
  drill: boolean
}

interface EarlierEvent {
  status: Status
  detectedAt: string
  lastedSeconds: number
  /** Who ended it; null for Tocsin itself. */
  endedBy: string | null
  comment: string | null
}

interface OtherEvent {
  title: string
  severity: Severity
  rule: string
  secondsAfter: number
}

const plural = (count: number, one: string, many: string) => (count === 1 ? one : many)
const times = (count: number) => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`)

const subject = ({ source, metricType, drill }: Unusual) => `${drill ? 'Drill: ' : ''}${metricType} on ${source}`

const outcome = ({ status, endedBy, comment }: EarlierEvent) => {
  const ended = {
    OPEN: 'still open',
    ACKNOWLEDGED: 'acknowledged and still active',
    RESOLVED: endedBy === null ? 'recovered on its own' : `resolved by ${endedBy}`,
    FALSE_POSITIVE: `marked as a false alarm by ${endedBy}`,
  }[status]
  return comment === null ? ended : `${ended}: “${comment}”`
}

const distance = (seconds: number) =>
  seconds === 0 ? 'at the same time' : `${duration(Math.abs(seconds) * 1000)} ${seconds < 0 ? 'earlier' : 'later'}`

const state = ({ side, byThreshold }: { side: EventSide; byThreshold: boolean }) => {
  if (side === 'silent') return 'has no data'
  return side === 'stuck' ? 'is stuck' : `is ${side} ${byThreshold ? 'its threshold' : 'normal'}`
}

export const en = {
  ...reasons,
  ...notices,

  // Events
  /** What is wrong and on which source, without a number, which would become outdated. */
  eventTitle: (event: { source: string; metricType: string; drill: boolean; side: EventSide; byThreshold: boolean }) =>
    `${event.drill ? 'Drill: ' : ''}${event.metricType} on ${event.source} ${state(event)}`,
  eventDescription: ({ reason, drill }: { reason: string; drill: boolean }) =>
    drill ? `${reason} This is a drill.` : reason,

  // Lines of the timeline, which only people read: their durations don't break
  recovered: ({ lastedMs, samples }: { lastedMs: number; samples: number }) =>
    `Normal for ${formatDuration(lastedMs)}, ${samples} ${plural(samples, 'sample', 'samples')}.`,
  crossedOver: ({ side }: { side: EventSide }) =>
    side === 'stuck' ? 'The value stopped changing.' : `The value crossed over to ${side} normal.`,
  adopted: ({ before, now, unit }: { before: number; now: number; unit: string | null }) => {
    const { numbers, unit: shown } = measured([now, before], unit)
    return `Normal is ${numbers[0]}${shown} from now on; it was ${numbers[1]}${shown} before.`
  },
  dataReturned: ({ silentMs }: { silentMs: number }) => `Data came back after ${formatDuration(silentMs)}.`,
  noDataFor: ({ silentMs }: { silentMs: number }) => `No data for ${formatDuration(silentMs)}.`,
  endedWithoutData: ({ silentMs }: { silentMs: number }) => `Ended without data: none for ${formatDuration(silentMs)}.`,
  incidentSilenced: ({ id }: { id: number }) => `Incident ${id}`,
  ruleDeleted: () => 'The rule was deleted.',
  ruleDisabled: () => 'The rule was disabled.',
  ruleNoLongerMatches: () => 'The rule no longer matches this series.',
  sourceDeleted: () => 'The source was deleted.',
  drillEnded: () => 'The drill ended.',

  // Explanations
  limitCrossed: (event: Unusual & { limit: number }) => {
    const { numbers, unit } = measured([event.value, event.limit], event.unit)
    return `${subject(event)} was ${numbers[0]}${unit}, ${event.side} the limit of ${numbers[1]}${unit}.`
  },
  rangeLeft: (event: Unusual & { lower: number; upper: number }) => {
    const { numbers, unit } = measured([event.value, event.lower, event.upper], event.unit)
    const [value, lower, upper] = numbers
    return `${subject(event)} was ${value}${unit}, ${event.side} the normal range of ${lower} to ${upper}${unit}.`
  },
  /** One side of the normal range is open. */
  boundCrossed: (event: Unusual & { bound: number }) => {
    const { numbers, unit } = measured([event.value, event.bound], event.unit)
    const bound = event.side === 'above' ? 'maximum' : 'minimum'
    return `${subject(event)} was ${numbers[0]}${unit}, ${event.side} the normal ${bound} of ${numbers[1]}${unit}.`
  },
  described: (event: { source: string; metricType: string; description: string }) =>
    `${event.metricType} on ${event.source}: ${event.description}`,
  baseline: ({ samples }: { samples: number }) =>
    `The normal range was learned from ${samples} ${plural(samples, 'sample', 'samples')}.`,
  hourBefore: ({ median, unit }: { median: number; unit: string | null }) =>
    `The median of the hour before was ${amount(median, unit)}.`,
  began: (event: {
    beganAt: string
    lastedSeconds: number
    occurrences: number
    /** Null if it is the value of the headline. */
    worst: number | null
    unit: string | null
    live: boolean
  }) => {
    const lasting = duration(event.lastedSeconds * 1000)
    const length = event.lastedSeconds === 0 ? '' : ` and ${event.live ? 'has lasted' : 'lasted'} ${lasting}`
    const details = [
      ...(event.occurrences === 1 ? [] : [`${event.occurrences} anomalies${event.live ? ' so far' : ''}`]),
      ...(event.worst === null ? [] : [`worst value ${amount(event.worst, event.unit)}`]),
    ]
    return `It began at ${moment(event.beganAt)}${length}${details.length === 0 ? '' : ` (${details.join(', ')})`}.`
  },
  noEarlierEvents: () => 'No similar event is on record.',
  earlierEvents: (earlier: { count: number; atLeast: boolean; falseAlarms: number; newest: EarlierEvent }) => {
    const { count, falseAlarms, newest } = earlier
    const often = earlier.atLeast ? `at least ${times(count)}` : times(count)
    const length = newest.lastedSeconds === 0 ? '' : ` for ${duration(newest.lastedSeconds * 1000)}`
    const wrong =
      count === 1 || falseAlarms === 0
        ? ''
        : ` ${falseAlarms} of them ${plural(falseAlarms, 'was a false alarm', 'were false alarms')}.`
    return `It fired ${often} before, last at ${moment(newest.detectedAt)}${length} (${outcome(newest)}).${wrong}`
  },
  /** @param unnamed how many more there are; null if nobody knows */
  otherEvents: ({ events, unnamed }: { events: readonly OtherEvent[]; unnamed: number | null }) => {
    const named = events.map(
      ({ title, severity, rule, secondsAfter }) => `${title} (${severity}, ${rule}, ${distance(secondsAfter)})`,
    )
    const more = unnamed === null ? ['and others'] : unnamed > 0 ? [`and ${unnamed} more`] : []
    return `Other events at that time: ${[...named, ...more].join('; ')}.`
  },
  otherSeries: (others: {
    source: string
    series: readonly { metricType: string; unit: string | null; before: number; value: number }[]
  }) => {
    const moves = others.series.map(
      ({ metricType, unit, before, value }) =>
        `${metricType} ${value > before ? 'rose' : 'fell'} from ${range(before, value, unit)}`,
    )
    return `Other unusual series on ${others.source}: ${moves.join('; ')}.`
  },
  flapping: () => 'It is flapping.',
  silenced: () => 'It was silenced.',

  // Explanations of drills
  computed: () => 'Computed from statistics, without a language model.',
  tooFewSamples: ({ samples }: { samples: number }) =>
    `${samples} ${plural(samples, 'sample is', 'samples are')} not enough to learn the normal range.`,
  drillEvaluated: (drill: { value: number; samples: number; lower: number; upper: number; deviations: number }) =>
    `${numberOf(drill.value)} is ${numberOf(Math.abs(drill.deviations))} standard deviations ` +
    `${drill.deviations < 0 ? 'below' : 'above'} the mean of ${drill.samples} samples. ` +
    `The normal range is ${range(drill.lower, drill.upper, null)}.`,
  ruleFired: ({ rule, severity, description }: { rule: string; severity: Severity; description: string }) =>
    `${rule} fired (${severity}): ${description}`,
  noRuleFired: () => 'No rule fired.',
  modelFailed: ({ reason }: { reason: string }) => `The language model did not answer: ${reason}`,

  // Notifications
  othersOnSource: (others: { source: string; count: number; metricTypes: readonly string[]; cut: boolean }) =>
    `And ${others.count} more on ${others.source}: ${[...others.metricTypes, ...(others.cut ? ['…'] : [])].join(', ')}`,
  othersOnSources: (others: { count: number; sources: readonly string[]; more: number }) =>
    `And ${others.count} more on ${[...others.sources, ...(others.more > 0 ? [`${others.more} other sources`] : [])].join(', ')}`,

  adoptionTitle: ({ source, metric_type }: { source: string; metric_type: string }) =>
    `${metric_type} on ${source}: new normal`,
  adoptionUndo: () => 'The event was resolved. You can undo this for 14 days.',
}
