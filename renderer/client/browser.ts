// The browser's carrier: HTTP to where the page came from, and server-sent events.
import type { Carrier } from '../../shared/client.ts'
import { CHANGE_KINDS, RESET, STREAM_PATH } from '../../shared/contract/stream.ts'
import type { Host, StreamListener } from './host.ts'
import { parseChange } from './parseChange.ts'

const PATIENCE_MS = 20_000
/** Longer than a language model may take at most. */
const LONG_PATIENCE_MS = 120_000
const REOPEN_AFTER_MS = 2000

export const browserHost = (): Host => ({ call, follow })

const call: Carrier = async ({ method, url, headers, body, slow }) => {
  const answer = await fetch(url, {
    method,
    ...(body === undefined ? { headers } : asJson(headers, body)),
    credentials: 'same-origin',
    cache: 'no-store',
    signal: AbortSignal.timeout(slow ? LONG_PATIENCE_MS : PATIENCE_MS),
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

function follow(listener: StreamListener): () => void {
  let source: EventSource
  let reopening: number | undefined

  const receive = ({ type, lastEventId, data }: MessageEvent<string>) => {
    const change = parseChange(type, lastEventId, data)
    if (change) listener.changed(change)
    else listener.reset()
  }

  function open() {
    source = new EventSource(STREAM_PATH)
    source.addEventListener('open', () => listener.opened())
    source.addEventListener('error', () => {
      listener.lost()
      // A browser tries again by itself after a broken connection, but not after a refusal.
      if (source.readyState === EventSource.CLOSED) reopening = window.setTimeout(open, REOPEN_AFTER_MS)
    })
    for (const kind of CHANGE_KINDS) source.addEventListener(kind, receive)
    source.addEventListener(RESET, () => listener.reset())
  }

  open()
  return () => {
    window.clearTimeout(reopening)
    source.close()
  }
}
