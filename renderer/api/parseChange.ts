// Parses a server-sent event.
import { change, type Change } from '../../shared/schemas/change.ts'

/** Undefined if the message doesn't match the contract. */
export function parseChange(kind: string, id: string, data: string): Change | undefined {
  try {
    return change.safeParse({ id: Number(id), kind, event: JSON.parse(data) }).data
  } catch {
    return undefined
  }
}
