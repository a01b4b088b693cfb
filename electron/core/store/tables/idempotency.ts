// Answers by idempotency key.
import type { Database } from 'better-sqlite3'
import type { IdempotencyStore } from '../types/idempotency.ts'

export function createIdempotencyStore(client: Database): IdempotencyStore {
  const find = client.prepare<[path: string, key: string], { digest: string; answer: string; at: number }>(
    'SELECT digest, answer, at FROM answers WHERE path = ? AND key = ?',
  )
  const remember = client.prepare<[path: string, key: string, digest: string, answer: string, at: number]>(
    'INSERT OR REPLACE INTO answers (path, key, digest, answer, at) VALUES (?, ?, ?, ?, ?)',
  )
  const deletion = client.prepare<[before: number]>('DELETE FROM answers WHERE at < ?')
  const renew = client.prepare<[at: number]>('UPDATE answers SET at = ?')
  // The oldest rows are deleted first, so the difference of row ids is an upper bound that needs no count.
  const size = client.prepare<[], number>('SELECT ifnull(max(rowid) - min(rowid) + 1, 0) FROM answers').pluck()
  return {
    size: () => size.get()!,
    find(path, key) {
      const row = find.get(path, key)
      return row && { path, key, digest: row.digest, answer: JSON.parse(row.answer) as unknown, at: row.at }
    },
    remember: ({ path, key, digest, answer, at }) => void remember.run(path, key, digest, JSON.stringify(answer), at),
    removeBefore: (time) => void deletion.run(time),
    renew: (at) => void renew.run(at),
  }
}
