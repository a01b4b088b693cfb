// Silences and windows as form values, and the conversion back to the contract.
import type { Severity } from '../../../shared/schemas/event.ts'
import type { Matcher, Silence } from '../../../shared/schemas/silences.ts'
import type { MaintenanceWindow } from '../../../shared/schemas/maintenance-windows.ts'
import { fromLocalInput, toLocalInput } from './localTime.ts'
import { localTimeZone } from '../../ui/localTimeZone.ts'
import { presetEnd } from './presets.ts'

export interface MatcherValues {
  source: string
  metric_type: string
  /** Empty: any rule. */
  rule_id: string
  /** Empty: any severity. */
  severity: Severity | ''
}

export interface SilenceValues extends MatcherValues {
  /** As in a datetime-local input. */
  from: string
  to: string
  comment: string
}

export interface WindowValues extends MatcherValues {
  name: string
  days: string[]
  start: string
  minutes: number | string
  time_zone: string
}

export const matcherOf = ({ source, metric_type, rule_id, severity }: MatcherValues): Matcher => ({
  source: source.trim(),
  metric_type: metric_type.trim(),
  rule_id: rule_id === '' ? null : Number(rule_id),
  severity: severity || null,
})

const matcherValuesOf = ({ source, metric_type, rule_id, severity }: Matcher): MatcherValues => ({
  source,
  metric_type,
  rule_id: String(rule_id ?? ''),
  severity: severity ?? '',
})

/** A new silence matches what the URL names, for one hour. */
export const newSilenceValues = (search: URLSearchParams, now: number): SilenceValues => ({
  ...matcherValuesOf({ source: search.get('source') ?? '*', metric_type: search.get('metric_type') ?? '*' }),
  rule_id: search.get('rule_id') ?? '',
  from: toLocalInput(now),
  to: toLocalInput(presetEnd('hour', now)),
  comment: '',
})

export const silenceValuesOf = (silence: Silence): SilenceValues => ({
  ...matcherValuesOf(silence),
  from: toLocalInput(silence.from),
  to: toLocalInput(silence.to),
  comment: silence.comment,
})

/** To be validated by the contract's schema. */
export const silenceCandidateOf = (values: SilenceValues) => ({
  ...matcherOf(values),
  from: fromLocalInput(values.from),
  to: fromLocalInput(values.to),
  comment: values.comment.trim(),
})

/** Every night, in the reader's time zone. */
export const newWindowValues = (): WindowValues => ({
  ...matcherValuesOf({ source: '*', metric_type: '*' }),
  name: '',
  days: ['1', '2', '3', '4', '5', '6', '7'],
  start: '02:00',
  minutes: 60,
  time_zone: localTimeZone(),
})

export const windowValuesOf = (window: MaintenanceWindow): WindowValues => ({
  ...matcherValuesOf(window),
  name: window.name,
  days: window.days.map(String),
  start: window.start,
  minutes: window.minutes,
  time_zone: window.time_zone,
})

/** To be validated by the contract's schema; an empty number is null, which it refuses. */
export const windowCandidateOf = (values: WindowValues) => ({
  ...matcherOf(values),
  name: values.name.trim(),
  days: values.days.toSorted().map(Number),
  start: values.start,
  minutes: typeof values.minutes === 'number' ? values.minutes : null,
  time_zone: values.time_zone.trim(),
})
