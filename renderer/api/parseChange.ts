// One server-sent event becomes one change.
import { change, type Change } from '../../shared/schemas/change.ts'

/** Undefined where the message isn't what the contract says. */
export function parseChange(kind: string, id: string, data: string): Change | undefined {
  try {
    return change.safeParse({ id: Number(id), kind, event: JSON.parse(data) }).data
  } catch {
    return undefined
  }
}
