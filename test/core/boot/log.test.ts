import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openLog } from '../../../electron/core/boot/log.ts'

/** All that is in the log, the oldest first. */
async function textIn(folder: string): Promise<string> {
  const files = (await readdir(join(folder, 'logs'))).toSorted()
  return (await Promise.all(files.map((file) => readFile(join(folder, 'logs', file), 'utf8')))).join('')
}

test('the log is bounded, readable by its owner only, and continues after a restart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-log-'))
  const padding = 'x'.repeat(100_000)
  for (let start = 0; start < 2; start++) {
    const log = await openLog(folder)
    for (let line = 0; line < 200; line++) {
      log.info({ start, line, padding }, 'Told')
      // Files roll between turns of the event loop.
      if (line % 10 === 9) await pause(2)
    }
    log.info({ start }, 'Last')
    await expect.poll(() => textIn(folder)).toContain(`"start":${start},"msg":"Last"`)
  }
  const files = (await readdir(join(folder, 'logs'))).toSorted()
  const stats = await Promise.all(files.map((file) => stat(join(folder, 'logs', file))))
  expect(files.length).toBeGreaterThan(1)
  expect(files.length).toBeLessThanOrEqual(4)
  expect(Math.max(...stats.map(({ size }) => size))).toBeLessThan(7_000_000)
  expect(stats.map(({ mode }) => mode & 0o777)).toEqual(files.map(() => 0o600))
  const lines = (await textIn(folder)).trimEnd().split('\n')
  expect(JSON.parse(lines.at(-1)!)).toMatchObject({ level: 30, msg: 'Last', start: 1 })
  await rm(folder, { recursive: true })
})

test('what is logged steers no terminal that shows it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-log-'))
  const text = '\r\n{"msg":"Forged"}\u001b[2J\u009b2J\u202e\u2028'
  const log = await openLog(folder)
  log.warn({ source: text, err: new Error(text) }, text)
  await expect.poll(() => textIn(folder)).toContain('\n')
  const written = await textIn(folder)
  expect(written.trimEnd()).not.toMatch(/(?!\n)[\p{Cc}\u2028\u202e]/u)
  expect(JSON.parse(written)).toMatchObject({ level: 40, source: text, err: { message: text }, msg: text })
  await rm(folder, { recursive: true })
})
