// Counters: values that only rise and begin anew when what counts does, so that nobody looks at them but at their speed.

/**
 * Whether a metric type is a counter by Prometheus' conventions for names: `…_total`, and `…_bucket` with its `le`, with
 * other labels or none. `…_count` and `…_sum` are not taken for one, since gauges are called so too (`process_count`).
 */
export const isCounter = (metricType: string): boolean =>
  /^[a-zA-Z_:][a-zA-Z0-9_:]*_total(\{.*)?$/.test(metricType) ||
  /^[a-zA-Z_:][a-zA-Z0-9_:]*_bucket\{(.*,)?le="/.test(metricType)

/** The unit of the speed of something. */
export const perSecond = (unit: string | null): string => `${unit ?? ''}/s`
