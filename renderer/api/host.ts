// What the interface needs from its host: the browser or the desktop.
import type { Transport } from '../../shared/client/client.ts'
import type { AnyChange } from '../../shared/schemas/change.ts'

export interface StreamListener {
  /** The stream is up, for the first time or again; earlier changes may have been missed. */
  onOpen(): void
  onDisconnect(): void
  onChange(change: AnyChange): void
  /** Too much was missed to be replayed. */
  onReset(): void
  /** Something outside the page asks for this path, such as a click on a notification. */
  onNavigate(path: string): void
}

export interface Host {
  call: Transport
  /** Reconnects by itself; returns a function that ends the subscription. */
  subscribe(listener: StreamListener): () => void
}
