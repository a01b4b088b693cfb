// Statements whose text depends on what is asked.
import type { Database, Statement } from 'better-sqlite3'

/** Prepares each text once: that takes longer than most queries. The texts must be few, values are parameters. */
export function rememberStatements(client: Database) {
  const prepared = new Map<string, Statement<[object]>>()
  return <Result>(text: string) => {
    const statement = prepared.get(text) ?? client.prepare<[object]>(text)
    prepared.set(text, statement)
    return statement as Statement<[object], Result>
  }
}
