// The whole core on a folder of its own, called in memory through the typed client.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp, type App } from '../../../electron/core/boot/app.ts'
import { silentLog } from '../../../electron/core/platform/ports.ts'
import {
  createClient,
  type TransportResponse,
  type TransportRequest,
  type Client,
} from '../../../shared/client/client.ts'

export interface TemporaryApp {
  readonly app: App
  readonly client: Client
  dataDir: string
  /** Advances only on demand. */
  clock: { now(): number; advance(milliseconds: number): void }
  /** A request as it stands, with the token. */
  request(request: Partial<TransportRequest> & { url: string }): Promise<TransportResponse>
  restart(): Promise<void>
  remove(): Promise<void>
}

export const START = Date.UTC(2026, 0, 5, 12)

export async function temporaryApp({
  keepFirstRules = false,
  dataDir = mkdtempSync(join(tmpdir(), 'tocsin-app-')),
} = {}): Promise<TemporaryApp> {
  let now = START
  const clock = { now: () => now, advance: (milliseconds: number) => void (now += milliseconds) }
  const start = () =>
    createApp({
      dataDir,
      resourcesDir: join(import.meta.dirname, '../../../resources'),
      user: 'ada',
      clock,
      log: silentLog,
      version: '0.0.0',
      host: '127.0.0.1',
      allowedHosts: [],
      ingestNeedsToken: false,
    })
  let app = await start()

  const request: TemporaryApp['request'] = async ({ method = 'GET', url, headers = {}, body }) => {
    const answer = await app.server.inject({
      method,
      url,
      headers: { authorization: `Bearer ${app.token}`, ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json<unknown>() }
  }
  const client = createClient(request)
  if (!keepFirstRules)
    for (const { id } of await client.listRules()) await client.deleteRule({ params: { rule_id: id } })

  return {
    get app() {
      return app
    },
    client,
    dataDir,
    clock,
    request,
    async restart() {
      await app.close()
      app = await start()
    },
    async remove() {
      await app.close()
      rmSync(dataDir, { recursive: true })
    },
  }
}

/** Milliseconds; on a busy machine a turn of the event loop may take its time. */
const PATIENCE = 20_000

/** Tries until it holds; evaluation follows the answer to a post by a turn or two of the event loop. */
export async function eventually<T>(check: () => Promise<T>): Promise<T> {
  const end = Date.now() + PATIENCE
  for (;;) {
    try {
      return await check()
    } catch (error) {
      if (Date.now() > end) throw error
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
}
