// What a load is posted to, each as a process of its own on a fresh folder.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { delimiter, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { ending, outputOf, startHostProcess, type HostProcess } from '../test/support/host-process.ts'
import type { RuleIn } from '../shared/schemas/rule.ts'

export interface Running {
  url: string
  stop(): Promise<unknown>
}

/** A bare server: `parse` discards what it parsed, `sqlite` keeps it, one transaction for each post. */
export async function startFloor(kind: 'parse' | 'sqlite', folder: string): Promise<Running> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'floor.ts'), kind, folder])
  const port = await outputOf(child, /^\d+(?=\n)/m)
  return { url: `http://127.0.0.1:${port}`, stop: ending(child).stop }
}

export const REMOTE_WRITE_PATH = '/api/v1/write'

/** On the path, where packages of distributions install it. */
export const findPrometheus = (): string | undefined =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'prometheus'))
    .find(isExecutable)

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

export async function startPrometheus(program: string, folder: string): Promise<Running> {
  const config = join(folder, 'prometheus.yml')
  writeFileSync(config, '')
  const url = `http://127.0.0.1:${await freePort()}`
  const child = spawn(
    program,
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      '--web.enable-remote-write-receiver',
      `--web.listen-address=${new URL(url).host}`,
      '--log.level=error',
    ],
    { stdio: 'ignore' },
  )
  await answers(`${url}/-/ready`, child)
  return { url, stop: ending(child).stop }
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) return
    await pause(50)
  }
  throw new Error(`${child.spawnfile} ended before it answered.`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

/** Watch every series; the threshold is one that these samples seldom pass. */
export const RULES = [
  { name: 'Off by deviations', method: 'ZSCORE' },
  { name: 'Off by ranges', method: 'IQR' },
  { name: 'Too high', method: 'THRESHOLD', threshold: 59.5 },
] as RuleIn[]

/** A headless host as it is shipped, with exactly these rules on. */
export async function startTocsin(dataDir: string, rules: readonly RuleIn[] = RULES): Promise<HostProcess> {
  const host = await startHostProcess({ dataDir })
  for (const { id, is_active } of await host.client.listRules())
    if (is_active) await host.client.toggleRule({ params: { rule_id: id } })
  for (const body of rules) await host.client.createRule({ body })
  return host
}

/** Resolves once nothing waits for evaluation. */
export async function allEvaluated({ client }: HostProcess): Promise<void> {
  while ((await client.getHealth()).samples_waiting > 0) await pause(20)
}

export type Metrics = ReadonlyMap<string, number>

/** Tocsin's own metrics, by name and labels as they stand in the text. */
export async function scrape({ url, token }: HostProcess): Promise<Metrics> {
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } })
  const lines = (await answer.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]))
}
