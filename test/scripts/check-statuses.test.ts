// The check of the statuses fires on every way to name one, and only on statuses.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { namedStatuses } from '../../scripts/statuses.ts'
import { temporaryFolder } from '../support/host-process.ts'

let root: string
let remove: () => void
beforeEach(() => {
  const folder = temporaryFolder()
  root = folder.path
  remove = () => folder.remove()
  mkdirSync(join(root, 'electron/core'), { recursive: true })
})
afterEach(() => remove())

function write(file: string, text: string) {
  const path = join(root, 'electron/core', file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

it.each([
  ['an error', `throw new HttpError(404, 'gone')`],
  ['a field', `export const failure = { status: 404 }`],
  ['a quoted field', `export const failure = { 'status-code': 404 }`],
  ['a table', `export const STATUS_OF = { NOT_FOUND: 404 }`],
  ['a list', `const statuses = [200, 404]`],
  ['a function', `const statusOf = () => 404`],
  ['a comparison', `if (response.statusCode >= 404) throw response`],
  ['a switch', `switch (error.status) {\n  case 404:\n}`],
  ['a default', `export const answer = (status = 404) => status`],
  ['an assignment', `reply.status = 404`],
  ['a call', `reply.code(404)`],
  ['a type', `interface Failure { status: 404 }`],
])('%s in a service', (_, statement) => {
  write('rules/service.ts', `// Line 1.\n${statement}`)
  const line = statement.startsWith('switch') ? 3 : 2
  expect(namedStatuses(root)).toEqual([`electron/core/rules/service.ts:${line} names the HTTP status 404.`])
})

it('in a handler, which only translates', () => {
  write('api/handlers/rules.ts', `export const failure = { status: 404 }`)
  expect(namedStatuses(root)).toEqual(['electron/core/api/handlers/rules.ts:1 names the HTTP status 404.'])
})

it.each([
  ['the server', 'api/http-error.ts', `export const STATUS_OF = { NOT_FOUND: 404 }`],
  ['other numbers', 'rules/service.ts', `const MAX_RULES = 500\nexport const isFull = (rules: number) => rules >= 500`],
  ['the status of an event', 'events/actions.ts', `export const isLive = (status: string) => status === 'OPEN'`],
  ['comments and texts', 'rules/service.ts', `// Answers with status 404.\nexport const status = 'a 404'`],
  ['another folder', '../cli/agent.ts', `export const isFull = (status: number) => status === 503`],
])('not of %s', (_, file, text) => {
  write(file, text)
  expect(namedStatuses(root)).toEqual([])
})

it('fails the command', () => {
  write('rules/service.ts', `throw new HttpError(404, 'gone')`)
  const script = join(import.meta.dirname, '../../scripts/check-statuses.ts')
  const { status, stderr } = spawnSync(process.execPath, [script, '--root', root], { encoding: 'utf8' })
  expect(status).toBe(1)
  expect(stderr).toContain('electron/core/rules/service.ts:1 names the HTTP status 404.')
})
