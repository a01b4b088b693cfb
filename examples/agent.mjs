#!/usr/bin/env node
// Posts load, memory and disk usage of this machine to Tocsin. Node 20 or newer, no dependency.
// Settings: TOCSIN_URL, TOCSIN_SOURCE, TOCSIN_INTERVAL (seconds), TOCSIN_TOKEN. `--once` posts one reading and exits.
import { randomUUID } from 'node:crypto'
import { statfs } from 'node:fs/promises'
import { freemem, hostname, loadavg, totalmem } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'

// Not the bare hostname: that is the source of Tocsin's own host agent, and both would write to the same series.
const { TOCSIN_SOURCE = `${hostname()}-node`, TOCSIN_INTERVAL = '15', TOCSIN_TOKEN } = process.env
const { TOCSIN_URL = 'http://127.0.0.1:8642' } = process.env
const TIMEOUT_MS = 5_000
const MAX_WAIT_MS = 60_000

const percent = (part, whole) => Math.round((1000 * part) / whole) / 10

async function reading() {
  const { blocks, bfree, bavail } = await statfs(process.cwd())
  const used = blocks - bfree
  const recorded_at = new Date().toISOString()
  const values = {
    // Windows has no load average.
    ...(process.platform !== 'win32' && { LOAD: Math.round(loadavg()[0] * 100) / 100 }),
    MEMORY: percent(totalmem() - freemem(), totalmem()),
    DISK: percent(used, used + bavail),
  }
  return Object.entries(values).map(([metric_type, value]) => ({
    source: TOCSIN_SOURCE,
    metric_type,
    value,
    recorded_at,
  }))
}

/** Gives the status, 0 if there was no answer, and the milliseconds after which Tocsin wants to be asked again. */
async function attempt(body, key) {
  try {
    const { status, headers } = await fetch(new URL('/api/anomaly/metrics/batch', TOCSIN_URL), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': key,
        ...(TOCSIN_TOKEN && { authorization: `Bearer ${TOCSIN_TOKEN}` }),
      },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    return { status, retryAfterMs: 1000 * (Number(headers.get('retry-after')) || 0) }
  } catch {
    return { status: 0, retryAfterMs: 0 }
  }
}

/** Retries until Tocsin has answered. All attempts carry the same key, so a batch whose answer got lost is stored once. */
async function post(samples) {
  const body = JSON.stringify(samples)
  const key = randomUUID()
  for (let waitMs = 1_000; ; waitMs = Math.min(2 * waitMs, MAX_WAIT_MS)) {
    const { status, retryAfterMs } = await attempt(body, key)
    if (status >= 200 && status < 300) return true
    if (status > 0 && status < 500 && status !== 408 && status !== 429) {
      // The batch itself is at fault: sending it again would not help.
      console.error(`agent.mjs: Tocsin refused the batch with status ${status}`)
      return false
    }
    // Tocsin is away or overloaded. The jitter keeps many agents from coming back at the same moment.
    await sleep(Math.max(retryAfterMs, waitMs * (0.5 + Math.random() / 2)))
  }
}

if (process.argv.includes('--once')) process.exitCode = (await post(await reading())) ? 0 : 1
else {
  for (;;) {
    await post(await reading())
    await sleep(1000 * Number(TOCSIN_INTERVAL))
  }
}
