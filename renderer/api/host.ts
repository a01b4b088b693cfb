// What the interface needs from where it runs; the browser has one, the desktop another.
import type { Carrier } from '../../shared/client/client.ts'
import type { Change } from '../../shared/schemas/change.ts'

export interface StreamListener {
  /** The stream flows, at first or again; what happened before may have been missed. */
  opened(): void
  lost(): void
  changed(change: Change): void
  /** Too much was missed to be sent again. */
  reset(): void
  /** The engineer asked elsewhere to see this path, as by a click on a notification. */
  asked(path: string): void
}

export interface Host {
  call: Carrier
  /** Follows the stream and reconnects by itself; gives back what ends it. */
  follow(listener: StreamListener): () => void
}
