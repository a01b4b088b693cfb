// The IPC carrier: hands requests of the interface to the very front door that scripts use, in memory, and pushes what
// comes by itself.
import { ipcMain, type WebFrameMain } from 'electron'
import type { App } from '../core/app.ts'
import { bridgeRequest, PUSH_CHANNEL, REQUEST_CHANNEL, type Push } from '../../shared/bridge.ts'
import type { CarrierAnswer } from '../../shared/client.ts'
import { isOwn } from './origin.ts'

export function carryRequests({ frontDoor, token }: Pick<App, 'frontDoor' | 'token'>): void {
  ipcMain.handle(REQUEST_CHANNEL, async ({ senderFrame }, raw: unknown): Promise<CarrierAnswer> => {
    refuseStranger(senderFrame)
    const { method, url, body } = bridgeRequest.parse(raw)
    const answer = await frontDoor.inject({
      method,
      url,
      headers: { host: 'localhost', authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    })
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json<unknown>() }
  })
}

/** Only the interface's own page may ask, and no frame inside it. */
function refuseStranger(frame: WebFrameMain | null): void {
  if (!frame || frame.parent !== null || !isOwn(frame.url)) throw new Error('This page may not ask Tocsin anything.')
}

/** The part of a window that hears. */
interface Listener {
  isDestroyed(): boolean
  send(channel: string, push: Push): void
}

export function push(listener: Listener, message: Push): void {
  if (!listener.isDestroyed()) listener.send(PUSH_CHANNEL, message)
}
