// Durable writes: whether a power failure can lose the newest commits. The database stays intact either way, since the
// log is synced before each checkpoint.
import type { Database } from 'better-sqlite3'

/**
 * Outside of a transaction: whether each commit waits for the disk
 * (https://www.sqlite.org/pragma.html#pragma_synchronous). `fullfsync` is for macOS, where fsync may leave data in the
 * cache of the drive; elsewhere it has no effect.
 */
export function setDurableWrites(client: Database, isOn: boolean): void {
  client.pragma(`synchronous = ${isOn ? 'FULL' : 'NORMAL'}`)
  client.pragma(`fullfsync = ${isOn ? 'ON' : 'OFF'}`)
}
