// Backup and restore as commands, beside a Tocsin that takes samples all the time.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startHostProcess, temporaryFolder, type HostProcess } from '../support/host-process.ts'

const CLI = join(import.meta.dirname, '../../electron/cli')

let folder: ReturnType<typeof temporaryFolder>
let host: HostProcess | undefined
beforeEach(() => void (folder = temporaryFolder()))
afterEach(async () => {
  await host?.kill()
  host = undefined
  folder.remove()
})

const path = (name: string) => join(folder.path, name)
const dataDir = () => path('data')
const database = () => path('data/tocsin.db')

async function start() {
  return (host = await startHostProcess({ dataDir: dataDir() }))
}

async function run(command: 'backup' | 'restore', ...args: string[]) {
  const child = spawn(process.execPath, [join(CLI, `${command}.ts`), ...args, '--data-dir', dataDir()])
  const [output, failed, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { output, failed, code: code as number }
}

/** Batches of ten, one after the other: how many were acknowledged. */
function postOn({ client }: HostProcess) {
  const ending = new AbortController()
  let batches = 0
  let longest = 0
  const work = (async () => {
    while (!ending.signal.aborted) {
      const begun = performance.now()
      const body = Array.from({ length: 10 }, () => ({
        source: 'web',
        metric_type: `M${batches % 50}`,
        value: batches,
      }))
      await client.postMetricsBatch({ body })
      longest = Math.max(longest, performance.now() - begun)
      batches++
    }
  })()
  return {
    batches: () => batches,
    async end() {
      ending.abort()
      await work
      return { longest }
    },
  }
}

const samplesIn = async ({ client }: HostProcess) =>
  (await client.listSeries({ query: { limit: 1000 } })).reduce((sum, { count }) => sum + count, 0)

test('a backup that is created while samples arrive is consistent, and can be restored', async () => {
  const running = await start()
  await running.client.createRule({ body: { name: 'Kept', method: 'ZSCORE' } })
  const posting = postOn(running)
  await expect.poll(posting.batches).toBeGreaterThan(100)
  const before = posting.batches()
  const { code, output, failed } = await run('backup', '--to', path('one.db'))
  const after = posting.batches()
  await posting.end()
  expect({ code, failed }).toEqual({ code: 0, failed: '' })
  expect(output).toContain('checked')
  expect(after).toBeGreaterThan(before)
  expect(readdirSync(folder.path).toSorted()).toEqual(['data', 'one.db'])
  expect(statSync(path('one.db')).mode & 0o777).toBe(0o600)

  await running.client.createRule({ body: { name: 'After', method: 'ZSCORE' } })
  await running.stop()
  const restored = await run('restore', path('one.db'))
  expect(restored).toMatchObject({ code: 0, failed: '' })
  const kept = /kept as (\S+)\.$/m.exec(restored.output)![1]!
  const rulesIn = (file: string) => {
    const client = new Sqlite(file)
    const names = client.prepare('SELECT name FROM rules').pluck().all()
    client.close()
    return names
  }
  expect(rulesIn(kept)).toContain('After')

  const again = await start()
  const names = (await again.client.listRules()).map(({ name }) => name)
  expect(names).toContain('Kept')
  expect(names).not.toContain('After')
  const samples = await samplesIn(again)
  // Whole batches only, all that were acknowledged before and none that came after.
  expect(samples % 10).toBe(0)
  expect(samples / 10).toBeGreaterThanOrEqual(before)
  expect(samples / 10).toBeLessThanOrEqual(after + 1)
})

test('a backup works while Tocsin does not run, and replaces nothing', async () => {
  await (await start()).stop()
  expect(await run('backup', '--to', path('one.db'))).toMatchObject({ code: 0 })
  const before = readFileSync(path('one.db'))
  const second = await run('backup', '--to', path('one.db'))
  expect(second).toMatchObject({ code: 1, failed: expect.stringContaining('already exists') })
  expect(readFileSync(path('one.db'))).toEqual(before)
  rmSync(database())
  expect(await run('backup', '--to', path('two.db'))).toMatchObject({
    code: 1,
    failed: expect.stringContaining('there is no database'),
  })
  expect(existsSync(database())).toBe(false)
})

test('a restore is refused while Tocsin runs', async () => {
  await start()
  await run('backup', '--to', path('one.db'))
  const before = readFileSync(database())
  expect(await run('restore', path('one.db'))).toMatchObject({
    code: 1,
    failed: expect.stringContaining('another Tocsin is already using the data folder'),
  })
  expect(readFileSync(database())).toEqual(before)
})

test('what is no sound backup is refused, and nothing changes', async () => {
  await (await start()).stop()
  await run('backup', '--to', path('good.db'))
  const good = readFileSync(path('good.db'))
  const before = readFileSync(database())

  writeFileSync(path('text.db'), 'not a database, '.repeat(1000))
  const torn = Buffer.from(good)
  for (let at = 8192; at < torn.length; at += 4096) torn.fill(0xa5, at, at + 200)
  writeFileSync(path('torn.db'), torn)
  writeFileSync(path('short.db'), good.subarray(0, good.length / 2))
  const foreign = new Sqlite(path('foreign.db'))
  foreign.exec('CREATE TABLE notes (text)')
  foreign.close()
  writeFileSync(path('newer.db'), good)
  const newer = new Sqlite(path('newer.db'))
  newer.prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)').run('unknown', 4e12)
  newer.close()

  for (const [name, reason] of [
    ['none.db', 'there is no file'],
    ['text.db', 'is no backup'],
    ['torn.db', 'is damaged'],
    ['short.db', 'is damaged'],
    ['foreign.db', 'not one of Tocsin'],
    ['newer.db', 'newer version of Tocsin'],
  ] as const) {
    expect(await run('restore', path(name)), name).toMatchObject({ code: 1, failed: expect.stringContaining(reason) })
    expect(readFileSync(database()), name).toEqual(before)
  }
  expect(readdirSync(dataDir()).filter((name) => name.startsWith('tocsin.db'))).toEqual(['tocsin.db'])
})

test('a restore takes the place of a damaged database, whose log stays with it', async () => {
  await (await start()).stop()
  await run('backup', '--to', path('one.db'))
  writeFileSync(database(), 'not a database, '.repeat(1000))
  writeFileSync(`${database()}-wal`, 'its log')
  expect(await run('restore', path('one.db'))).toMatchObject({ code: 0 })
  const kept = readdirSync(dataDir()).filter((name) => name.includes('.replaced-'))
  expect(kept).toHaveLength(2)
  expect(readFileSync(path(`data/${kept.find((name) => name.endsWith('-wal'))!}`), 'utf8')).toBe('its log')
  await start()
})

test('the program makes one by itself, and lists it', async () => {
  const { client } = await start()
  expect(await client.listBackups()).toEqual({
    folder: path('data/backups'),
    in_progress: false,
    is_being_made: false,
    backups: [],
  })
  const posting = postOn(host!)
  const [first, second] = await Promise.allSettled([client.createBackup(), client.createBackup()])
  const { longest } = await posting.end()
  expect([first.status, second.status].toSorted()).toEqual(['fulfilled', 'rejected'])
  expect([first, second].find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { problem: { status: 409 } },
  })
  const { backups } = await client.listBackups()
  expect(backups).toHaveLength(1)
  expect(longest).toBeLessThan(1000)
  await host!.stop()
  expect(await run('restore', backups[0]!.path)).toMatchObject({ code: 0 })
})
