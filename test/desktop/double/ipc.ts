// The main process' end of IPC.
import { EventEmitter } from 'node:events'
import type { Frame } from './frames.ts'

interface InvokeEvent {
  senderFrame: Frame | null
}
type Handler = (event: InvokeEvent, ...args: unknown[]) => unknown

const handlers = new Map<string, Handler>()

export const ipcMain = Object.assign(new EventEmitter(), {
  handle(channel: string, handler: Handler) {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    handlers.set(channel, handler)
  },
})

export async function invoke(channel: string, senderFrame: Frame | null, args: unknown[]): Promise<unknown> {
  const handler = handlers.get(channel)
  if (!handler) throw new Error(`No handler registered for '${channel}'`)
  return await handler({ senderFrame }, ...args)
}
