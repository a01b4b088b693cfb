// The rules of the first start: an hour on a quiet machine fires nothing, on many such machines, and a real problem fires.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SampleIn } from '../../../shared/schemas/sample.ts'
import { randomFrom } from '../../support/random.ts'
import { eventually, START, temporaryApp, type TemporaryApp } from './temporary-app.ts'

let temporary: TemporaryApp
beforeEach(async () => void (temporary = await temporaryApp({ keepFirstRules: true })))
afterEach(() => temporary.remove())

const READINGS = 720
const APART = 5000

/** What a quiet workstation posts: noise, short bursts, slow drifts, flat lines and lines that move by their last digit. */
function quietMachine(seed: number) {
  const random = randomFrom(seed)
  let memory = 31
  let burst = 0
  return (index: number): Record<string, number> => {
    // Now and then something runs for up to half a minute: a timer, an indexer, a page that reloads.
    burst = burst > 0 ? burst - 1 : random() < 0.01 ? Math.ceil(random() * 6) : 0
    memory = Math.min(45, Math.max(25, memory + (random() - 0.5) * 0.2))
    const busy = burst > 0 ? random() : 0
    return {
      CPU: round(1 + random() * 2 + busy * 60),
      MEMORY: round(memory + busy),
      SWAP: 0,
      LOAD: Math.round((0.1 + random() * 0.2 + busy) * 100) / 100,
      'DISK{mount="/"}': round(41.2 + index / 3000),
      'NETWORK_IN{interface="eth0"}': Math.round(random() * 400 + busy * 3e6),
      'NETWORK_OUT{interface="eth0"}': Math.round(random() * 200 + busy * 2e5),
      IO_READ: busy > 0.5 ? Math.round(busy * 5e7) : 0,
      IO_WRITE: Math.round(random() * 4e4 + busy * 2e7),
    }
  }
}

const round = (value: number) => Math.round(value * 10) / 10

const post = async (samples: SampleIn[]) => {
  for (let from = 0; from < samples.length; from += 100)
    await temporary.client.postMetricsBatch({ body: samples.slice(from, from + 100) })
}

/** Readings of one machine, the last of them now. */
const readings = (source: string, count: number, valuesAt: (index: number) => Record<string, number>): SampleIn[] =>
  Array.from({ length: count }, (_, index) =>
    Object.entries(valuesAt(index)).map(([metric_type, value]) => ({
      source,
      metric_type,
      value,
      recorded_at: new Date(START - (count - index) * APART).toISOString(),
    })),
  ).flat()

const firings = async () =>
  (await temporary.client.listEvents()).map(({ source, rule_name }) => `${source}: ${rule_name}`)

describe('the rules of the first start', () => {
  it('are silent for an hour on quiet machines', async () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) await post(readings(`quiet-${seed}`, READINGS, quietMachine(seed)))
    // What comes last is evaluated last: once this fires, everything before it was evaluated.
    await post([{ source: 'end', metric_type: 'DISK', value: 99 }])
    await eventually(async () => expect(await firings()).toContain('end: Disk nearly full'))
    expect(await firings()).toEqual(['end: Disk nearly full'])
  })

  it.each([
    ['a processor without air', 'CPU', 100, 'CPU saturated'],
    ['memory that runs out', 'MEMORY', 98, 'Memory nearly full'],
    ['a full file system', 'DISK{mount="/"}', 93, 'File system nearly full'],
    ['requests that fail', 'ERROR_RATE', 20, 'Many errors'],
    ['a network that is flooded', 'NETWORK_IN{interface="eth0"}', 9e7, 'Unusual value'],
  ])('fire for %s', async (_, metricType, value, rule) => {
    const quiet = quietMachine(7)
    const problemFrom = READINGS - 75
    await post(
      readings('web-1', READINGS, (index) => ({
        ...quiet(index),
        ...(index < problemFrom ? {} : { [metricType]: value }),
      })),
    )
    await eventually(async () => expect(await firings()).toContain(`web-1: ${rule}`))
  })

  it('fire in a drill without options', async () => {
    const { events } = await temporary.client.simulate({ body: {} })
    expect(events.map(({ rule_name }) => rule_name)).toEqual(['CPU saturated', 'CPU stuck', 'Unusual value'])
  })
})
