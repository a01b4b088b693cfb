// Counters: values that only increase and reset when their process restarts. They are evaluated as rates.

/**
 * Whether a metric type is a counter by Prometheus' naming conventions: `…_total`, and `…_bucket` with a label `le`, with
 * or without other labels. `…_count` and `…_sum` don't count, since gauges have such names, too (`process_count`).
 */
export const isCounter = (metricType: string): boolean =>
  /^[a-zA-Z_:][a-zA-Z0-9_:]*_total(\{.*)?$/.test(metricType) ||
  /^[a-zA-Z_:][a-zA-Z0-9_:]*_bucket\{(.*,)?le="/.test(metricType)

/** The unit of a rate per second. */
export const perSecond = (unit: string | null): string => `${unit ?? ''}/s`
