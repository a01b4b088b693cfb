// The desktop host as a process of its own, on a data folder of the test's: on Electron, or on its double.
import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { _electron, chromium, type ElectronApplication, type Page } from 'playwright'
import { findElectron, type ElectronFound } from '../../electron/cli/electron.ts'
import { findBrowser } from '../../scripts/find-browser.ts'
import { ending, httpClient, outputOf, type RunningHost } from '../support/host-process.ts'
import type { ControlMessage, ControlRequest } from './double/control.ts'

export type DesktopHost = 'double' | 'electron'

export interface Desktop extends RunningHost {
  /** The interface in the window. */
  page: Page
  /** The origin of the interface's pages. */
  origin: string
  /** Calls the function in the main process, with the module `electron`; it can know nothing but its arguments. */
  evaluate: ElectronApplication['evaluate']
}

export interface DesktopOptions {
  host: DesktopHost
  dataDir: string
  /** 0, the default, picks a free one. */
  port?: number
  /** The folder of package.json, out/ and resources/. */
  root?: string
}

const ROOT = join(import.meta.dirname, '../..')
export const READY = /(?<=takes metrics at )\S+/
/** The time zone of every spec. */
const env = { ...process.env, TZ: 'Europe/Berlin' }

/** The folder of the tested program: this repository, or a copy with a mutation. */
export const testedRoot = (): string => process.env.TOCSIN_TEST_ROOT ?? ROOT

/** Tests may run as root, which needs Electron without the system's sandbox. */
export const electronForTests = (): ElectronFound => findElectron(ROOT, { ...process, getuid: () => 1000 })

export async function startDesktop({ host, root = testedRoot(), ...options }: DesktopOptions): Promise<Desktop> {
  const { dataDir } = options
  const started =
    host === 'double' ? await startDouble(root, flagsFor(options)) : await startElectron(root, flagsFor(options))
  await started.page.setViewportSize({ width: 1360, height: 850 })
  const token = readFileSync(join(dataDir, 'token'), 'utf8').trim()
  return { ...started, token, client: httpClient(started.url, token) }
}

export const flagsFor = ({ dataDir, port = 0 }: Pick<DesktopOptions, 'dataDir' | 'port'>): string[] =>
  `--no-host-agent --port ${port} --data-dir ${dataDir}`.split(' ')

/** The desktop as a process, whether or not it will open a window. */
export function spawnDesktop(host: DesktopHost, flags: string[], root = testedRoot()): ChildProcess {
  if (host === 'electron') {
    const { path, switches } = electron()
    return spawn(path, [...switches, root, ...flags], { stdio: ['ignore', 'pipe', 'pipe'], env })
  }
  const register = join(ROOT, 'test/desktop/double/register.ts')
  return spawn(process.execPath, ['--import', register, join(root, 'out/main/index.js'), ...flags], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...env, TOCSIN_TEST_BROWSER: findBrowser() },
  })
}

type Started = Omit<Desktop, 'token' | 'client'>

async function startDouble(root: string, flags: string[]): Promise<Started> {
  const child = spawnDesktop('double', flags, root)
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  const endpoint = Promise.withResolvers<string>()
  child.on('message', (message) => {
    const received = message as ControlMessage
    if ('endpoint' in received) return endpoint.resolve(received.endpoint)
    if (received.error === undefined) waiting.get(received.id)?.resolve(received.value)
    else waiting.get(received.id)?.reject(new Error(received.error))
  })
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('The desktop has ended.'))
  })
  const evaluate = (call: unknown, arg: unknown) => {
    const request: ControlRequest = { id: waiting.size, source: String(call), arg }
    const answer = Promise.withResolvers<unknown>()
    waiting.set(request.id, answer)
    child.send(request)
    return answer.promise
  }
  const url = await outputOf(child, READY)
  const browser = await chromium.connectOverCDP(await endpoint.promise)
  const page = browser.contexts().flatMap((context) => context.pages())[0]!
  return {
    url,
    page,
    origin: new URL(page.url()).origin,
    evaluate: evaluate as Desktop['evaluate'],
    ...ending(child),
  }
}

async function startElectron(root: string, flags: string[]): Promise<Started> {
  const { path, switches } = electron()
  const app = await _electron.launch({ executablePath: path, args: [...switches, root, ...flags], env })
  const child = app.process()
  const [url, page] = await Promise.all([outputOf(child, READY), app.firstWindow()])
  return { url, page, origin: 'tocsin://app', evaluate: app.evaluate.bind(app), ...ending(child) }
}

function electron(): { path: string; switches: string[] } {
  const found = electronForTests()
  if ('reason' in found) throw new Error(`Electron can't run: ${found.reason}.`)
  return { path: found.path, switches: process.getuid?.() === 0 ? ['--no-sandbox'] : [] }
}
