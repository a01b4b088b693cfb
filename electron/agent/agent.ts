// The host agent: reads this very machine and posts to Tocsin over HTTP, as any other agent would.
import { unitOf } from '../../shared/domain/units.ts'
import type { Clock, Log } from '../core/platform/ports.ts'
import { thisMachine } from './machine.ts'
import { createOutbox } from './outbox.ts'
import { createPost } from './post.ts'
import { createReadings, type Reading } from './readings.ts'
import { openSpool } from './spool.ts'

export interface HostAgentOptions {
  /** Where Tocsin listens, such as `http://127.0.0.1:8642`. */
  url: string
  /** As it is now. */
  token?: (() => string) | undefined
  source: string
  /** Where it keeps what Tocsin has not taken yet; no other agent may use it. */
  folder: string
  intervalMs?: number
  clock: Clock
  log: Log
  /** Gives what is due at a time (milliseconds since 1970 in UTC). */
  readings?: (now: number) => Promise<Reading[]>
  fetch?: typeof globalThis.fetch
}

export interface HostAgent {
  /** Ends the readings and tries to deliver what is left, for at most a second. */
  stop(): Promise<void>
}

export function startHostAgent(options: HostAgentOptions): HostAgent {
  const { url, token, source, folder, intervalMs = 5_000, clock, log } = options
  const { readings = createReadings(thisMachine(), log) } = options
  const post = createPost({ url, token, fetch: options.fetch })
  const outbox = createOutbox({ post, spool: openSpool(folder, log), clock, log })
  let underWay = false

  async function read() {
    if (underWay) return
    underWay = true
    const now = clock.now()
    const recorded_at = new Date(now).toISOString()
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
      underWay = false
    }
  }

  const start = () => void read().catch((error: unknown) => log.error({ err: error }, 'Reading this machine failed'))
  start()
  const timer = setInterval(start, intervalMs)
  return {
    async stop() {
      clearInterval(timer)
      await outbox.close()
    },
  }
}
