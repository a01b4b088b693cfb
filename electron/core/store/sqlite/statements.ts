// Statements whose text depends on the query.
import type { Database, Statement } from 'better-sqlite3'

/**
 * Prepares each text once, since that takes longer than most queries. There must be few texts; values are parameters.
 */
export function rememberStatements(client: Database) {
  const prepared = new Map<string, Statement<[object]>>()
  return <Result>(text: string) => {
    const statement = prepared.get(text) ?? client.prepare<[object]>(text)
    prepared.set(text, statement)
    return statement as Statement<[object], Result>
  }
}
