// The desktop's carrier: requests and pushes go over the bridge that the preload script put into the page.
import type { Bridge, HostMessage } from '../../shared/client/bridge.ts'
import type { Host, StreamListener } from './host.ts'

declare global {
  interface Window {
    /** There on the desktop alone. */
    tocsin?: Bridge
  }
}

export const desktopHost = (bridge: Bridge): Host => ({
  // The bridge carries no headers, and the interface needs none.
  call: ({ method, url, body }) => bridge.request({ method, url, body }),

  /** The main process is there for as long as the page is: the stream is neither lost nor cut. */
  subscribe(listener) {
    const end = bridge.onMessage((push) => receive(push, listener))
    listener.onOpen()
    return end
  },
})

function receive(push: HostMessage, listener: StreamListener): void {
  if (push.kind === 'change') listener.onChange(push.change)
  else listener.onNavigate(push.path)
}
