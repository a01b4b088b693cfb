// Turns raw figures into values of metric types: percentages with one decimal, rates in whole bytes per second.
import { MINUTE, SECOND } from '../../shared/domain/time.ts'
import { name } from '../../shared/schemas/input.ts'
import type { Log } from '../core/platform/ports.ts'
import { realFileSystems } from './file-systems.ts'
import type { Machine } from './machine.ts'

export interface Reading {
  metricType: string
  value: number
}

interface Probe {
  name: string
  everyMs: number
  read(now: number): Promise<Reading[]>
}

const EVERY_TIME = 0
/** Timers fire a little early or late: a reading is due this long before its time. */
const TOLERANCE_MS = SECOND / 2
const TIMEOUT_MS = 4 * SECOND

/**
 * Gives the readings that are due at `now` (milliseconds since 1970). A reading that fails or times out is left out and
 * logged once; one that never ends is not started again. Rates need two readings: the first gives none.
 */
export function createReadings(machine: Machine, log: Log): (now: number) => Promise<Reading[]> {
  const probes = probesOf(machine).map((probe) => ({
    ...probe,
    startedAt: -Infinity,
    isRunning: false,
    isFailureLogged: false,
  }))

  async function take(probe: (typeof probes)[number], now: number): Promise<Reading[]> {
    probe.startedAt = now
    probe.isRunning = true
    const answer = probe.read(now).finally(() => (probe.isRunning = false))
    try {
      const readings = await within(TIMEOUT_MS, answer)
      // A single invalid sample makes Tocsin reject the whole batch.
      return readings.filter(({ metricType, value }) => name.safeParse(metricType).success && Number.isFinite(value))
    } catch (error) {
      if (!probe.isFailureLogged) log.warn({ reading: probe.name, err: error }, 'A reading of this machine failed')
      probe.isFailureLogged = true
      return []
    }
  }

  return async (now) => {
    const due = probes.filter((probe) => !probe.isRunning && now - probe.startedAt >= probe.everyMs - TOLERANCE_MS)
    return (await Promise.all(due.map((probe) => take(probe, now)))).flat()
  }
}

function probesOf(machine: Machine): Probe[] {
  const rate = createRates()
  const normally = machine.light ? EVERY_TIME : MINUTE
  let cpuBefore: { busy: number; total: number } | undefined
  return [
    {
      name: 'CPU',
      everyMs: EVERY_TIME,
      async read() {
        const before = cpuBefore
        const now = (cpuBefore = await machine.cpu())
        return before ? share('CPU', now.busy - before.busy, now.total - before.total) : []
      },
    },
    {
      name: 'LOAD',
      everyMs: EVERY_TIME,
      read: async () => [{ metricType: 'LOAD', value: Math.round((await machine.load()) * 100) / 100 }],
    },
    {
      name: 'MEMORY and SWAP',
      everyMs: normally,
      async read() {
        const { total, available, swapTotal, swapUsed } = await machine.memory()
        return [...share('MEMORY', total - available, total), ...share('SWAP', swapUsed, swapTotal)]
      },
    },
    {
      name: 'NETWORK',
      everyMs: normally,
      read: async (now) =>
        (await machine.network()).flatMap((one) => [
          ...rate(labelled('NETWORK_IN', 'interface', one.name), one.received, now),
          ...rate(labelled('NETWORK_OUT', 'interface', one.name), one.sent, now),
        ]),
    },
    {
      name: 'IO',
      everyMs: normally,
      async read(now) {
        const { read, written } = await machine.io()
        return [...rate('IO_READ', read, now), ...rate('IO_WRITE', written, now)]
      },
    },
    {
      name: 'DISK',
      everyMs: MINUTE,
      read: async () =>
        realFileSystems(await machine.fileSystems()).flatMap(({ mount, used, available }) =>
          share(labelled('DISK', 'mount', mount), used, used + available),
        ),
    },
  ]
}

/** Nothing without a whole, such as swap on a machine that has none. */
const share = (metricType: string, part: number, whole: number): Reading[] =>
  whole > 0 ? [{ metricType, value: Math.round(Math.min(Math.max(part / whole, 0), 1) * 1000) / 10 }] : []

/** Change per second of counters; nothing for the first reading, nor after a reset. */
function createRates() {
  const last = new Map<string, { count: number; at: number }>()
  return (metricType: string, count: number, at: number): Reading[] => {
    const before = last.get(metricType)
    last.set(metricType, { count, at })
    return before && count >= before.count && at > before.at
      ? [{ metricType, value: Math.round(((count - before.count) / (at - before.at)) * SECOND) }]
      : []
  }
}

/** A series selector in the form of Prometheus. */
const labelled = (metricType: string, label: string, value: string) =>
  `${metricType}{${label}="${value.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"}`

async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms / SECOND} s`)), ms)
  })
  try {
    return await Promise.race([answer, timeout])
  } finally {
    clearTimeout(timer)
  }
}
