// The browser's transport: HTTP to the page's origin, and server-sent events that all tabs share.
import type { Transport } from '../../shared/client/client.ts'
import type { Host, StreamListener } from './host.ts'
import { parseChange } from './parseChange.ts'
import type { StreamMessage } from './streamWorker.ts'

const REQUEST_TIMEOUT_MS = 20_000
/** Longer than the maximum timeout of a language model. */
const SLOW_REQUEST_TIMEOUT_MS = 120_000
const RECONNECT_AFTER_MS = 2000

export const browserHost = (): Host => ({ call, subscribe })

const call: Transport = async ({ method, url, headers, body, slow }) => {
  const answer = await fetch(url, {
    method,
    ...(body === undefined ? { headers } : asJson(headers, body)),
    credentials: 'same-origin',
    cache: 'no-store',
    signal: AbortSignal.timeout(slow ? SLOW_REQUEST_TIMEOUT_MS : REQUEST_TIMEOUT_MS),
  })
  return { status: answer.status, body: jsonOf(await answer.text()) }
}

const asJson = (headers: Record<string, string>, body: unknown) => ({
  headers: { ...headers, 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A browser opens six connections per origin for all its tabs: if each had a stream, the sixth tab could load nothing. */
function subscribe(listener: StreamListener): () => void {
  let port: MessagePort
  let reopening: number | undefined

  function open() {
    const worker = new SharedWorker(new URL('./streamWorker.ts', import.meta.url), { type: 'module' })
    // Its script could not be loaded, such as when the program has just ended.
    worker.addEventListener('error', () => {
      listener.onDisconnect()
      reopening = window.setTimeout(open, RECONNECT_AFTER_MS)
    })
    port = worker.port
    port.addEventListener('message', ({ data: message }: MessageEvent<StreamMessage>) => {
      if (typeof message === 'string') return listener[message]()
      const change = parseChange(message.kind, message.id, message.data)
      return change ? listener.onChange(change) : listener.onReset()
    })
    port.start()
  }

  open()
  return () => {
    window.clearTimeout(reopening)
    port.close()
  }
}
