// The filter of events in the URL, so that it can be bookmarked and shared.
import { SEVERITIES, STATUSES, type Event, type Severity, type Status } from '../../../../shared/schemas/event.ts'
import { HOUR } from '../../../../shared/domain/time.ts'

/** `attention`: OPEN and ACKNOWLEDGED. */
export const VIEWS = ['attention', ...STATUSES, 'all'] as const
export type View = (typeof VIEWS)[number]

export const HOURS = [1, 24, 72, 168, 720] as const
/** The maximum, so that old events which need attention are not missed. */
const DEFAULT_HOURS = 720

export const PAGE = 50

export interface EventFilter {
  show: View
  severity: Severity | undefined
  source: string
  metricType: string
  ruleId: number | undefined
  hours: number
  offset: number
}

const parseInteger = (least: number, text: string | null): number | undefined => {
  const number = Number(text)
  return Number.isInteger(number) && number >= least ? number : undefined
}

const known = <T>(values: readonly T[], value: unknown): T | undefined => values.find((each) => each === value)

/** Missing or invalid parameters get their defaults. */
export function parseEventFilter(search: URLSearchParams): EventFilter {
  return {
    show: known(VIEWS, search.get('show')) ?? 'attention',
    severity: known(SEVERITIES, search.get('severity')),
    source: search.get('source') ?? '',
    metricType: search.get('metric_type') ?? '',
    ruleId: parseInteger(1, search.get('rule_id')),
    hours: known(HOURS, Number(search.get('hours'))) ?? DEFAULT_HOURS,
    offset: parseInteger(0, search.get('offset')) ?? 0,
  }
}

/** Leaves out the defaults. */
export function eventSearchParams(filter: EventFilter): URLSearchParams {
  const search = new URLSearchParams()
  if (filter.show !== 'attention') search.set('show', filter.show)
  if (filter.severity) search.set('severity', filter.severity)
  if (filter.source) search.set('source', filter.source)
  if (filter.metricType) search.set('metric_type', filter.metricType)
  if (filter.ruleId) search.set('rule_id', String(filter.ruleId))
  if (filter.hours !== DEFAULT_HOURS) search.set('hours', String(filter.hours))
  if (filter.offset > 0) search.set('offset', String(filter.offset))
  return search
}

/** The defaults of all filters but the view. */
export const NO_FILTERS = {
  severity: undefined,
  source: '',
  metricType: '',
  ruleId: undefined,
  hours: DEFAULT_HOURS,
} as const

/** Whether any filter but the view is set. */
export const isFiltered = ({ severity, source, metricType, ruleId, hours }: EventFilter) =>
  Boolean(severity || source || metricType || ruleId) || hours !== DEFAULT_HOURS

/** Which of the filtered events belong to one list; undefined fields match all. */
export interface ListSelector {
  status?: Status | undefined
  silenced?: boolean | undefined
}

/** The same filter that the program applies to a list, for one event from the stream. */
export function matches(event: Event, { status, silenced }: ListSelector, filter: EventFilter, now: number): boolean {
  const { severity, source, metricType, ruleId, hours } = filter
  return (
    (!status || event.status === status) &&
    (silenced === undefined || (event.silenced_by !== null) === silenced) &&
    (!severity || event.severity === severity) &&
    (!ruleId || event.rule_id === ruleId) &&
    event.source.toLowerCase().includes(source.toLowerCase()) &&
    (!metricType || event.metric_type.toLowerCase() === metricType.toLowerCase()) &&
    Date.parse(event.detected_at) >= now - hours * HOUR
  )
}
