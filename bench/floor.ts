// The floors that ingest is measured against: a bare server that parses and discards, and the same with one SQLite
// transaction for each request. `node bench/floor.ts parse|sqlite FOLDER` prints its port.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { SampleIn } from '../shared/schemas/sample.ts'

const [kind, folder = '.'] = process.argv.slice(2)
const keep = kind === 'sqlite' ? keepInSqlite(join(folder, 'floor.db')) : () => {}

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const body = JSON.parse(Buffer.concat(chunks).toString()) as SampleIn | SampleIn[]
    const samples = Array.isArray(body) ? body : [body]
    keep(samples)
    const answer = JSON.stringify({ saved: samples.length })
    response.writeHead(202, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer)
  })
})
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))

/** What anybody would write first: a table, an index on series and time, WAL. */
function keepInSqlite(file: string): (samples: SampleIn[]) => void {
  const database = new Database(file)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = NORMAL')
  database.exec(`CREATE TABLE samples (id INTEGER PRIMARY KEY, source TEXT, metric_type TEXT, value REAL, at INTEGER);
    CREATE INDEX by_series ON samples (source, metric_type, at)`)
  const insert = database.prepare('INSERT INTO samples (source, metric_type, value, at) VALUES (?, ?, ?, ?)')
  return database.transaction((samples: SampleIn[]) => {
    const now = Date.now()
    for (const { source, metric_type, value } of samples) insert.run(source, metric_type, value, now)
  })
}
