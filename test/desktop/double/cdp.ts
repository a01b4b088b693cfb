// Chromium's DevTools protocol over its pipe. Chromium ends when the pipe does, so that a double that is killed leaves
// none behind.
import { EventEmitter } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import type { CDPSession } from 'playwright'

/** The browser itself, or one target of it. */
export type CdpSession = Pick<CDPSession, 'send' | 'on'>

interface Message {
  id?: number
  sessionId?: string
  method?: string
  params?: unknown
  result?: unknown
  error?: { message: string }
}

/** Gives the session with this id; the browser's own has an empty one. */
export function connectPipe(input: Writable, output: Readable): (sessionId: string) => CdpSession {
  const waiting = new Map<number, { method: string } & PromiseWithResolvers<unknown>>()
  const sessions = new Map<string, EventEmitter>()
  let lastId = 0

  readMessages(output, ({ id, sessionId = '', method, params, result, error }) => {
    if (method !== undefined) sessions.get(sessionId)?.emit(method, params)
    const call = id === undefined ? undefined : waiting.get(id)
    if (!call) return
    waiting.delete(id!)
    if (error) call.reject(new Error(`${call.method}: ${error.message}`))
    else call.resolve(result)
  })
  input.on('error', () => {})

  return (sessionId) => {
    const session = Object.assign(new EventEmitter(), {
      send(method: string, params: object = {}) {
        const call = { method, ...Promise.withResolvers<unknown>() }
        waiting.set(++lastId, call)
        input.write(`${JSON.stringify({ id: lastId, method, params, ...(sessionId ? { sessionId } : {}) })}\0`)
        return call.promise
      },
    })
    sessions.set(sessionId, session)
    return session as unknown as CdpSession
  }
}

function readMessages(output: Readable, receive: (message: Message) => void): void {
  let rest = ''
  output.setEncoding('utf8').on('data', (text: string) => {
    const messages = (rest + text).split('\0')
    rest = messages.pop()!
    for (const message of messages) receive(JSON.parse(message))
  })
}
