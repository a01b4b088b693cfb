// Memories of bounded size.

/** Incidents and events remembered; older ones are unlikely to change. */
const REMEMBERED = 1000

/** Sets an entry as the newest, and forgets the oldest if there are too many. */
export function remember<K, T>(memory: Map<K, T>, id: K, value: T): void {
  memory.delete(id)
  memory.set(id, value)
  if (memory.size > REMEMBERED) memory.delete(memory.keys().next().value!)
}
