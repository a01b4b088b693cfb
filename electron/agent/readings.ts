// From raw figures to values of metric types: percent with one decimal, rates in whole bytes per second.
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
const MINUTE_MS = 60_000
/** Timers come a little early or late; a reading that is due in so little time is due. */
const SLACK_MS = 500
const PATIENCE_MS = 4_000

/**
 * Gives what is due at `now` (milliseconds since 1970 in UTC). A figure that fails or doesn't come in time is left
 * out and logged once; one that never comes is not asked for again. Rates need two readings: the first gives none.
 */
export function createReadings(machine: Machine, log: Log): (now: number) => Promise<Reading[]> {
  const probes = probesOf(machine).map((probe) => ({
    ...probe,
    askedAt: -Infinity,
    underWay: false,
    complained: false,
  }))

  async function ask(probe: (typeof probes)[number], now: number): Promise<Reading[]> {
    probe.askedAt = now
    probe.underWay = true
    const answer = probe.read(now).finally(() => (probe.underWay = false))
    try {
      const readings = await within(PATIENCE_MS, answer)
      // One sample that Tocsin refuses would take its whole batch along.
      return readings.filter(({ metricType, value }) => name.safeParse(metricType).success && Number.isFinite(value))
    } catch (error) {
      if (!probe.complained) log.warn({ reading: probe.name, err: error }, 'A reading of this machine failed')
      probe.complained = true
      return []
    }
  }

  return async (now) => {
    const due = probes.filter((probe) => !probe.underWay && now - probe.askedAt >= probe.everyMs - SLACK_MS)
    return (await Promise.all(due.map((probe) => ask(probe, now)))).flat()
  }
}

function probesOf(machine: Machine): Probe[] {
  const rate = createRates()
  const usual = machine.light ? EVERY_TIME : MINUTE_MS
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
      everyMs: usual,
      async read() {
        const { total, available, swapTotal, swapUsed } = await machine.memory()
        return [...share('MEMORY', total - available, total), ...share('SWAP', swapUsed, swapTotal)]
      },
    },
    {
      name: 'NETWORK',
      everyMs: usual,
      read: async (now) =>
        (await machine.network()).flatMap((one) => [
          ...rate(labelled('NETWORK_IN', 'interface', one.name), one.received, now),
          ...rate(labelled('NETWORK_OUT', 'interface', one.name), one.sent, now),
        ]),
    },
    {
      name: 'IO',
      everyMs: usual,
      async read(now) {
        const { read, written } = await machine.io()
        return [...rate('IO_READ', read, now), ...rate('IO_WRITE', written, now)]
      },
    },
    {
      name: 'DISK',
      everyMs: MINUTE_MS,
      read: async () =>
        realFileSystems(await machine.fileSystems()).flatMap(({ mount, used, available }) =>
          share(labelled('DISK', 'mount', mount), used, used + available),
        ),
    },
  ]
}

/** Nothing where there is no whole, such as swap on a machine without it. */
const share = (metricType: string, part: number, whole: number): Reading[] =>
  whole > 0 ? [{ metricType, value: Math.round(Math.min(Math.max(part / whole, 0), 1) * 1000) / 10 }] : []

/** Change per second of counters that only rise; nothing at first, and nothing after one was set back. */
function createRates() {
  const last = new Map<string, { count: number; at: number }>()
  return (metricType: string, count: number, at: number): Reading[] => {
    const before = last.get(metricType)
    last.set(metricType, { count, at })
    return before && count >= before.count && at > before.at
      ? [{ metricType, value: Math.round(((count - before.count) / (at - before.at)) * 1000) }]
      : []
  }
}

/** Selector form, as Prometheus writes it. */
const labelled = (metricType: string, label: string, value: string) =>
  `${metricType}{${label}="${value.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"}`

async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms / 1000} s`)), ms)
  })
  try {
    return await Promise.race([answer, patience])
  } finally {
    clearTimeout(timer)
  }
}
