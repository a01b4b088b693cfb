// Which sentences the facts of an event make. Pure: the same facts give the same words.
import { isLive, TOCSIN } from '../../../shared/domain/event-status.ts'
import type { Event } from '../../../shared/schemas/event.ts'
import type { Facts } from '../../../shared/schemas/explanation.ts'
import { textsFor } from '../../../shared/texts/texts.ts'
import { MAX_AROUND, MAX_EARLIER } from './events.ts'

const texts = textsFor()

/** Named of other events and series: more would bury the first. */
const MAX_NAMED = 3

export function sentencesOf(event: Event, facts: Facts): { headline: string; text: string } {
  const headline = headlineOf(event, facts)
  const sentences = [
    headline,
    ...reason(event, headline),
    ...baselineOf(facts),
    began(event, facts),
    earlierEvents(facts),
    ...otherEvents(facts),
    ...otherSeries(event, facts),
    ...(event.flapping ? [texts.flapping()] : []),
    ...(event.silenced_by === null ? [] : [texts.silenced()]),
  ]
  return { headline, text: sentences.join(' ') }
}

/**
 * The worst value so far beside the normal range: that of the first sample would grow old. For an event without a range,
 * the detector's description.
 */
function headlineOf(event: Event, { peak_value: value, unit, baseline: { lower, upper } }: Facts): string {
  const { source, metric_type: metricType, description, drill } = event
  const side = upper !== null && value > upper ? 'above' : lower !== null && value < lower ? 'below' : undefined
  if (side === undefined) return texts.described({ source, metricType, description })
  const unusual = { source, metricType, value, unit, side, drill } as const
  const bound = side === 'above' ? upper! : lower!
  if (event.method === 'THRESHOLD') return texts.limitCrossed({ ...unusual, limit: bound })
  if (lower !== null && upper !== null) return texts.rangeLeft({ ...unusual, lower, upper })
  return texts.boundCrossed({ ...unusual, bound })
}

/** The detector's own sentence with its figure; for a limit, the headline says it all. */
const reason = ({ method, description }: Event, headline: string): string[] =>
  method === 'THRESHOLD' || headline.endsWith(description) ? [] : [description]

const baselineOf = ({ baseline: { samples }, hour_before, unit }: Facts): string[] => [
  ...(samples === null ? [] : [texts.baseline({ samples })]),
  ...(hour_before === null ? [] : [texts.hourBefore({ median: hour_before, unit })]),
]

const began = (event: Event, { began_at, lasted_seconds, occurrences, peak_value, value, unit }: Facts): string =>
  texts.began({
    beganAt: began_at,
    lastedSeconds: lasted_seconds,
    occurrences,
    worst: peak_value === value ? null : peak_value,
    unit,
    live: isLive(event),
  })

function earlierEvents({ earlier: { count, false_alarms, last } }: Facts): string {
  const newest = last[0]
  if (!newest) return texts.noEarlierEvents()
  return texts.earlierEvents({
    count,
    atLeast: count >= MAX_EARLIER,
    falseAlarms: false_alarms,
    newest: {
      status: newest.status,
      detectedAt: newest.detected_at,
      lastedSeconds: newest.lasted_seconds,
      endedBy: newest.ended_by === TOCSIN ? null : newest.ended_by,
      comment: newest.comment,
    },
  })
}

function otherEvents({ events_around }: Facts): string[] {
  if (events_around.length === 0) return []
  const events = events_around.slice(0, MAX_NAMED).map(({ title, severity, rule_name, seconds_after }) => ({
    title,
    severity,
    rule: rule_name,
    secondsAfter: seconds_after,
  }))
  const isCut = events_around.length >= MAX_AROUND
  return [texts.otherEvents({ events, unnamed: isCut ? null : events_around.length - events.length })]
}

function otherSeries({ source }: Event, { series_around }: Facts): string[] {
  if (series_around.length === 0) return []
  const series = series_around
    .slice(0, MAX_NAMED)
    .map(({ metric_type, unit, before, value }) => ({ metricType: metric_type, unit, before, value }))
  return [texts.otherSeries({ source, series })]
}
