// Tocsin and the host agent end and start again, in every order: each reading is there once. And so does a reader of the
// stream receive every change once, in order.
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createParser } from 'eventsource-parser'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ending, outputOf, startHostProcess, temporaryFolder, type HostProcess } from '../support/host-process.ts'

let folder: ReturnType<typeof temporaryFolder>
let host: HostProcess
let agent: ReturnType<typeof ending>
beforeEach(async () => {
  folder = temporaryFolder()
  host = await startHostProcess({ dataDir: join(folder.path, 'data') })
})
afterEach(async () => {
  await agent?.kill()
  await host.kill()
  folder.remove()
})

async function startHost() {
  host = await startHostProcess({ dataDir: join(folder.path, 'data'), port: Number(new URL(host.url).port) })
}

async function startAgent(script: string, ...args: string[]): Promise<ReturnType<typeof ending>> {
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, script), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TOCSIN_DATA_DIR: join(folder.path, 'agent') },
  })
  await outputOf(child, /ready|Posting/)
  return ending(child)
}

/** Between the agent and Tocsin: every third answer is lost, after Tocsin has stored what was posted. */
async function startRelay() {
  let answered = 0
  const server = createServer(async (request, response) => {
    const { method = '', url: path = '', headers } = request
    try {
      const answer = await fetch(host.url + path, {
        method,
        headers: { 'content-type': 'application/json', 'idempotency-key': String(headers['idempotency-key']) },
        body: Buffer.concat(await request.toArray()),
      })
      const text = await answer.text()
      if (++answered % 3 === 0) response.destroy()
      else response.writeHead(answer.status).end(text)
    } catch {
      response.destroy()
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    end() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** All samples of a source, by time and metric type, as they are stored. */
async function storedOf(source: string): Promise<string[]> {
  const stored = new Map<number, string>()
  for (const { metric_type } of await host.client.listSeries({ query: { source, limit: 200 } }))
    for (let until: string | undefined; ;) {
      const query = { metric_type, limit: 1000, ...(until !== undefined && { until }) }
      const page = await host.client.getMetrics({ params: { source }, query })
      const known = stored.size
      for (const { id, recorded_at } of page) stored.set(id, `${recorded_at} ${metric_type}`)
      if (page.length < 1000 || stored.size === known) break
      until = page.at(-1)!.recorded_at
    }
  return [...stored.values()].toSorted()
}

/** Follows the stream across restarts, naming the last change that it saw. */
function follow() {
  const received: { id: string | undefined; data: string }[] = []
  const end = new AbortController()
  async function read() {
    const { url, token } = host
    const lastId = received.at(-1)?.id
    const headers = { authorization: `Bearer ${token}`, 'last-event-id': lastId ?? '0' }
    const answer = await fetch(`${url}/api/anomaly/stream`, { headers, signal: end.signal })
    const parser = createParser({ onEvent: ({ id, data }) => void received.push({ id, data }) })
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) parser.feed(chunk)
  }
  const following = (async () => {
    while (!end.signal.aborted) {
      await read().catch(() => {})
      if (!end.signal.aborted) await pause(20)
    }
  })()
  return {
    received,
    async end() {
      end.abort()
      await following
    },
  }
}

it('neither an end of either side nor a lost answer loses or doubles a reading or a change', async () => {
  const made = join(folder.path, 'made')
  const outbox = join(folder.path, 'outbox')
  const readings = () => (existsSync(made) ? readFileSync(made, 'utf8').split('\n').slice(0, -1) : [])
  const relay = await startRelay()
  const start = async () => void (agent = await startAgent('restarts-agent.ts', relay.url, outbox, made))
  /** The agent goes on reading whatever happens to Tocsin. */
  const moreReadings = async (count: number) => {
    const before = readings().length
    await expect.poll(() => readings().length, { timeout: 30_000 }).toBeGreaterThan(before + count)
  }
  // Changes all the time: each reading above the limit is one.
  await host.client.createRule({
    body: {
      name: 'half',
      source: 'machine',
      metric_type: 'LOAD',
      method: 'THRESHOLD',
      threshold: 50,
      resolve_seconds: 0,
      resolve_samples: 1,
    },
  })
  const reader = follow()
  await start()
  const steps: (() => Promise<unknown>)[] = [
    () =>
      host
        .stop()
        .then(() => moreReadings(10))
        .then(startHost),
    () =>
      host
        .kill()
        .then(() => moreReadings(10))
        .then(startHost),
    () => agent.stop().then(start),
    () => agent.kill().then(start),
    () =>
      host
        .kill()
        .then(() => moreReadings(10))
        .then(agent.kill)
        .then(start)
        .then(startHost),
    () => host.stop().then(agent.stop).then(startHost).then(start),
    () => Promise.all([host.kill(), agent.kill()]).then(startHost).then(start),
  ]
  for (const step of steps) {
    await moreReadings(15)
    await step()
  }
  await moreReadings(15)
  await agent.stop()
  // What the agent could not deliver in its last second is delivered by the next one.
  if (readdirSync(outbox).length > 0) await start()
  await expect.poll(() => readdirSync(outbox).length, { timeout: 30_000 }).toBe(0)
  await agent.stop()
  relay.end()

  const stored = await storedOf('machine')
  expect(new Set(stored).size).toBe(stored.length)
  const missing = readings().filter((time) =>
    ['CPU', 'MEMORY', 'LOAD'].some((type) => !stored.includes(`${new Date(Number(time)).toISOString()} ${type}`)),
  )
  expect(missing).toEqual([])
  expect(stored.length).toBeGreaterThanOrEqual(3 * readings().length)

  const waiting = async () => (await host.client.getHealth()).samples_waiting
  await expect.poll(waiting).toBe(0)
  // A reader that connects now receives all of it at once.
  const late = follow()
  await expect
    .poll(() => late.received.length > 10 && late.received.at(-1)?.id === reader.received.at(-1)?.id)
    .toBe(true)
  expect(reader.received).toEqual(late.received)
  expect(reader.received.map(({ id }) => Number(id))).toEqual(late.received.map((_, index) => index + 1))
  await Promise.all([reader.end(), late.end()])
}, 120_000)

it('the agent of the command line goes on with what it had when it was killed while Tocsin was away', async () => {
  await host.stop()
  const args = ['--url', host.url, '--interval', '1', '--source', 'me']
  agent = await startAgent('../../electron/cli/agent.ts', ...args)
  const folders = join(folder.path, 'agent', 'agents')
  const kept = () => readdirSync(folders, { recursive: true }).filter((name) => String(name).endsWith('.json'))
  await expect.poll(kept, { timeout: 20_000 }).not.toEqual([])
  await agent.kill()
  const left = kept().flatMap(
    (name) =>
      JSON.parse(readFileSync(join(folders, String(name)), 'utf8')) as { recorded_at: string; metric_type: string }[],
  )
  await startHost()
  agent = await startAgent('../../electron/cli/agent.ts', ...args)
  const stored = () => storedOf('me')
  await expect
    .poll(stored, { timeout: 20_000 })
    .toEqual(expect.arrayContaining(left.map(({ recorded_at, metric_type }) => `${recorded_at} ${metric_type}`)))
  await agent.stop()
  const all = await stored()
  expect(new Set(all).size).toBe(all.length)
  expect(left.length).toBeGreaterThan(0)
}, 60_000)
