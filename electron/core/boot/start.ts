// What both hosts do to start: the log, the core on its port, and the host agent that they hand over.
import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { hostname, userInfo } from 'node:os'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { createApp, type App, type AppOptions } from './app.ts'
import { systemClock, type Clock } from '../platform/ports.ts'
import { writeFailureIn } from '../store/sqlite/write-failure.ts'
import { isLoopback, ownNames, ownUrl } from '../platform/addresses.ts'
import type { HostFlags } from './flags.ts'
import { openLog } from './log.ts'

export interface Running {
  app: App
  /** The URL for programs on this machine. */
  url: string
  version: string
  log: Logger
  stop(): Promise<void>
}

interface HostAgentOptions {
  url: string
  /** Undefined if posts need none. */
  token: (() => string) | undefined
  /** The name of this machine. */
  source: string
  /** The folder for what it could not post. */
  folder: string
  clock: Clock
  log: Logger
}

interface StartOptions {
  /** The folder of package.json, resources/ and out/. */
  rootDir: string
  session?: AppOptions['session']
  ownProcesses?: boolean
  /** Called with the log as soon as there is one. */
  onLog?(log: Logger): void
  /** Starts the agent that watches this very machine, which posts like any other. */
  startHostAgent(options: HostAgentOptions): { stop(): Promise<void> }
  /** Adds pages of the host's own before the server listens; the port is known once it is open. */
  addPages?(app: App, port: () => number): Promise<void>
}

/**
 * Starts everything that is not about windows or terminals.
 *
 * @throws Error whose message says in plain words what is in the way
 */
export async function startTocsin(flags: HostFlags, options: StartOptions): Promise<Running> {
  try {
    await refuseTakenPort(flags.host, flags.port)
    mkdirSync(flags.dataDir, { recursive: true, mode: 0o700 })
    accessSync(flags.dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
    const log = await openLog(flags.dataDir)
    options.onLog?.(log)
    return await start(flags, options, log).catch((error: unknown) => {
      log.fatal({ err: error }, 'Tocsin could not start')
      throw error
    })
  } catch (error) {
    throw new Error(reasonOf(error, flags), { cause: error })
  }
}

async function start(
  { dataDir, host, port: asked, hostAgent }: HostFlags,
  { rootDir, session, ownProcesses = false, startHostAgent, addPages }: StartOptions,
  log: Logger,
): Promise<Running> {
  const version = versionOf(rootDir)
  const ingestNeedsToken = !isLoopback(host)
  const app = await createApp({
    dataDir,
    resourcesDir: join(rootDir, 'resources'),
    workersDir: join(rootDir, 'out/workers'),
    user: userName(),
    clock: systemClock,
    log,
    version,
    host,
    allowedHosts: ownNames(host),
    ingestNeedsToken,
    hostSource: hostAgent ? hostname() : undefined,
    ownProcesses,
    ...(session && { session }),
  })
  let port = asked
  await addPages?.(app, () => port)
  port = await app.listen(asked)

  const url = ownUrl(host, port)
  const token = ingestNeedsToken ? () => app.token : undefined
  const folder = join(dataDir, 'outbox')
  const agent = hostAgent
    ? startHostAgent({ url, token, source: hostname(), folder, clock: systemClock, log })
    : undefined
  log.info({ version, node: process.version, host, port, hostAgent }, 'Tocsin is running')
  return {
    app,
    url,
    version,
    log,
    async stop() {
      await agent?.stop()
      await app.close()
    },
  }
}

/** Before anything is opened: who starts Tocsin a second time must not disturb the data of the first. */
async function refuseTakenPort(host: string, port: number) {
  if (port === 0) return
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const probe = createServer().once('error', reject)
  probe.listen(port, host, () => probe.close(() => resolve()))
  await promise
}

const versionOf = (rootDir: string): string => JSON.parse(readFileSync(join(rootDir, 'package.json'), 'utf8')).version

/** A user of a container may have no name. */
function userName(): string {
  try {
    return userInfo().username
  } catch {
    return String(process.getuid?.() ?? 'unknown')
  }
}

/** What a system says of a folder that may not be written to. */
const NO_RIGHT = new Set(['EACCES', 'EPERM', 'EROFS'])

function reasonOf(error: unknown, { dataDir, host, port }: HostFlags): string {
  const { code = '', path, message } = Object(error) as Partial<NodeJS.ErrnoException>
  const writeFailure = code === 'ENOSPC' ? 'the disk is full' : writeFailureIn(error)
  if (writeFailure !== undefined) return `${writeFailure} (${dataDir}). Nothing was changed.`
  if (path !== undefined && NO_RIGHT.has(code)) {
    return `${path} may not be written to (${code}). Nothing was changed; --data-dir names another folder.`
  }
  if (code === 'EADDRINUSE') {
    return `port ${port} on ${host} is taken, perhaps by a Tocsin that runs already. --port 0 picks a free one.`
  }
  if (code === 'EACCES' && port > 0 && port < 1024) return `port ${port} may not be used without special rights.`
  return message ?? String(error)
}
