import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { temporaryFolder } from '../support/host-process.ts'
import { startReceiver } from './receiver.ts'

const folder = temporaryFolder()
afterAll(folder.remove)

function runAgent(...args: string[]) {
  const command = join(import.meta.dirname, '../../electron/cli/agent.ts')
  const child = spawn(process.execPath, [command, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TOCSIN_DATA_DIR: folder.path },
  })
  const output = { out: '', err: '' }
  child.stdout.on('data', (data) => (output.out += data))
  child.stderr.on('data', (data) => (output.err += data))
  const ended = once(child, 'close').then(([code]) => ({ code, ...output }))
  return { child, output, ended }
}

test("posts this machine's metrics until it is stopped", async () => {
  const receiver = await startReceiver()
  const { child, ended } = runAgent('--url', receiver.url, '--token', 'secret', '--source', 'me')
  await Promise.race([vi.waitUntil(() => receiver.received.length > 0, { timeout: 15_000 }), ended])
  child.kill('SIGTERM')
  const end = await ended
  await receiver.stop()
  expect(end).toEqual({
    code: 0,
    out: `Posting me's metrics to ${receiver.url} every 5 s. Press Ctrl-C to stop.\n`,
    err: '',
  })
  const [post] = receiver.received
  expect(post!.headers.authorization).toBe('Bearer secret')
  expect(post!.samples.map((sample) => sample.metric_type)).toContain('MEMORY')
  expect(new Set(post!.samples.map((sample) => sample.source))).toEqual(new Set(['me']))
})

test('one agent at a time posts the same source to the same Tocsin', async () => {
  const args = ['--url', 'http://127.0.0.1:9', '--source', 'twice']
  const first = runAgent(...args)
  await once(first.child.stdout, 'data')
  const second = await runAgent(...args).ended
  expect(second).toMatchObject({ code: 1, out: '' })
  expect(second.err).toMatch(/^The agent could not start: another agent is already using the data folder \S+\.\n$/)
  first.child.kill('SIGTERM')
  expect((await first.ended).code).toBe(0)
})

test('what a server answers forges no line and steers no terminal', async () => {
  const receiver = await startReceiver()
  const detail = `\r\nTocsin accepts samples again\u001b[2J\u009b2J\u202e${'W'.repeat(10_000)}`
  receiver.answer = (response) =>
    void response
      .writeHead(422, { 'content-type': 'application/problem+json' })
      .end(JSON.stringify({ type: 'about:blank', title: 'Unprocessable', status: 422, detail }))
  const { child, output, ended } = runAgent('--url', receiver.url, '--source', 'me')
  await Promise.race([vi.waitUntil(() => output.err.includes('\n'), { timeout: 15_000 }), ended])
  child.kill('SIGTERM')
  const { err } = await ended
  await receiver.stop()
  const lines = err.trimEnd().split('\n')
  expect(lines[0]).toContain('\\u000d\\u000aTocsin accepts samples again\\u001b[2J\\u009b2J\\u202eWWW')
  for (const line of lines)
    expect([line.length < 1500, line.startsWith('Tocsin rejected a batch')]).toEqual([true, true])
  expect(err).not.toMatch(/(?!\n)[\p{Cc}\u2028\u202e]/u)
})

test.concurrent.for([
  [[], '--url is required, such as --url http://127.0.0.1:8642.'],
  [['--url', 'localhost:8642'], '--url localhost:8642 is not an HTTP or HTTPS address.'],
  [['--url', 'http://localhost:8642', '--interval', '0'], '--interval 0 is not a number of seconds from 1 to 3600.'],
  [['--url', 'http://localhost:8642', '--interval', '5s'], '--interval 5s is not a number of seconds from 1 to 3600.'],
  [['--url', 'http://localhost:8642', '--source', ''], '--source must have 1 to 256 characters.'],
  [['--colour'], "Unknown option '--colour'."],
  [['extra'], "Unexpected argument 'extra'."],
  [['--url'], "Option '--url <value>' argument missing."],
] as const)('%j is refused in one line', async ([args, complaint], { expect }) => {
  expect(await runAgent(...args).ended).toEqual({ code: 2, out: '', err: `${complaint} See --help.\n` })
})

test('--help lists the flags', async () => {
  const { code, out } = await runAgent('--help').ended
  expect(code).toBe(0)
  expect(out).toContain('--interval SECONDS')
  expect(out).toContain(hostname())
})
