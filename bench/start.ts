// How long a start takes on a large database: `npm run bench:start -- [--gb N] [--rounds N] [--small] [--check]`.
// From the spawn of the headless host to its first answer, and to the event of a sample that was posted right then.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { RuleIn } from '../shared/schemas/rule.ts'
import build from '../test/support/build.ts'
import { startHostProcess, temporaryFolder } from '../test/support/host-process.ts'
import { grouped, median, table } from './figures.ts'
import { postFlatOut, type Requests } from './load.ts'
import { BATCH_PATH, jsonRequest } from './requests.ts'
import { allEvaluated, RULES, startTocsin } from './targets.ts'

const { values } = parseArgs({
  options: {
    gb: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '5' },
    small: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
  },
})
const targetBytes = values.small ? 2e6 : Number(values.gb) * 1e9
const rounds = values.small ? 1 : Number(values.rounds)

const SERIES = 1000
const CONNECTIONS = 8
const BATCH = 100
/** Milliseconds to the first answer. */
const MAX_ANSWER_TIME = 1000
const FIRING_RULE = { name: 'Fires at once', source: 'start-*', method: 'THRESHOLD', threshold: 0 } as RuleIn

interface Start {
  answered: number
  evaluated: number
}

await build()
const folder = temporaryFolder()
const database = join(folder.path, 'tocsin.db')
try {
  await fill()
  const starts = { warm: await measureAll(() => true), cold: await measureAll(dropPageCache) }
  report(starts)
} finally {
  folder.remove()
}

/** As agents do it, by posts: so the database is what a long run leaves behind, saved states and all. */
async function fill(): Promise<void> {
  const host = await startTocsin(folder.path, [...RULES, FIRING_RULE])
  const begun = performance.now()
  let posted = 0
  while (statSync(database).size < targetBytes) {
    const { taken } = await postFlatOut({
      connections: CONNECTIONS,
      seconds: values.small ? 0.5 : 5,
      requestsOf: (connection) => bulkyRequests(host.url, connection),
    })
    posted += taken * BATCH
    await allEvaluated(host)
  }
  await host.stop()
  const took = (performance.now() - begun) / 1000
  console.log(
    `${grouped(posted)} samples of ${SERIES} series in ${grouped(took)} s: ${grouped(statSync(database).size / 1e6)} MB`,
  )
}

/** Samples with a note that can't be compressed: gigabytes come together in minutes instead of hours. */
function bulkyRequests(url: string, connection: number): Requests {
  let index = connection
  const sample = () => ({
    source: `host-${(index += CONNECTIONS) % SERIES}`,
    metric_type: 'CPU',
    value: 50 + 5 * Math.random(),
    tags: { trace: randomBytes(90).toString('base64') },
  })
  return () => jsonRequest(url + BATCH_PATH, Array.from({ length: BATCH }, sample))
}

async function measureAll(prepare: () => boolean): Promise<Start[] | undefined> {
  const starts: Start[] = []
  for (let round = 0; round < rounds; round++) {
    if (!prepare()) return undefined
    starts.push(await measure())
  }
  return starts
}

async function measure(): Promise<Start> {
  const source = `start-${crypto.randomUUID()}`
  const begun = performance.now()
  const host = await startHostProcess({ dataDir: folder.path })
  const healthy = await fetch(`${host.url}/healthz`)
  if (!healthy.ok) throw new Error(`/healthz answered ${healthy.status}.`)
  const answered = performance.now() - begun
  await host.client.postMetric({ body: { source, metric_type: 'CPU', value: 1 } })
  while ((await host.client.listEvents({ query: { source, limit: 1 } })).length === 0) await pause(2)
  const evaluated = performance.now() - begun
  await host.stop()
  return { answered, evaluated }
}

/** Drops the system's page cache of the database; false if that can't be done. */
function dropPageCache(): boolean {
  const { status } = spawnSync('dd', [`if=${database}`, 'iflag=nocache', 'count=0'], { stdio: 'ignore' })
  return status === 0
}

function report(starts: Record<string, Start[] | undefined>): void {
  const rows = Object.entries(starts).map(([cache, each]) => {
    const times = (key: keyof Start) => each?.map((start) => start[key]) ?? []
    const text = (key: keyof Start) =>
      each ? `${grouped(median(times(key)))} ms (${grouped(Math.max(...times(key)))})` : 'not run: needs dd'
    if (values.check && each && !(median(times('answered')) <= MAX_ANSWER_TIME)) process.exitCode = 1
    return [`page cache ${cache}`, text('answered'), text('evaluated')]
  })
  console.log(`Medians of ${rounds} starts, the longest in brackets (target: an answer within ${MAX_ANSWER_TIME} ms)`)
  console.log(table([['', 'first answer', 'sample evaluated'], ...rows]))
}
