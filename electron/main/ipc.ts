// The IPC transport: hands requests of the interface to the very server that scripts use, in memory, and pushes what
// comes by itself.
import { ipcMain, type WebFrameMain } from 'electron'
import { z } from 'zod'
import type { App } from '../core/boot/app.ts'
import { MESSAGE_CHANNEL, REQUEST_CHANNEL, type HostMessage } from '../../shared/client/bridge.ts'
import type { TransportResponse } from '../../shared/client/client.ts'
import { STREAM_PATH } from '../../shared/contract/stream.ts'
import { isOwn } from './origin.ts'

const bridgeRequest = z.strictObject({
  method: z.enum(['GET', 'POST', 'PATCH', 'DELETE']),
  url: z.string().max(65_536).startsWith('/api/'),
  body: z.unknown().optional(),
})

export function handleRequests(app: Pick<App, 'server' | 'token'>): void {
  ipcMain.handle(REQUEST_CHANNEL, async ({ senderFrame }, raw: unknown): Promise<TransportResponse> => {
    assertOwnPage(senderFrame)
    const { method, url, body } = bridgeRequest.parse(raw)
    assertApiPath(url)
    const headers = { host: 'localhost', authorization: `Bearer ${app.token}` }
    const answer = await app.server.inject(
      body === undefined
        ? { method, url, headers }
        : { method, url, headers: { ...headers, 'content-type': 'application/json' }, payload: JSON.stringify(body) },
    )
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json<unknown>() }
  })
}

/** Only the interface's own page may ask, and no frame inside it. */
function assertOwnPage(frame: WebFrameMain | null): void {
  if (!frame || frame.parent !== null || !isOwn(frame.url)) throw new Error('This page has no access to Tocsin.')
}

/** Dots could lead out of the API; the stream would never end, and comes by itself. */
function assertApiPath(url: string): void {
  const { pathname } = new URL(url, 'http://localhost')
  if (!pathname.startsWith('/api/') || pathname === STREAM_PATH) throw new Error('Only paths of the API are allowed.')
}

/** The part of a window that receives messages. */
interface Listener {
  isDestroyed(): boolean
  send(channel: string, push: HostMessage): void
}

export function push(listener: Listener, message: HostMessage): void {
  if (!listener.isDestroyed()) listener.send(MESSAGE_CHANNEL, message)
}
