// Live state: the connection, the session, and the changes that the stream reported.
import { create } from 'zustand'
import type { Change } from '../../shared/schemas/change.ts'
import type { Event } from '../../shared/schemas/event.ts'

/** The latest state of an event on the stream. */
export interface ReceivedEvent {
  event: Event
  /** Milliseconds since 1970. */
  at: number
  /** Whether it was raised rather than changed. */
  raised: boolean
}

export type ReceivedChanges = ReadonlyMap<number, ReceivedEvent>

interface Live {
  connection: 'connecting' | 'live' | 'disconnected'
  /** When `connection` became what it is. */
  since: number
  session: 'unknown' | 'given' | 'missing'
  /** By event id, the least recently changed first. */
  changes: ReceivedChanges
  opened(at: number): void
  lost(at: number): void
  receive(change: Change, at: number): void
  setSession(session: 'given' | 'missing'): void
}

/** Lists are refetched every few seconds while changes arrive, so they already contain older ones. */
const MAX_CHANGES = 1000

export const useLive = create<Live>()((set) => ({
  connection: 'connecting',
  since: Date.now(),
  session: 'unknown',
  changes: new Map(),

  opened: (at) => set({ connection: 'live', since: at }),
  lost: (at) => set((state) => (state.connection === 'live' ? { connection: 'disconnected', since: at } : state)),
  receive: (change, at) => set(({ changes }) => ({ changes: received(changes, change, at) })),
  setSession: (session) => set((state) => (state.session === session ? state : { session })),
}))

function received(changes: ReceivedChanges, { kind, event }: Change, at: number): ReceivedChanges {
  const next = new Map(changes)
  next.delete(event.id)
  next.set(event.id, { event, at, raised: kind === 'anomaly_detected' })
  for (const oldest of next.keys()) {
    if (next.size <= MAX_CHANGES) break
    next.delete(oldest)
  }
  return next
}
