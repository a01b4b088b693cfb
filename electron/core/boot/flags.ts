// The flags of both hosts, and the two environment variables that replace some of them.
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

const DEFAULT_PORT = 8642

export const HELP = `Tocsin watches metrics and alerts you on this workstation. "npm start" opens its window; "npm run headless" serves the
interface to a browser. Both take the same flags.

Usage: npm start -- [--port N] [--data-dir FOLDER] [--no-host-agent] [--host ADDRESS]

  --port N            port to listen on, 0 for a free one; also TOCSIN_PORT (default: ${DEFAULT_PORT})
  --data-dir FOLDER   folder for all data; also TOCSIN_DATA_DIR
                      (default: ${defaultDataDir()})
  --no-host-agent     do not collect metrics of this machine
  --host ADDRESS      address to listen on (default: 127.0.0.1); beyond loopback, posting samples requires the token
  --help              show this help`

/** Throws UsageError. A flag overrides its environment variable; an empty variable counts as unset. */
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
        ? portOf('TOCSIN_PORT', TOCSIN_PORT || String(DEFAULT_PORT))
        : portOf('--port', flags.port),
    dataDir: dataDirOf(flags['data-dir'], environment),
    host: hostOf(flags.host ?? '127.0.0.1'),
    hostAgent: !flags['no-host-agent'],
  }
}

function portOf(name: string, text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN
  if (!(port <= 65_535)) throw new UsageError(`${name} ${text} is not a port; use a whole number from 0 to 65535.`)
  return port
}

/** @param flag value of --data-dir, which overrides TOCSIN_DATA_DIR */
export function dataDirOf(flag: string | undefined, { TOCSIN_DATA_DIR }: NodeJS.ProcessEnv): string {
  if (flag === '') throw new UsageError('--data-dir requires a folder.')
  return resolve(flag ?? (TOCSIN_DATA_DIR || defaultDataDir()))
}

function hostOf(host: string): string {
  if (!isIP(host) && host !== 'localhost') {
    throw new UsageError(`--host ${host} is not an IP address, such as 127.0.0.1 or 0.0.0.0.`)
  }
  return host
}

export function defaultDataDir() {
  return envPaths('tocsin', { suffix: '' }).data
}
