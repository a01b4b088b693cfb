// Its own health: as Prometheus' text for whoever watches Tocsin, and in a few numbers for the interface.
import { Registry } from 'prom-client'
import { watchLastMinute, type LastMinute } from './last-minute.ts'
import { watchLoopDelay } from './loop-delay.ts'
import type { Meters } from '../platform/meters.ts'
import { addProcess, addReadings, type Readings } from './metrics.ts'
import { createStageMetrics } from './stages.ts'

export interface Health {
  /** For the stages, which are there before there is anything to read from them. */
  meters: Meters
  /** To be called once, when the stages are there. */
  read(readings: Readings): void
  /** The text of `/metrics`. */
  metrics(): Promise<string>
  lastMinute(): Promise<LastMinute>
  end(): void
}

/**
 * Nothing runs but a look every ten seconds.
 *
 * @param statuses of rejections that are counted from 0 on, so that a rate can be computed before the first
 */
export function createHealth(statuses: readonly number[]): Health {
  const register = new Registry()
  const stages = createStageMetrics(register, statuses)
  // Each of the two readers has the figures since its own last reading.
  const delays = { scrapes: watchLoopDelay(), minute: watchLoopDelay() }
  const minute = watchLastMinute(stages, delays.minute)
  addProcess(register, delays.scrapes)
  return {
    meters: stages.meters,
    read: (readings) => addReadings(register, readings),
    metrics: () => register.metrics(),
    lastMinute: minute.read,
    end() {
      minute.end()
      for (const delay of Object.values(delays)) delay.end()
    },
  }
}
