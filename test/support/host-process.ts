// The headless host as a process of its own, on a data folder of the test's.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, type Client } from '../../shared/client/client.ts'

const ROOT = join(import.meta.dirname, '../..')
/** As it is shipped. */
const HOST = 'out/headless/index.js'

/** A Tocsin with or without a desktop. */
export interface RunningHost {
  /** Scheme, address and port. */
  url: string
  token: string
  client: Client
  /** kill -9. */
  kill(): Promise<void>
  /** SIGTERM; gives the exit code. */
  stop(): Promise<number | null>
}

export interface HostProcess extends RunningHost {
  /** What a browser opens. */
  link: string
  /** The URL of its inspector, if it was asked for; empty otherwise. */
  inspector: string
  /** What it wrote to the terminal until now. */
  output(): string
}

interface Options {
  dataDir: string
  /** 0, the default, picks a free one. */
  port?: number
  /** Whether its host agent runs; by default it doesn't. */
  hostAgent?: boolean
  /** Whether Node's inspector listens. */
  inspected?: boolean
}

export async function startHostProcess(options: Options): Promise<HostProcess> {
  const { dataDir, port = 0, hostAgent = false, inspected = false } = options
  const nodeFlags = inspected ? ['--inspect=127.0.0.1:0'] : []
  const flags = ['--port', String(port), '--data-dir', dataDir, ...(hostAgent ? [] : ['--no-host-agent'])]
  const child = spawn(process.execPath, [...nodeFlags, join(ROOT, HOST), ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  const [link, inspector] = await Promise.all([
    outputOf(child, /^http\S+token=\S+(?=\n)/m),
    inspected ? outputOf(child, /ws:\S+(?=\n)/) : '',
  ])
  const { origin: url, searchParams } = new URL(link)
  const token = searchParams.get('token') ?? ''
  return {
    url,
    token,
    link,
    inspector,
    output: () => output,
    client: httpClient(url, token),
    ...ending(child),
  }
}

export function ending(child: ChildProcess): Pick<RunningHost, 'kill' | 'stop'> {
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
    return child.exitCode
  }
  return { kill: async () => void (await end('SIGKILL')), stop: () => end('SIGTERM') }
}

/** The first output of the process that matches. Rejects if it ends before. */
export async function outputOf(child: ChildProcess, wanted: RegExp): Promise<string> {
  let text = ''
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  for (const output of [child.stdout, child.stderr]) {
    output?.setEncoding('utf8').on('data', (more: string) => {
      text += more
      const found = wanted.exec(text)?.[0]
      if (found !== undefined) resolve(found)
    })
  }
  child.once('close', () => reject(new Error(`The host ended before it was ready:\n${text}`)))
  return promise
}

export const httpClient = (url: string, token: string) =>
  createClient(async ({ method, url: path, headers, body }) => {
    const answer = await fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...headers,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return { status: answer.status, body: answer.status === 204 ? undefined : await answer.json() }
  })

export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'tocsin-'))
  // A browser that was ended writes for a moment longer.
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 10 }) }
}
