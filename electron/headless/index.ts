// The Node host: puts the core together with the interface in a browser and the agent of this very machine.
import { mkdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { hostname, userInfo } from 'node:os'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { startHostAgent } from '../core/agent/agent.ts'
import { createApp } from '../core/app.ts'
import { runCommand } from '../core/command-line.ts'
import { systemClock } from '../core/ports.ts'
import { isLoopback, ownNames, ownUrl } from './addresses.ts'
import { endOnErrors, endWhenAsked } from './ending.ts'
import { HELP, readHostFlags, type HostFlags } from './flags.ts'
import { openLog } from './log.ts'
import { addPages } from './pages.ts'
import { createBrowserSession } from './session.ts'

/** The same from the source and from the built file. */
const ROOT = join(import.meta.dirname, '../..')

await runCommand(async () => {
  const flags = readHostFlags(process.argv.slice(2), process.env)
  if (flags.help) return console.log(HELP)
  try {
    await run(flags)
  } catch (error) {
    console.error(`Tocsin could not start: ${reasonOf(error, flags)}`)
    process.exit(1)
  }
})

async function run(flags: HostFlags) {
  await refuseTakenPort(flags.host, flags.port)
  mkdirSync(flags.dataDir, { recursive: true, mode: 0o700 })
  const log = await openLog(flags.dataDir)
  endOnErrors(log)
  try {
    await start(flags, log)
  } catch (error) {
    log.fatal({ err: error }, 'Tocsin could not start')
    throw error
  }
}

async function start({ dataDir, host, port: asked, hostAgent }: HostFlags, log: Logger) {
  const version = versionOf()
  const ingestNeedsToken = !isLoopback(host)
  const app = await createApp({
    dataDir,
    resourcesDir: join(ROOT, 'resources'),
    user: userName(),
    clock: systemClock,
    log,
    version,
    host,
    allowedHosts: ownNames(host),
    ingestNeedsToken,
    session: createBrowserSession,
  })
  let port = asked
  const session = createBrowserSession(app.token, () => port)
  await addPages(app.frontDoor, { rendererDir: join(ROOT, 'out/renderer'), session })
  port = await app.listen(asked)

  const url = ownUrl(host, port)
  const token = ingestNeedsToken ? app.token : undefined
  const agent = hostAgent ? startHostAgent({ url, token, source: hostname(), clock: systemClock, log }) : undefined
  endWhenAsked(async () => {
    await agent?.stop()
    await app.close()
  }, log)
  log.info({ version, node: process.version, host, port, hostAgent }, 'Tocsin runs')
  console.log(`Tocsin ${version} runs without a desktop and keeps its data in ${dataDir}. Open it in a browser:`)
  console.log(`${url}/?token=${app.token}`)
}

/** Before anything is opened: who starts Tocsin a second time must not disturb the data of the first. */
async function refuseTakenPort(host: string, port: number) {
  if (port === 0) return
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const probe = createServer().once('error', reject)
  probe.listen(port, host, () => probe.close(() => resolve()))
  await promise
}

function versionOf(): string {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version
}

/** A user of a container may have no name. */
function userName(): string {
  try {
    return userInfo().username
  } catch {
    return String(process.getuid?.() ?? 'unknown')
  }
}

function reasonOf(error: unknown, { host, port }: HostFlags): string {
  const { code, message } = Object(error) as Partial<NodeJS.ErrnoException>
  if (code === 'EADDRINUSE') {
    return `port ${port} on ${host} is taken, perhaps by a Tocsin that runs already. --port 0 picks a free one.`
  }
  if (code === 'EACCES' && port > 0 && port < 1024) return `port ${port} may not be used without special rights.`
  return message ?? String(error)
}
