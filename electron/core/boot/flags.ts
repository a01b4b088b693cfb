// The flags of the headless host and the two environment variables that stand in for them.
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import envPaths from 'env-paths'
import { readFlags, UsageError } from './command-line.ts'

export interface HostFlags {
  help: boolean
  /** 0 picks a free one. */
  port: number
  dataDir: string
  host: string
  hostAgent: boolean
}

const USUAL_PORT = 8642

export const HELP = `Tocsin, an alarm bell for this workstation. "npm start" opens its window, and "npm run headless" serves the interface
to a browser; both take the same flags.

Usage: npm start -- [--port N] [--data-dir FOLDER] [--no-host-agent] [--host ADDRESS]

  --port N            port to listen on, 0 picks a free one (${USUAL_PORT}; or TOCSIN_PORT)
  --data-dir FOLDER   where everything is kept (${usualDataDir()}; or TOCSIN_DATA_DIR)
  --no-host-agent     do not watch this very machine
  --host ADDRESS      address to listen on (127.0.0.1); beyond loopback, posting samples needs the token, too
  --help              this text`

/** Throws UsageError. A flag outweighs its environment variable, and an empty variable counts as none. */
export function readHostFlags(args: string[], environment: NodeJS.ProcessEnv): HostFlags {
  const flags = readFlags(args, {
    port: { type: 'string' },
    'data-dir': { type: 'string' },
    'no-host-agent': { type: 'boolean' },
    host: { type: 'string' },
    help: { type: 'boolean' },
  })
  const { TOCSIN_PORT } = environment
  return {
    help: flags.help ?? false,
    port:
      flags.port === undefined
        ? portOf('TOCSIN_PORT', TOCSIN_PORT || String(USUAL_PORT))
        : portOf('--port', flags.port),
    dataDir: dataDirOf(flags['data-dir'], environment),
    host: hostOf(flags.host ?? '127.0.0.1'),
    hostAgent: !flags['no-host-agent'],
  }
}

function portOf(name: string, text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN
  if (!(port <= 65_535))
    throw new UsageError(`${name} ${text} is not a port; a port is a whole number from 0 to 65535.`)
  return port
}

/** @param given by --data-dir, which outweighs TOCSIN_DATA_DIR */
export function dataDirOf(given: string | undefined, { TOCSIN_DATA_DIR }: NodeJS.ProcessEnv): string {
  if (given === '') throw new UsageError('--data-dir needs a folder.')
  return resolve(given ?? (TOCSIN_DATA_DIR || usualDataDir()))
}

function hostOf(host: string): string {
  if (!isIP(host) && host !== 'localhost') {
    throw new UsageError(`--host ${host} is not an IP address, such as 127.0.0.1 or 0.0.0.0.`)
  }
  return host
}

export function usualDataDir() {
  return envPaths('tocsin', { suffix: '' }).data
}
