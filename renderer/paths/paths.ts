// The paths of the pages.

export const SUMMARY = '/'
export const EVENTS = '/events'
/** Not `/metrics`, where Tocsin exposes its own metrics to Prometheus. */
export const METRICS = '/series'
export const RULES = '/rules'
export const NEW_RULE = '/rules/new'
export const SILENCES = '/silences'
export const NEW_SILENCE = '/silences/new'
export const WINDOWS = '/maintenance-windows'
export const NEW_WINDOW = '/maintenance-windows/new'
export const SIMULATE = '/simulate'
export const SETTINGS = '/settings'
export const BUNDLE = '/bundle'
