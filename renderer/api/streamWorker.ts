// The stream of events, once for all tabs of a browser.
import { CHANGE_KINDS, RESET, STREAM_PATH } from '../../shared/contract/stream.ts'

/** Sent to every tab: the name of the listener's method to call, or an event of the stream as it came. */
export type StreamMessage = 'onOpen' | 'onDisconnect' | 'onReset' | { kind: string; id: string; data: string }

const RECONNECT_AFTER_MS = 2000

const tabs = new Set<MessagePort>()
let state: 'onOpen' | 'onDisconnect' | undefined

// The types of a page don't include a shared worker's global scope.
addEventListener('connect', (event) => {
  for (const tab of (event as MessageEvent).ports) {
    tabs.add(tab)
    tab.addEventListener('close', () => tabs.delete(tab))
    tab.start()
    if (state) tab.postMessage(state)
  }
})

open()

function open(): void {
  const source = new EventSource(STREAM_PATH)
  source.addEventListener('open', () => broadcast((state = 'onOpen')))
  source.addEventListener('error', () => {
    broadcast((state = 'onDisconnect'))
    // A browser reconnects automatically after a broken connection, but not after an error answer.
    if (source.readyState === EventSource.CLOSED) setTimeout(open, RECONNECT_AFTER_MS)
  })
  for (const kind of CHANGE_KINDS)
    source.addEventListener(kind, ({ lastEventId: id, data }) => broadcast({ kind, id, data }))
  source.addEventListener(RESET, () => broadcast('onReset'))
}

function broadcast(message: StreamMessage): void {
  for (const tab of tabs) tab.postMessage(message)
}
