// The thread that moves the write-ahead log: it is the built one, as a Worker needs a file of its own.
import { statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { afterEach, expect, test } from 'vitest'
import { silentLog, type Log } from '../../../../electron/core/platform/ports.ts'
import { openStore } from '../../../../electron/core/store/open.ts'
import type { Store } from '../../../../electron/core/store/types/store.ts'
import { newSample, T0 } from '../examples.ts'
import { migrationsDir, temporaryStore, type TemporaryStore } from '../temporary-store.ts'

const workersDir = join(import.meta.dirname, '../../../../out/workers')
const MEGABYTE = 1024 * 1024

let temporary: TemporaryStore | undefined
let store: Store | undefined
afterEach(() => {
  store?.close()
  temporary?.remove()
})

function open(given: { workersDir: string; log?: Log }): string {
  temporary = temporaryStore()
  temporary.store.close()
  store = openStore({ file: temporary.file, migrationsDir, log: silentLog, ...given })
  return temporary.file
}

/** Commits some megabytes, a turn of the event loop for each. */
async function write(megabytes: number) {
  let time = T0
  const samples = () => Array.from({ length: 5000 }, () => newSample({ time: time++ }))
  for (let i = 0; i < megabytes * 10; i++) await store!.commit(() => store!.samples.append(samples()))
}

async function until(isSo: () => boolean) {
  for (let tries = 0; tries < 100 && !isSo(); tries++) await pause(100)
  expect(isSo()).toBe(true)
}

test('a large log is checkpointed and restarted while writing goes on', async () => {
  const file = open({ workersDir })
  const isLarge = () => statSync(`${file}-wal`).size >= 40 * MEGABYTE
  let rounds = 60
  await write(rounds)
  await until(() => statSync(file).size > 48 * MEGABYTE)
  // The first commit after the last page was moved begins it anew; how many come before depends on the machine's load.
  for (; rounds < 100 && (rounds === 60 || isLarge()); rounds++) await write(1)
  expect(isLarge()).toBe(false)
  expect(statSync(file).size).toBeGreaterThan(48 * MEGABYTE)
  expect(new Sqlite(file, { readonly: true }).pragma('quick_check', { simple: true })).toBe('ok')
  expect(store!.samples.newestId()).toBe(rounds * 10 * 5000)
})

test('without the thread, which is logged once, commits do its work', async () => {
  const logged: string[] = []
  const log = { ...silentLog, warn: (_: object, message: string) => void logged.push(message) }
  const file = open({ workersDir: '/nowhere', log })
  await write(60)
  await until(() => logged.length > 0)
  await write(20)
  expect(logged).toEqual(['The checkpoint thread failed; commits checkpoint instead'])
  expect(statSync(file).size).toBeGreaterThan(48 * MEGABYTE)
  expect(store!.isPaused()).toBe(false)
})

test('a thread that takes long holds commits for a moment only', async () => {
  const file = open({ workersDir })
  store!.close()
  const slow = dirname(file)
  writeFileSync(
    join(slow, 'checkpoint.js'),
    `const { parentPort } = require('node:worker_threads'); let asked = 0
     parentPort.on('message', () => asked++ === 0 && parentPort.postMessage({}))`,
  )
  store = openStore({ file, migrationsDir, log: silentLog, workersDir: slow })
  await write(60)
  let heldFor = 0
  for (const end = performance.now() + 1000; performance.now() < end; await pause(5)) if (store.isPaused()) heldFor += 5
  expect(heldFor).toBeLessThan(200)
  const begun = performance.now()
  await store.commit(() => store!.samples.append([newSample()]))
  expect(performance.now() - begun).toBeLessThan(500)
})
