// Takes a metric type in selector form apart: `NETWORK_IN{interface="eth0"}`.

export interface MetricName {
  name: string
  labels: { key: string; value: string }[]
}

const SELECTOR = /^([^{]+)\{(.*)\}$/s
const LABEL = /\s*([^=,\s]+)="((?:[^"\\]|\\.)*)"\s*(?:,|$)/gsy

/** What isn't in selector form is a name as a whole. */
export function parseMetricName(metricType: string): MetricName {
  const [, name, inside] = SELECTOR.exec(metricType) ?? []
  if (name === undefined || inside === undefined) return { name: metricType, labels: [] }
  const found = [...inside.matchAll(LABEL)]
  const length = found.reduce((sum, [whole]) => sum + whole.length, 0)
  if (length !== inside.length) return { name: metricType, labels: [] }
  const labels = found.map(([, key = '', value = '']) => ({ key, value: value.replace(/\\(.)/gs, '$1') }))
  return { name, labels }
}
