// What of the newest commits is left when the power goes. The database stays whole either way, since its log is on the
// disk before it is moved.
import type { Database } from 'better-sqlite3'

/**
 * Outside of a transaction: whether each commit waits for the disk (https://www.sqlite.org/pragma.html#pragma_synchronous).
 * `fullfsync` is for Macs, where a drive may keep in its cache what an fsync gave it; elsewhere it does nothing.
 */
export function setDurableWrites(client: Database, safe: boolean): void {
  client.pragma(`synchronous = ${safe ? 'FULL' : 'NORMAL'}`)
  client.pragma(`fullfsync = ${safe ? 'ON' : 'OFF'}`)
}
