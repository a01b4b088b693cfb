// Names of the live stream. No imports here: a shared worker of the browser uses these without any schema.
export const STREAM_PATH = '/api/anomaly/stream'

export const CHANGE_KINDS = ['anomaly_detected', 'event_updated', 'event_reminded'] as const

/** Sent instead of changes if the client was away for too long: it must reload everything. */
export const RESET = 'reset'
