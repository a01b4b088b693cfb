// The bridge between the desktop's main process and the interface: one channel for requests, one for messages of the
// main process.
import type { TransportRequest, TransportResponse } from './client.ts'
import type { AnyChange } from '../schemas/change.ts'

export const REQUEST_CHANNEL = 'tocsin:request'
export const MESSAGE_CHANNEL = 'tocsin:message'

/** A request over the bridge carries no headers. */
export type BridgeRequest = Pick<TransportRequest, 'method' | 'url' | 'body'>

export type HostMessage =
  | { kind: 'change'; change: AnyChange }
  /** The engineer clicked a notification: navigate to this path. */
  | { kind: 'open'; path: string }

/** What the preload script exposes to the page as `window.tocsin`. */
export interface Bridge {
  request(request: BridgeRequest): Promise<TransportResponse>
  /** Returns the function that unsubscribes. */
  onMessage(listener: (message: HostMessage) => void): () => void
}
