// Where the screens stand that others link to.

/** Not `/metrics`: that is where Tocsin tells of itself to Prometheus. */
export const METRICS = '/series'
