// Runs a scenario through the program: its agents post to the core, and what the desktop would notify of is recorded.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import { createApp, type App } from '../../electron/core/boot/app.ts'
import { silentLog } from '../../electron/core/platform/ports.ts'
import { createClient, type Client } from '../../shared/client/client.ts'
import { isOfEvent } from '../../shared/schemas/change.ts'
import type { Event } from '../../shared/schemas/event.ts'
import type { SampleIn } from '../../shared/schemas/sample.ts'
import { BEGIN, END, HOUR, MINUTE } from './calendar.ts'
import type { WeekClock } from './clock.ts'
import type { Scenario } from './scenarios.ts'

/** One notification. */
export interface Notification {
  /** Milliseconds since 1970. */
  at: number
  /** The open events of its incident. */
  events: Event[]
}

export interface Lived {
  notifications: Notification[]
  /** All that were raised, whatever their severity. */
  events: Event[]
  samples: number
}

/** What is asked every few seconds is asked more seldom here, but often enough that nobody thinks it was asleep. */
const STEP = 30_000

/** Agents read every minute or every other one, and post together. */
const POSTS = 2 * MINUTE

/** @param onPosted is given all that is posted */
export async function live(
  scenario: Scenario,
  clock: WeekClock,
  onPosted: (time: number, samples: SampleIn[]) => void,
): Promise<Lived> {
  await clock.advanceTo(BEGIN)
  const failures: Error[] = []
  const dataDir = mkdtempSync(join(tmpdir(), 'tocsin-week-'))
  const app = await createApp({
    dataDir,
    resourcesDir: join(import.meta.dirname, '../../resources'),
    user: 'ada',
    clock,
    log: { ...silentLog, error: (details, message) => failures.push(new Error(message, { cause: details })) },
    version: '0.0.0',
    host: '127.0.0.1',
    allowedHosts: [],
    ingestNeedsToken: false,
  })
  const { notifications, events } = follow(app, clock)
  const client = clientOf(app)
  let samples = 0
  try {
    for (let time = BEGIN; time < END; time += STEP) {
      if (scenario.isAsleep(time)) continue
      await clock.advanceTo(time)
      if ((time - BEGIN) % POSTS > 0) continue
      const posted = [...scenario.postingsAt(time - MINUTE), ...scenario.postingsAt(time)]
      onPosted(time, posted)
      samples += posted.length
      await post(client, clock, posted)
      if ((time - BEGIN) % HOUR === 0 && time > BEGIN) await keepsUp(client)
      if (failures[0]) throw failures[0]
    }
    return { notifications, events: [...events.values()], samples }
  } finally {
    await app.close()
    rmSync(dataDir, { recursive: true })
  }
}

function follow({ changes, notify }: App, clock: WeekClock) {
  const notifications: Notification[] = []
  const events = new Map<number, Event>()
  changes.subscribe((change) => void (isOfEvent(change) && events.set(change.event.id, change.event)))
  notify(({ event: { incident_id } }) => {
    const open = [...events.values()].filter((event) => event.incident_id === incident_id && event.status === 'OPEN')
    notifications.push({ at: clock.now(), events: open })
  })
  return { notifications, events }
}

const clientOf = ({ server, token }: App): Client =>
  createClient(async ({ method, url, headers, body }) => {
    const authorization = `Bearer ${token}`
    const payload = body === undefined ? {} : { payload: body as object }
    const answer = await server.inject({ method, url, headers: { ...headers, authorization }, ...payload })
    return { status: answer.statusCode, body: answer.json<unknown>() }
  })

/** Longer than the engine waits for more to come, in milliseconds. */
const MOMENT = 10

/** More turns than it takes to evaluate a post. */
const TURNS = 8

/** All at once, as far as a batch may be large; it is evaluated when this is done. */
async function post(client: Client, clock: WeekClock, samples: SampleIn[]): Promise<void> {
  for (let from = 0; from < samples.length; from += 100) {
    await client.postMetricsBatch({ body: samples.slice(from, from + 100) })
    await clock.advanceTo(clock.now() + MOMENT)
    // It looks every real millisecond whether that was long enough.
    await pause(2)
    for (let turn = 0; turn < TURNS; turn++) await nextTurn()
  }
}

/** To ask with every post takes longer than to evaluate it. */
async function keepsUp(client: Client): Promise<void> {
  const { samples_waiting } = await client.getHealth()
  if (samples_waiting > 0)
    throw new Error(`The engine does not keep up with the week: ${samples_waiting} samples wait.`)
}
