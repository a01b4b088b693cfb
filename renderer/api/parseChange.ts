// Parses a server-sent event.
import { INCIDENT_CHANGE_KIND } from '../../shared/contract/stream.ts'
import { anyChange, type AnyChange } from '../../shared/schemas/change.ts'

/** Undefined if the message doesn't match the contract. */
export function parseChange(kind: string, id: string, data: string): AnyChange | undefined {
  try {
    const what: unknown = JSON.parse(data)
    const named = kind === INCIDENT_CHANGE_KIND ? { incident: what } : { event: what }
    return anyChange.safeParse({ id: Number(id), kind, ...named }).data
  } catch {
    return undefined
  }
}
