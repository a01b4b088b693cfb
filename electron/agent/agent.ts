// The host agent: reads this machine's metrics and posts them to Tocsin over HTTP, as any other agent would.
import { SECOND, toIso } from '../../shared/domain/time.ts'
import { unitOf } from '../../shared/domain/units.ts'
import type { Clock, Log } from '../core/platform/ports.ts'
import { thisMachine } from './machine.ts'
import { createOutbox } from './outbox.ts'
import { createPost } from './post.ts'
import { createReadings, type Reading } from './readings.ts'
import { openSpool } from './spool.ts'

export interface HostAgentOptions {
  /** The address of Tocsin, such as `http://127.0.0.1:8642`. */
  url: string
  /** Gives the current token. */
  token?: (() => string) | undefined
  source: string
  /** The folder for samples that Tocsin has not accepted yet; no other agent may use it. */
  folder: string
  intervalMs?: number
  clock: Clock
  log: Log
  /** Gives the readings that are due at a time (milliseconds since 1970). */
  readings?: (now: number) => Promise<Reading[]>
  fetch?: typeof globalThis.fetch
}

export interface HostAgent {
  /** Stops reading, and tries to deliver what is left for at most a second. */
  stop(): Promise<void>
}

export function startHostAgent(options: HostAgentOptions): HostAgent {
  const { url, token, source, folder, intervalMs = 5 * SECOND, clock, log } = options
  const { readings = createReadings(thisMachine(), log) } = options
  const post = createPost({ url, token, fetch: options.fetch })
  const outbox = createOutbox({ post, spool: openSpool(folder, log), clock, log })
  let isReading = false

  async function read() {
    if (isReading) return
    isReading = true
    const now = clock.now()
    const recorded_at = toIso(now)
    try {
      const found = await readings(now)
      outbox.add(
        found.map(({ metricType, value }) => ({
          source,
          metric_type: metricType,
          value,
          unit: unitOf(metricType) || null,
          recorded_at,
        })),
      )
    } finally {
      isReading = false
    }
  }

  const start = () =>
    void read().catch((error: unknown) => log.error({ err: error }, "Could not read this machine's metrics"))
  start()
  const timer = setInterval(start, intervalMs)
  return {
    async stop() {
      clearInterval(timer)
      await outbox.close()
    },
  }
}
