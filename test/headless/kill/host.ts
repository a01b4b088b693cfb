// A host that may be killed before it is ready, or come to the point at which it kills itself.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { ending, httpClient, outputOf, type RunningHost } from '../../support/host-process.ts'
import { ORDER, type Order } from './points.ts'

export interface Started {
  child: ChildProcess
  /** Undefined if it was killed before. */
  ready: Promise<RunningHost | undefined>
  /** The signal that ended it. */
  ended: Promise<NodeJS.Signals | null>
}

interface Start {
  /** Takes the flags of a headless host, and prints a link once it is ready. */
  program: string
  dataDir: string
  /** Whether what it does seldom, it does all the time. */
  hurried?: boolean
  /** Only for one that is hurried. */
  order?: Order
}

const PRELOAD = join(import.meta.dirname, 'preload.ts')

export function start({ program, dataDir, hurried = false, order }: Start): Started {
  const flags = ['--port', '0', '--data-dir', dataDir, '--no-host-agent']
  const child = spawn(process.execPath, [...(hurried ? ['--import', PRELOAD] : []), program, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...(order && { [ORDER]: JSON.stringify(order) }) },
  })
  const ended = once(child, 'exit').then(([, signal]) => signal as NodeJS.Signals | null)
  return { child, ended, ready: ready(child) }
}

async function ready(child: ChildProcess): Promise<RunningHost | undefined> {
  try {
    const { origin: url, searchParams } = new URL(await outputOf(child, /^http\S+token=\S+(?=\n)/m))
    const token = searchParams.get('token')!
    return { url, token, client: httpClient(url, token), ...ending(child) }
  } catch (error) {
    if (child.signalCode === 'SIGKILL') return undefined
    throw error
  }
}
