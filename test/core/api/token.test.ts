import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createApp } from '../../../electron/core/boot/app.ts'
import { silentLog, systemClock } from '../../../electron/core/platform/ports.ts'
import { openToken, assertSafeBinding } from '../../../electron/core/api/token.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'tocsin-token-'))))
afterEach(() => rmSync(folder, { recursive: true }))

const kept = () => readFileSync(join(folder, 'token'), 'utf8').trim()
const mode = () => statSync(join(folder, 'token')).mode & 0o777

test('is made once, and is for its owner only', () => {
  const token = openToken(folder).current()
  expect(token).toMatch(/^[\w-]{43}$/)
  expect([kept(), mode()]).toEqual([token, 0o600])
  expect(openToken(folder).current()).toBe(token)
})

test('an empty file is none, and one that others could read no longer is', () => {
  writeFileSync(join(folder, 'token'), ' \n', { mode: 0o644 })
  expect(openToken(folder).current()).toHaveLength(43)
  writeFileSync(join(folder, 'token'), 'of my own\n', { mode: 0o644 })
  expect([openToken(folder).current(), mode()]).toEqual(['of my own', 0o600])
})

test('a rotation writes the file, calls its listeners, and leaves nothing behind', () => {
  const token = openToken(folder)
  const before = token.current()
  const listener = vi.fn(() => expect(token.current()).not.toBe(before))
  token.onRotated(listener)
  expect(token.rotate()).toBe(token.current())
  expect(listener).toHaveBeenCalledOnce()
  expect([kept(), mode(), readdirSync(folder)]).toEqual([token.current(), 0o600, ['token']])
})

const LONG = 'x'.repeat(16)

test.each([
  ['127.0.0.1', false, ''],
  ['::1', false, 'short'],
  ['localhost', false, 'short'],
  ['0.0.0.0', true, LONG],
])('%s, samples need the token: %s, token "%s": may start', (host, ingestNeedsToken, token) => {
  assertSafeBinding({ host, ingestNeedsToken }, token)
})

test.each([
  ['0.0.0.0', false, LONG],
  ['::', false, LONG],
  ['192.168.0.7', false, LONG],
  ['0.0.0.0', true, ''],
  ['::ffff:127.0.0.1', true, 'short'],
])('%s, samples need the token: %s, token "%s": may not', (host, ingestNeedsToken, token) => {
  expect(() => assertSafeBinding({ host, ingestNeedsToken }, token)).toThrow(host)
})

test('the core refuses to listen beyond loopback without a token', async () => {
  const starting = createApp({
    dataDir: folder,
    resourcesDir: join(import.meta.dirname, '../../../resources'),
    user: 'ada',
    clock: systemClock,
    log: silentLog,
    version: '0.0.0',
    host: '0.0.0.0',
    allowedHosts: [],
    ingestNeedsToken: false,
  })
  await expect(starting).rejects.toThrow('must require the token')
})
