// The facts of an event in plain sentences. Pure: the same facts give the same words, with times in UTC.
import { formatDuration, formatValue } from '../../../shared/domain/format.ts'
import type { Event } from '../../../shared/schemas/event.ts'
import type { Facts } from '../../../shared/schemas/explanation.ts'
import { TOCSIN } from '../../../shared/domain/event-status.ts'
import { MAX_AROUND, MAX_EARLIER } from './events.ts'

export function sentencesOf(event: Event, facts: Facts): { headline: string; text: string } {
  const headline = headlineOf(event, facts)
  const sentences = [
    headline,
    reason(event, headline),
    ground(facts),
    course(event, facts),
    before(facts),
    others(facts),
    seriesFarOff(event, facts),
    ...notes(event),
  ]
  return { headline, text: sentences.filter((sentence) => sentence !== '').join(' ') }
}

/** What the value was, beside what was usual; where that doesn't tell it, what the detector said. */
function headlineOf(
  { source, metric_type, method, description, drill }: Event,
  { value, unit, baseline }: Facts,
): string {
  const { lower, upper } = baseline
  const side = upper !== null && value > upper ? 'above' : lower !== null && value < lower ? 'below' : undefined
  if (side === undefined) return `${metric_type} on ${source}: ${description}`
  const said = (limit: number) => inWords(limit, unit)
  const was = `${drill ? 'In a drill, ' : ''}${metric_type} on ${source} was ${said(value)}`
  if (method === 'THRESHOLD') return `${was}, ${side} the limit of ${said(side === 'above' ? upper! : lower!)}.`
  if (lower !== null && upper !== null) return `${was}, ${side} the usual ${said(lower)} to ${said(upper)}.`
  return `${was}; usually it is ${side === 'above' ? `at most ${said(upper!)}` : `at least ${said(lower!)}`}.`
}

/** The detector's own words with its figure; a limit has no more to say than the headline. */
const reason = ({ method, description }: Event, headline: string): string =>
  method === 'THRESHOLD' || headline.endsWith(description) ? '' : description

/** On what the judgement rests. */
function ground({ baseline: { samples }, hour_before, unit }: Facts): string {
  const known = samples === null ? '' : `What is usual is known from ${samples} ${plural(samples, 'sample', 'samples')}`
  const level = hour_before === null ? '' : `in the hour before, it was around ${inWords(hour_before, unit)}`
  if (known && level) return `${known}; ${level}.`
  return known || level ? `${capital(known || level)}.` : ''
}

function course({ status }: Event, { began_at, lasted_seconds, occurrences, peak_value, value, unit }: Facts): string {
  const isLive = status === 'OPEN' || status === 'ACKNOWLEDGED'
  const since = `It began at ${moment(began_at)}`
  const length = lasted_seconds === 0 ? '' : ` and ${isLive ? 'has lasted' : 'lasted'} ${duration(lasted_seconds)}`
  const many = occurrences === 1 ? '' : `: ${occurrences} anomalies${isLive ? ' so far' : ''}`
  const peak = peak_value === value ? '' : `, at worst ${inWords(peak_value, unit)}`
  return `${since}${length}${many}${peak}.`
}

function before({ earlier: { count, false_alarms, last } }: Facts): string {
  const newest = last[0]
  if (!newest) return 'Nothing like it is on record.'
  const often = count < MAX_EARLIER ? times(count) : `at least ${count} times`
  const length = newest.lasted_seconds === 0 ? '' : ` for ${duration(newest.lasted_seconds)}`
  const wrong =
    count === 1 || false_alarms === 0
      ? ''
      : ` Of these, ${false_alarms} ${plural(false_alarms, 'was a false alarm', 'were false alarms')}.`
  return `It rang ${often} before, last at ${moment(newest.detected_at)}${length} (${outcome(newest)}).${wrong}`
}

function outcome({ status, ended_by, comment }: Facts['earlier']['last'][number]): string {
  const how = {
    OPEN: 'still open',
    ACKNOWLEDGED: 'still going on',
    RESOLVED: ended_by === TOCSIN ? 'it went away by itself' : `resolved by ${ended_by}`,
    FALSE_POSITIVE: `a false alarm, said ${ended_by}`,
  }[status]
  return comment === null ? how : `${how}: “${comment}”`
}

/** More would bury the first. */
const NAMED = 3

function others({ events_around }: Facts): string {
  if (events_around.length === 0) return ''
  const named = events_around
    .slice(0, NAMED)
    .map(
      ({ title, severity, rule_name, seconds_after }) =>
        `${title} (${severity}, ${rule_name}, ${distance(seconds_after)})`,
    )
  const unnamed = events_around.length - named.length
  const more = events_around.length < MAX_AROUND ? `${unnamed} more` : 'others'
  return `At that time there was also: ${named.join('; ')}${unnamed > 0 ? `; and ${more}` : ''}.`
}

const distance = (seconds: number) =>
  seconds === 0 ? 'at the same moment' : `${duration(Math.abs(seconds))} ${seconds < 0 ? 'earlier' : 'later'}`

function seriesFarOff({ source }: Event, { series_around }: Facts): string {
  if (series_around.length === 0) return ''
  const moves = series_around
    .slice(0, NAMED)
    .map(
      ({ metric_type, unit, before, value }) =>
        `${metric_type} from ${inWords(before, unit)} to ${inWords(value, unit)}`,
    )
  return `On ${source}, these moved as well: ${moves.join('; ')}.`
}

function notes({ flapping, silenced_by }: Event): string[] {
  return [...(flapping ? ['It goes back and forth.'] : []), ...(silenced_by === null ? [] : ['It was silenced.'])]
}

// Plain spaces: scripts and models read this too.
const inWords = (value: number, unit: string | null) => formatValue(value, unit).replaceAll('\u00a0', ' ')
const duration = (seconds: number) => formatDuration(seconds * 1000).replaceAll('\u00a0', ' ')

/** `2026-01-05 12:00:00 UTC` */
const moment = (instant: string) => `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`

const plural = (count: number, one: string, many: string) => (count === 1 ? one : many)
const times = (count: number) => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`)
const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1)
