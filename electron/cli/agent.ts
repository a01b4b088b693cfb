// `npm run agent`: the host agent as a program of its own, for a Tocsin on another machine or without a host agent.
import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { SECOND } from '../../shared/domain/time.ts'
import { startHostAgent } from '../agent/agent.ts'
import { reasonForTerminal } from '../core/platform/escape-for-terminal.ts'
import { readFlags, runCommand, UsageError, whenNpmEnds } from '../core/boot/command-line.ts'
import { lockFolder } from '../core/platform/folder-lock.ts'
import { dataDirOf, defaultDataDir } from '../core/boot/flags.ts'
import { systemClock, type Log } from '../core/platform/ports.ts'

const HELP = `Posts this machine's CPU, memory, disk, network and load metrics to Tocsin.

Usage: npm run agent -- --url URL [--token TOKEN] [--interval SECONDS] [--source NAME]
                    [--data-dir FOLDER]

  --url URL            address of Tocsin, such as http://127.0.0.1:8642
  --token TOKEN        API token, if Tocsin requires one for samples
  --interval SECONDS   seconds between readings, 1 to 3600 (default: 5)
  --source NAME        source name of the samples (default: ${hostname()})
  --data-dir FOLDER    folder for samples that Tocsin has not accepted yet; also TOCSIN_DATA_DIR
                       (default: ${defaultDataDir()})
  --help               show this help`

await runCommand(() => run(process.argv.slice(2)))

function run(args: string[]) {
  const { help, url, token, intervalMs, source, dataDir } = flagsOf(args)
  if (help) {
    console.log(HELP)
    return
  }
  const folder = folderFor(dataDir, url, source)
  const unlock = lock(folder)
  if (!unlock) return
  const agent = startHostAgent({
    url,
    folder,
    token: token === undefined ? undefined : () => token,
    intervalMs,
    source,
    clock: systemClock,
    log: createConsoleLog(),
  })
  console.log(`Posting ${source}'s metrics to ${url} every ${intervalMs / SECOND} s. Press Ctrl-C to stop.`)
  const end = () =>
    void agent
      .stop()
      .then(unlock)
      .then(() => process.exit(0))
  process.once('SIGINT', end).once('SIGTERM', end)
  whenNpmEnds(end)
}

/** One folder per address and source: samples for one Tocsin are not for another. */
function folderFor(dataDir: string, url: string, source: string): string {
  const target = createHash('sha256')
    .update(JSON.stringify([url, source]))
    .digest('hex')
    .slice(0, 16)
  const folder = join(dataDir, 'agents', target)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}

/** @returns a function that releases the lock, to be referenced until then; undefined if another agent holds it */
function lock(folder: string): (() => void) | undefined {
  try {
    return lockFolder(folder, 'agent')
  } catch (error) {
    console.error(`The agent could not start: ${(error as Error).message}`)
    process.exitCode = 1
    return undefined
  }
}

function flagsOf(args: string[]) {
  const text = { type: 'string' } as const
  const {
    help = false,
    url = '',
    token,
    interval = '5',
    source = hostname(),
    'data-dir': dataDir,
  } = readFlags(args, {
    url: text,
    token: text,
    interval: text,
    source: text,
    'data-dir': text,
    help: { type: 'boolean' },
  })
  if (!help && !/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
    throw new UsageError(
      url ? `--url ${url} is not an HTTP or HTTPS address.` : '--url is required, such as --url http://127.0.0.1:8642.',
    )
  }
  const seconds = /^\d+(\.\d+)?$/.test(interval) ? Number(interval) : NaN
  if (!(seconds >= 1 && seconds <= 3600)) {
    throw new UsageError(`--interval ${interval} is not a number of seconds from 1 to 3600.`)
  }
  if (source.length < 1 || source.length > 256) throw new UsageError('--source must have 1 to 256 characters.')
  return { help, url, token, intervalMs: seconds * SECOND, source, dataDir: dataDirOf(dataDir, process.env) }
}

function createConsoleLog(): Log {
  return { debug() {}, info: print, warn: print, error: print }
}

function print(details: object, message: string) {
  const fields = Object.entries(details).map(([key, value]) => `${key}: ${reasonForTerminal(value)}`)
  console.error(`${message} (${fields.join(', ')})`)
}
