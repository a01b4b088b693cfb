// The names of the live stream. Nothing is imported here: a browser's shared worker knows these and no schema.
export const STREAM_PATH = '/api/anomaly/stream'

export const CHANGE_KINDS = ['anomaly_detected', 'event_updated', 'event_reminded'] as const

/** Sent instead of changes where the client was away for too long: it must read everything anew. */
export const RESET = 'reset'
