import { expect, it } from 'vitest'
import { parseMetricName } from '../../renderer/ui/metricName.ts'

it.each([
  ['CPU', 'CPU', {}],
  ['NETWORK_IN{interface="eth0"}', 'NETWORK_IN', { interface: 'eth0' }],
  ['seconds_total{cpu="0",mode="idle"}', 'seconds_total', { cpu: '0', mode: 'idle' }],
  ['DISK{mount="/a,b=\\"c\\" {d}"}', 'DISK', { mount: '/a,b="c" {d}' }],
  ['X{}', 'X', {}],
])('splits %s', (metricType, name, labels) => {
  const parsed = parseMetricName(metricType)
  expect(parsed.name).toBe(name)
  expect(Object.fromEntries(parsed.labels.map(({ key, value }) => [key, value]))).toEqual(labels)
})

it.each(['a{b}', 'a{b="c"', '{b="c"}', 'a{b="c" d="e"}', 'a{b="c"}x'])('leaves %s as it is', (metricType) => {
  expect(parseMetricName(metricType)).toEqual({ name: metricType, labels: [] })
})
