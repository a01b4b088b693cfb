// The thread that moves the write-ahead log into the database. It is asked by store/checkpoints.ts.
import { parentPort, workerData } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'
import { setDurableWrites } from '../../store/sqlite/durable-writes.ts'

const client = new Sqlite((workerData as { file: string }).file)
// Nobody waits for this thread, so it is always as careful as the database can be: it moves what may have been promised.
setDurableWrites(client, true)

parentPort!.on('message', () => parentPort!.postMessage({ failure: failureOf(checkpoint) }))

function checkpoint() {
  client.pragma('wal_checkpoint(PASSIVE)')
}

function failureOf(work: () => void): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    return String(error)
  }
}
