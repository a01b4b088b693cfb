// The host as it is shipped: the built file, as a process of its own.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const LINK = /^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+$/

let folder: string
const running = new Set<number>()
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tocsin-host-'))
})
afterEach(() => running.forEach(killGroup))
afterAll(() => rm(folder, { recursive: true }))

const runHost = (args: string[], environment = {}, entry = 'out/headless/index.js') =>
  runCommand([process.execPath, join(ROOT, entry), ...args], environment)

function runCommand([command, ...args]: string[], environment: Record<string, string>) {
  // Tests run under npm, too; what the host then does has a test of its own.
  const outside = Object.entries(process.env).filter(([name]) => !/^(npm_|TOCSIN_)/.test(name))
  const child = spawn(command!, args, {
    cwd: ROOT,
    env: { ...Object.fromEntries(outside), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that nothing outlives a test that failed.
    detached: true,
  })
  const output = { out: '', err: '' }
  child.stdout.on('data', (data) => (output.out += data))
  child.stderr.on('data', (data) => (output.err += data))
  const ended = once(child, 'close').then(([code]) => ({ code, ...output }))
  running.add(child.pid!)

  /** Resolves with the link, on a line of its own. */
  async function ready() {
    const link = () => output.out.split('\n').find((line) => LINK.test(line))
    await Promise.race([vi.waitUntil(link, { timeout: 15_000, interval: 20 }), ended])
    expect(link(), output.err).toBeDefined()
    return new URL(link()!)
  }
  async function stop(signal: NodeJS.Signals = 'SIGTERM') {
    const start = performance.now()
    child.kill(signal)
    return { ...(await ended), ms: performance.now() - start }
  }
  return { child, ended, ready, stop }
}

function killGroup(pid: number) {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nothing is left of it.
  }
}

async function logOf(dataDir: string) {
  const files = await readdir(join(dataDir, 'logs'))
  return (await Promise.all(files.map((file) => readFile(join(dataDir, 'logs', file), 'utf8')))).join('')
}

test('prints what it is and one link, and shows this very machine', async () => {
  const dataDir = join(folder, 'first')
  const host = runHost(['--port', '0', '--data-dir', dataDir])
  const link = await host.ready()
  const token = link.searchParams.get('token')!
  expect((await readFile(join(dataDir, 'token'), 'utf8')).trim()).toBe(token)
  const health = await fetch(`${link.origin}/healthz`)
  expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }])
  const page = await fetch(link.origin, { headers: { accept: 'text/html' } })
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  expect(await page.text()).toContain('<div id="root">')

  const authorization = `Bearer ${token}`
  const memory = async () => {
    const answer = await fetch(`${link.origin}/api/anomaly/series?metric_type=MEMORY`, { headers: { authorization } })
    return (await answer.json())[0]
  }
  const series = await vi.waitUntil(memory, { timeout: 10_000, interval: 50 })
  expect(series).toMatchObject({ source: hostname(), metric_type: 'MEMORY', unit: '%' })

  const { code, out, err, ms } = await host.stop()
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(ms).toBeLessThan(3_000)
  expect(out.split('\n')).toEqual([expect.stringContaining(dataDir), link.href, ''])
  expect(out.split(token).length).toBe(2)
  const log = await logOf(dataDir)
  expect(log).toContain('"msg":"Stopped"')
  expect(log).not.toContain(token)
})

test('the link gives a cookie that opens the API, and the log keeps silent about it', async () => {
  const dataDir = join(folder, 'cookie')
  const host = runHost(['--no-host-agent'], { TOCSIN_PORT: '0', TOCSIN_DATA_DIR: dataDir })
  const link = await host.ready()
  const opened = await fetch(link, { redirect: 'manual' })
  expect(opened.status).toBe(303)
  const cookie = opened.headers.get('set-cookie')!.split(';')[0]!
  expect(cookie).toMatch(new RegExp(`^tocsin_session_${link.port}=`))
  const rules = (headers: HeadersInit) => fetch(`${link.origin}/api/anomaly/rules`, { headers })
  expect((await rules({})).status).toBe(401)
  expect((await rules({ cookie })).status).toBe(200)
  expect((await fetch(`${link.origin}/?token=wrong-one`)).status).toBe(401)
  expect((await host.stop('SIGINT')).code).toBe(0)
  const log = await logOf(dataDir)
  for (const secret of [link.searchParams.get('token')!, cookie.split('=')[1]!, 'wrong-one']) {
    expect(log).not.toContain(secret)
  }
})

test('ends within 3 s while streams are open', async () => {
  const host = runHost(['--port', '0', '--data-dir', join(folder, 'streams')])
  const link = await host.ready()
  const authorization = `Bearer ${link.searchParams.get('token')}`
  const stream = await fetch(`${link.origin}/api/anomaly/stream`, { headers: { authorization } })
  expect(stream.status).toBe(200)
  const { code, ms } = await host.stop()
  expect(code).toBe(0)
  expect(ms).toBeLessThan(3_000)
  await stream.text().catch(() => {})
})

test('a signal that arrives twice at once, as npm forwards it, counts once', async () => {
  const dataDir = join(folder, 'twice')
  const host = runHost(['--port', '0', '--data-dir', dataDir])
  await host.ready()
  host.child.kill('SIGINT')
  expect((await host.stop('SIGINT')).code).toBe(0)
  expect(await logOf(dataDir)).toContain('"msg":"Stopped"')
})

test('ends when the shell of npm has ended', async () => {
  const dataDir = join(folder, 'npm')
  // The shell stays the parent, since it has something left to do.
  const command = `"${process.execPath}" out/headless/index.js --port 0 --data-dir "${dataDir}"; true`
  const shell = runCommand(['sh', '-c', command], { npm_lifecycle_event: 'start' })
  await shell.ready()
  shell.child.kill('SIGTERM')
  await vi.waitUntil(async () => (await logOf(dataDir)).includes('"msg":"Stopped"'), { timeout: 3_000 })
  // The host had the other end of the shell's output open.
  await shell.ended
})

test('a taken port is named in one line, and the data are left alone', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  const dataDir = join(folder, 'taken')
  expect(await runHost(['--port', String(port), '--data-dir', dataDir]).ended).toEqual({
    code: 1,
    out: '',
    err:
      `Tocsin could not start: port ${port} on 127.0.0.1 is taken, perhaps by a Tocsin that runs already. ` +
      `--port 0 picks a free one.\n`,
  })
  await expect(readdir(dataDir)).rejects.toThrow('ENOENT')
  taken.close()
})

test('a bad flag is answered in one line with exit code 2', async () => {
  expect(await runHost(['--port', 'eighty']).ended).toEqual({
    code: 2,
    out: '',
    err: '--port eighty is not a port; use a whole number from 0 to 65535. See --help.\n',
  })
})

test('a data folder that cannot be used is named in one line', async () => {
  const { code, out, err } = await runHost(['--port', '0', '--data-dir', import.meta.filename]).ended
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err).toMatch(/^Tocsin could not start: .*host\.test\.ts.*\n$/)
})

test('beyond loopback, samples need the token, and the own agent has it', async () => {
  const host = runHost(['--port', '0', '--host', '0.0.0.0', '--data-dir', join(folder, 'open')])
  const link = await host.ready()
  const post = (headers: Record<string, string>) =>
    fetch(`${link.origin}/api/anomaly/metrics`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ source: 'a', metric_type: 'CPU', value: 1 }),
    })
  const authorization = `Bearer ${link.searchParams.get('token')}`
  expect((await post({})).status).toBe(401)
  expect((await post({ authorization })).status).toBe(202)
  const series = async () => {
    const answer = await fetch(`${link.origin}/api/anomaly/series?source=${hostname()}`, { headers: { authorization } })
    return (await answer.json()).length > 0
  }
  await vi.waitUntil(series, { timeout: 10_000, interval: 50 })
  expect((await host.stop()).code).toBe(0)
})

test('beyond loopback, it refuses to start with a token that can be guessed', async () => {
  const dataDir = join(folder, 'guessed')
  await mkdir(dataDir)
  await writeFile(join(dataDir, 'token'), 'secret\n')
  const refused = await runHost(['--port', '0', '--host', '0.0.0.0', '--data-dir', dataDir]).ended
  expect(refused.code).toBe(1)
  expect(refused.err).toMatch(/^Tocsin could not start: the token has fewer than 16 characters, too few for 0\.0\.0\.0/)
  const host = runHost(['--port', '0', '--no-host-agent', '--data-dir', dataDir])
  expect((await host.ready()).searchParams.get('token')).toBe('secret')
  expect((await host.stop()).code).toBe(0)
})

test('the launcher hands its process and its flags over to the host', async () => {
  const dataDir = join(folder, 'launched')
  const host = runHost(['--headless', '--port', '0', '--data-dir', dataDir], {}, 'electron/cli/launcher.ts')
  await host.ready()
  const { code, out } = await host.stop()
  expect(code).toBe(0)
  expect(out).toContain(dataDir)
  expect(await logOf(dataDir)).toContain('"msg":"Stopped"')
})
