// Conditions in which Tocsin can't work: each is reported in plain words, nothing is deleted, and when the cause is gone
// it goes on.
import { spawn, spawnSync, type SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  ending,
  httpClient,
  outputOf,
  startHostProcess,
  temporaryFolder,
  type RunningHost,
} from '../support/host-process.ts'

const HOST = join(import.meta.dirname, '../../out/headless/index.js')

let folder: ReturnType<typeof temporaryFolder>
let host: RunningHost | undefined
beforeEach(() => void (folder = temporaryFolder()))
afterEach(async () => {
  await host?.kill()
  host = undefined
  folder.remove()
})

const path = (name: string) => join(folder.path, name)
const database = () => path('tocsin.db')
const start = async () => (host = await startHostProcess({ dataDir: folder.path }))

/** Starts a host that is not expected to stay. */
async function startError(dataDir: string, options: SpawnOptions = {}): Promise<string> {
  const flags = [HOST, '--port', '0', '--no-host-agent', '--data-dir', dataDir]
  const child = spawn(process.execPath, flags, { timeout: 60_000, ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  child.stderr.setEncoding('utf8').on('data', (more: string) => (text += more))
  const [code] = (await once(child, 'close')) as [number]
  expect(code, text).toBe(1)
  return text
}

const post = ({ url }: RunningHost, value = 1, note = '') =>
  fetch(`${url}/api/anomaly/metrics`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ source: 'web', metric_type: 'N', value, tags: { note } }),
  })

const BATCH = 100

/** Samples whose metadata can't be compressed. */
function postMegabyte({ url }: RunningHost) {
  const note = () => Array.from({ length: 14 }, () => Math.random().toString(36).slice(2)).join('')
  const tags = () => Object.fromEntries(Array.from({ length: 60 }, (_, tag) => [`tag${tag}`, note()]))
  const samples = Array.from({ length: BATCH }, () => ({ source: 'web', metric_type: 'N', value: 1, tags: tags() }))
  return fetch(`${url}/api/anomaly/metrics/batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(samples),
  })
}

/** Takes all room that is left. */
function fill(file: string) {
  try {
    for (;;) appendFileSync(file, Buffer.alloc(4096))
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' })
  }
}

const detailOf = async (answer: Response) => ((await answer.json()) as { detail: string }).detail

const countIn = async ({ client }: RunningHost) => (await client.listSeries())[0]?.count ?? 0

/** Makes a world with samples and stops it, so that one file holds all. */
async function makeWorld(samples = 20) {
  const running = await start()
  for (let i = 0; i < samples; i++) expect((await post(running, i)).status).toBe(202)
  await running.stop()
}

describe('a damaged database', () => {
  test('is quarantined, a new one is created, and every screen shows it until it is dismissed', async () => {
    await makeWorld()
    const whole = readFileSync(database())
    const torn = Buffer.from(whole)
    torn.fill(0xa5, 100, 4096)
    writeFileSync(database(), torn)
    let running = await start()
    const [notice] = (await running.client.getHealth()).notices
    expect(notice).toMatchObject({
      kind: 'set_aside',
      text: expect.stringMatching(/was damaged .* is kept as .*damaged-/),
    })
    const kept = readdirSync(folder.path).find(
      (name) => name.startsWith('tocsin.db.damaged-') && !name.endsWith('-wal'),
    )!
    expect(readFileSync(path(kept))).toEqual(torn)
    expect((await post(running)).status).toBe(202)

    await running.kill()
    running = await start()
    expect((await running.client.getHealth()).notices).toEqual([notice])
    await running.client.dismissNotice({ params: { notice_id: notice!.id } })
    await expect(running.client.dismissNotice({ params: { notice_id: notice!.id } })).rejects.toThrow('no notice')
    await running.kill()
    running = await start()
    expect((await running.client.getHealth()).notices).toEqual([])
  })

  test('is found by the look that follows the start', async () => {
    await makeWorld()
    const client = new Sqlite(database())
    const root = client
      .prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'timeline_by_event'")
      .pluck()
      .get() as number
    const size = client.pragma('page_size', { simple: true }) as number
    client.close()
    const torn = readFileSync(database())
    torn.fill(0xa5, (root - 1) * size, root * size)
    writeFileSync(database(), torn)
    const running = await start()
    expect(await running.client.getHealth()).toMatchObject({ integrity_check: 'pending', notices: [] })
    await expect
      .poll(async () => (await running.client.getHealth()).integrity_check, { timeout: 15_000 })
      .toBe('damaged')
    const { notices } = await running.client.getHealth()
    expect(notices).toMatchObject([{ kind: 'damaged', text: expect.stringContaining('The database is damaged') }])
    expect((await post(running)).status).toBe(202)
  })

  test('an intact one is reported as intact', async () => {
    const running = await start()
    await expect.poll(async () => (await running.client.getHealth()).integrity_check, { timeout: 15_000 }).toBe('ok')
  })
})

test('the look at a large database does not hold up an end', async () => {
  await makeWorld(1)
  const client = new Sqlite(database())
  // Each row takes some milliseconds to be checked: all of them half a minute.
  client.pragma('ignore_check_constraints = ON')
  client.exec('CREATE TABLE heavy (bytes INTEGER CHECK (length(hex(zeroblob(bytes))) > 0))')
  client.exec(`INSERT INTO heavy SELECT 5000000 FROM json_each('[${'0,'.repeat(2000)}0]')`)
  client.close()
  const running = await start()
  const logged = () => readFileSync(path(join('logs', readdirSync(path('logs'))[0]!)), 'utf8')
  await expect.poll(logged, { timeout: 15_000 }).toContain('Checking the integrity of the database')
  // It is in the middle of it after a moment.
  await new Promise((resolve) => setTimeout(resolve, 1000))
  expect(await running.client.getHealth()).toMatchObject({ integrity_check: 'pending' })
  const begun = performance.now()
  expect(await running.stop()).toBe(0)
  expect(performance.now() - begun, 'milliseconds').toBeLessThan(3000)
})

describe.skipIf(process.platform !== 'linux')('a disk that cannot be written', () => {
  /** In a file system of its own of so many MB, which only the host sees; its `/proc` entry leads there. */
  async function startOnSmallDisk(megabytes: number) {
    const mount = path('disk')
    mkdirSync(mount)
    const script = `mount -t tmpfs -o size=${megabytes}m disk "$1" && shift && exec "$@"`
    const flags = [process.execPath, HOST, '--port', '0', '--no-host-agent', '--data-dir', join(mount, 'data')]
    const child = spawn('unshare', ['-Urm', 'sh', '-c', script, 'sh', mount, ...flags], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const link = await outputOf(child, /^http\S+token=\S+(?=\n)/m)
    const { origin: url, searchParams } = new URL(link)
    const token = searchParams.get('token')!
    host = { url, token, client: httpClient(url, token), ...ending(child) }
    return { running: host, inside: `/proc/${child.pid}/root${mount}` }
  }
  const canMount = spawnSync('unshare', ['-Urm', 'sh', '-c', 'mount -t tmpfs disk /mnt']).status === 0

  test.skipIf(!canMount)(
    'full: posts are refused with the reason, and taken again once there is room',
    async () => {
      const { running, inside } = await startOnSmallDisk(24)
      let stored = 0
      const filler = join(inside, 'filler')
      fill(filler)
      let answer = await post(running)
      while (answer.status === 202) {
        stored++
        answer = await post(running, stored, Math.random().toString().repeat(10))
        // If the last write restarted the log, it had left some room.
        fill(filler)
      }
      expect(answer.status).toBe(503)
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(await detailOf(answer)).toBe('Nothing can be stored right now: the disk is full.')
      expect(await running.client.getHealth()).toMatchObject({ write_error: 'the disk is full' })
      // What is stored can be read all the while.
      expect(await countIn(running)).toBe(stored)

      rmSync(filler)
      await expect.poll(async () => (await running.client.getHealth()).write_error, { timeout: 10_000 }).toBeNull()
      expect((await post(running)).status).toBe(202)
      expect(await countIn(running)).toBe(stored + 1)
      await expect.poll(async () => (await running.client.getHealth()).samples_waiting).toBe(0)
    },
    60_000,
  )

  test.skipIf(!canMount)(
    'full, so that the write-ahead log can not be moved: that is tried again until there is room',
    async () => {
      const { running, inside } = await startOnSmallDisk(140)
      const file = join(inside, 'data/tocsin.db')
      const sizeOf = (name: string) => statSync(name).size / 1_000_000
      const logged = () => readFileSync(join(inside, 'data/logs', readdirSync(join(inside, 'data/logs'))[0]!), 'utf8')
      // The log of 50 MB has room, and the same once more has not.
      const filler = join(inside, 'filler')
      writeFileSync(filler, Buffer.alloc(65_000_000))
      let stored = 0
      while ((await postMegabyte(running)).status === 202) stored += BATCH
      await expect
        .poll(logged, { timeout: 30_000 })
        .toMatch(/disk is full.*The checkpoint of the write-ahead log failed/)
      expect(sizeOf(`${file}-wal`)).toBeGreaterThan(45)
      expect(await countIn(running)).toBe(stored)

      rmSync(filler)
      await expect
        .poll(
          async () => {
            if ((await post(running)).status === 202) stored++
            return sizeOf(`${file}-wal`)
          },
          { timeout: 60_000 },
        )
        .toBeLessThan(10)
      expect((await running.client.getHealth()).integrity_check).not.toBe('damaged')
      expect(await countIn(running)).toBe(stored)
    },
    120_000,
  )

  test.skipIf(spawnSync('prlimit', ['--version']).status !== 0)(
    'failing: the same, whatever the error is',
    async () => {
      const child = spawn(process.execPath, [HOST, '--port', '0', '--no-host-agent', '--data-dir', folder.path])
      const { origin: url, searchParams } = new URL(await outputOf(child, /^http\S+token=\S+(?=\n)/m))
      const token = searchParams.get('token')!
      const running = (host = { url, token, client: httpClient(url, token), ...ending(child) })
      expect((await post(running)).status).toBe(202)
      const limit = (bytes: string) =>
        expect(spawnSync('prlimit', ['--pid', String(child.pid), `--fsize=${bytes}:`]).status).toBe(0)
      limit('4096')
      const refused = await post(running)
      expect(refused.status).toBe(503)
      expect(await detailOf(refused)).toContain('the disk fails to write or read')
      limit('unlimited')
      expect((await post(running)).status).toBe(202)
      expect(await countIn(running)).toBe(2)
      expect(await running.client.getHealth()).toMatchObject({ write_error: null })
    },
  )
})

describe('a database that another program has locked', () => {
  test('makes posts wait, and they are accepted afterwards', async () => {
    const running = await start()
    expect((await post(running)).status).toBe(202)
    const other = new Sqlite(database())
    other.exec('BEGIN IMMEDIATE')
    const refused = await post(running)
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).not.toBeNull()
    expect(await detailOf(refused)).toContain('another program has locked the database')
    expect(await countIn(running)).toBe(1)
    other.close()
    expect((await post(running)).status).toBe(202)
    expect(await countIn(running)).toBe(2)
  })

  test('is named when Tocsin starts', async () => {
    await makeWorld(1)
    // Read first: a file that is closed takes the locks of its process with it.
    const before = readFileSync(database())
    const other = new Sqlite(database())
    other.pragma('locking_mode = EXCLUSIVE')
    other.exec('BEGIN EXCLUSIVE')
    expect(await startError(folder.path)).toContain('another program has locked the database')
    other.close()
    expect(readFileSync(database())).toEqual(before)
    expect(await countIn(await start())).toBe(1)
  })
})

test('a database of a newer version is refused, and its own version finds it as it was', async () => {
  await makeWorld(3)
  const change = (sql: string) => {
    const client = new Sqlite(database())
    client.exec(sql)
    client.close()
  }
  change("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('unknown', 4000000000000)")
  const before = readFileSync(database())
  expect(await startError(folder.path)).toContain('was written by a newer version of Tocsin')
  expect(readFileSync(database())).toEqual(before)
  change("DELETE FROM __drizzle_migrations WHERE hash = 'unknown'")
  expect(await countIn(await start())).toBe(3)
})

/** Rights mean nothing to root. */
const SOMEBODY = 65_534

describe.skipIf(process.platform === 'win32')('what may not be written to', () => {
  const asSomebody = process.getuid?.() === 0 ? { uid: SOMEBODY, gid: SOMEBODY } : {}
  const give = (name: string) => {
    if (asSomebody.uid !== undefined) chownSync(path(name), SOMEBODY, SOMEBODY)
  }
  beforeEach(() => chmodSync(folder.path, 0o755))

  test('a folder is named, and used again once it may be', async () => {
    mkdirSync(path('data'), { mode: 0o500 })
    give('data')
    expect(await startError(path('data'), asSomebody)).toMatch(/data may not be written to \(EACCES\)/)
    expect(readdirSync(path('data'))).toEqual([])
    chmodSync(path('data'), 0o700)
    host = await startHostProcess({ dataDir: path('data') })
    expect((await post(host)).status).toBe(202)
  })

  test('a database is named and left as it is', async () => {
    host = await startHostProcess({ dataDir: path('data') })
    await host.stop()
    for (const name of ['data', ...readdirSync(path('data')).map((each) => `data/${each}`)]) give(name)
    give('data/logs')
    for (const name of readdirSync(path('data/logs'))) give(`data/logs/${name}`)
    const file = path('data/tocsin.db')
    chmodSync(file, 0o400)
    const before = readFileSync(file)
    expect(await startError(path('data'), asSomebody)).toMatch(
      /tocsin\.db may not be written to|the database may not be written to/,
    )
    expect(readFileSync(file)).toEqual(before)
    expect(statSync(file).mode & 0o777).toBe(0o400)
  })
})

test('a migration that is killed has never been', async () => {
  await makeWorld(5)
  const client = new Sqlite(database())
  const tables = () => client.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()
  const before = tables()
  client.close()
  // A migration that makes a table, and then takes long.
  const child = spawn(process.execPath, [join(import.meta.dirname, 'slow-migration.ts'), database()])
  await outputOf(child, /migrating/)
  const written = () => statSync(`${database()}-wal`, { throwIfNoEntry: false })?.size ?? 0
  await expect.poll(written).toBeGreaterThan(100_000)
  child.kill('SIGKILL')
  await once(child, 'exit')
  const running = await start()
  expect(await countIn(running)).toBe(5)
  expect((await post(running)).status).toBe(202)
  await running.stop()
  const after = new Sqlite(database())
  expect(after.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()).toEqual(before)
  after.close()
})
