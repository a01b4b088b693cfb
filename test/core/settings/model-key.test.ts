// The key's file: for one host, and for its owner's eyes.
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createKeyFile } from '../../../electron/core/settings/model-key.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-key-'))
  file = join(folder, 'llm-key')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a key is for the host that it was given for', () => {
  const keys = createKeyFile(folder)
  expect(keys.keyFor('https://models.example/v1')).toBeUndefined()
  keys.save('https://models.example/v1', 'secret')
  expect(createKeyFile(folder).keyFor('https://models.example/v2')).toBe('secret')
  for (const other of ['http://models.example/v1', 'https://models.example:8443/v1', 'https://evil.example/v1'])
    expect(keys.keyFor(other)).toBeUndefined()
  keys.save('https://models.example/v1', null)
  expect(keys.keyFor('https://models.example/v1')).toBeUndefined()
})

test.skipIf(process.platform === 'win32')('its file is readable by its owner only, even if it was not before', () => {
  writeFileSync(file, '')
  chmodSync(file, 0o644)
  createKeyFile(folder).save('https://models.example/v1', 'secret')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readFileSync(file, 'utf8')).toContain('secret')
})

test('a file that was cut short is none', () => {
  writeFileSync(file, '{"origin": "https://mod')
  expect(createKeyFile(folder).keyFor('https://models.example/v1')).toBeUndefined()
})
