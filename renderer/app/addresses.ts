// Where the screens stand.

export const SUMMARY = '/'
export const EVENTS = '/events'
/** Not `/metrics`: that is where Tocsin tells of itself to Prometheus. */
export const METRICS = '/series'
export const RULES = '/rules'
export const NEW_RULE = '/rules/new'
export const SIMULATE = '/simulate'
export const SETTINGS = '/settings'
