// The desktop's transport: requests and pushed messages cross the bridge that the preload script exposes.
import type { Bridge, HostMessage } from '../../shared/client/bridge.ts'
import type { Host, StreamListener } from './host.ts'

declare global {
  interface Window {
    /** Only on the desktop. */
    tocsin?: Bridge
  }
}

export const desktopHost = (bridge: Bridge): Host => ({
  // The bridge carries no headers, and the interface needs none.
  call: ({ method, url, body }) => bridge.request({ method, url, body }),

  /** The main process lives as long as the page, so the stream never disconnects. */
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
