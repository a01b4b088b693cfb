// Parses a metric type in selector form: `NETWORK_IN{interface="eth0"}`.

export interface MetricName {
  name: string
  labels: { key: string; value: string }[]
}

const SELECTOR = /^([^{]+)\{(.*)\}$/s
const LABEL = /\s*([^=,\s]+)="((?:[^"\\]|\\.)*)"\s*(?:,|$)/gsy

/** Anything not in selector form is a name without labels. */
export function parseMetricName(metricType: string): MetricName {
  const [, name, inside] = SELECTOR.exec(metricType) ?? []
  if (name === undefined || inside === undefined) return { name: metricType, labels: [] }
  const found = [...inside.matchAll(LABEL)]
  const length = found.reduce((sum, [whole]) => sum + whole.length, 0)
  if (length !== inside.length) return { name: metricType, labels: [] }
  const labels = found.map(([, key = '', value = '']) => ({ key, value: value.replace(/\\(.)/gs, '$1') }))
  return { name, labels }
}
