// The bridge between the desktop's main process and the interface: one channel for requests, one for what comes by
// itself.
import type { CarrierAnswer, CarrierRequest } from './client.ts'
import type { Change } from '../schemas/change.ts'

export const REQUEST_CHANNEL = 'tocsin:request'
export const PUSH_CHANNEL = 'tocsin:push'

/** A request has no headers of its own. */
export type BridgeRequest = Pick<CarrierRequest, 'method' | 'url' | 'body'>

export type Push =
  | { kind: 'change'; change: Change }
  /** The engineer clicked a notification: show this path. */
  | { kind: 'open'; path: string }

/** What the preload script puts into the page as `window.tocsin`. */
export interface Bridge {
  request(request: BridgeRequest): Promise<CarrierAnswer>
  /** Gives back what ends it. */
  onPush(listener: (push: Push) => void): () => void
}
