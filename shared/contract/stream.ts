// Names of the live stream. No imports here: a shared worker of the browser uses these without any schema.
export const STREAM_PATH = '/api/anomaly/stream'

export const EVENT_CHANGE_KINDS = ['anomaly_detected', 'event_updated', 'event_reminded'] as const
/** A change of an incident comes after those of its events, at most once a second. */
export const INCIDENT_CHANGE_KIND = 'incident_updated'
export const CHANGE_KINDS = [...EVENT_CHANGE_KINDS, INCIDENT_CHANGE_KIND] as const

/** Sent instead of changes if the client was away for too long: it must reload everything. */
export const RESET = 'reset'
